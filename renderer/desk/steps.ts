import type { CaseStep, CaseView } from '../../preload/contract.ts';

export type { CaseStep } from '../../preload/contract.ts';

/** The steps of every case in their order: Alt+1…5 go by it. A second document has no number: F6 goes there. */
export const caseSteps: readonly CaseStep[] = ['purpose', 'holder', 'chip', 'face', 'decide'];

/** The steps of this case: with that of a second document once one can be laid beside the first. */
export function stepsOf({ step, second }: Pick<CaseView, 'step' | 'second'>): readonly CaseStep[] {
  const hasSecond = step === 'second' || (second !== null && (second.open || second.laid));
  return hasSecond ? caseSteps.flatMap((each) => (each === 'chip' ? [each, 'second' as const] : [each])) : caseSteps;
}

/** The step before, null for the first. A person whom the document names is asked for nowhere else, and a second document only where one lies. */
export function stepBefore(view: Pick<CaseView, 'step' | 'holderAsked' | 'second'>): CaseStep | null {
  const { step, holderAsked, second } = view;
  const steps = stepsOf(view).filter(
    (each) => each === step || ((each !== 'holder' || holderAsked) && (each !== 'second' || second?.laid === true)),
  );
  return steps[steps.indexOf(step) - 1] ?? null;
}
