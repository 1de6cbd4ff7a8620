import type { CaseView, DocumentView, HolderView } from '../../preload/contract.ts';
import type { Holder } from '../holders/holder.ts';
import type { House } from '../house/house.ts';
import type { InspectedDocument } from '../inspection/types.ts';
import { type CaseFile, checksOf, faceOf, verdictOf } from './case-file.ts';

/** A person on file as the page is shown them. */
export function holderView({ id, personalNumber, givenNames, surname, birthDate }: Holder): HolderView {
  return { id, personalNumber, givenNames, surname, birthDate };
}

function documentView(document: InspectedDocument): DocumentView {
  const { type, code, issuer, number, expiry, holder } = document;
  return { type, code, issuer, number, expiry, holder: { ...holder } };
}

/** The open case as one snapshot for the page. */
export function caseView(
  house: Pick<House, 'judge' | 'policy' | 'matchHolder' | 'faceCheck'>,
  file: CaseFile,
): CaseView {
  const { document, access, portrait, inspection } = file.reading.evidence;
  const verdict = verdictOf(house, file);
  const face = faceOf(file);
  return {
    id: file.id,
    step: file.step,
    purpose: file.purpose,
    holder: file.holder === null ? null : holderView(file.holder),
    holderNotOnFile: file.holderNotOnFile,
    keyKind: file.keyKind,
    reading: file.reading.view(),
    document: document === null ? null : documentView(document),
    access: access === null ? null : { ...access },
    checks: checksOf(house, file).map((check) => ({ ...check, detail: { ...check.detail } })),
    specimen: inspection?.specimen ?? false,
    hasPortrait: portrait !== null,
    face: face === null ? null : { ...face },
    verdict:
      verdict === null ? null : { ...verdict, reasons: [...verdict.reasons], passedOver: [...verdict.passedOver] },
  };
}
