import type { CaseView } from '../../preload/contract.ts';

/** The case with the document of its step: at the second document's step what is typed, tapped and read is of that one. */
export function laidView(view: CaseView): CaseView {
  const { step, second } = view;
  if (step !== 'second' || second === null) return view;
  const { keyKind, reading, document, access, checks, specimen } = second;
  return { ...view, keyKind, reading, document, access, checks, specimen, portrait: 'none' };
}
