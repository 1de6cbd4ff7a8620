import type { DocumentView } from '../../preload/contract.ts';
import type { InspectedDocument } from '../inspection/types.ts';
import { longest } from '../result/bounds.ts';

/**
 * A chip may state more than the page's contract bears: what is too long is cut visibly, so that the page never stands still
 * before it. The checks and the record have it as it was read.
 */
export function short(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** A document as the page is shown it. */
export function documentView({ type, code, issuer, number, expiry, holder }: InspectedDocument): DocumentView {
  const { surname, givenNames, personalNumber } = holder;
  return {
    type,
    code,
    issuer,
    number: short(number, longest.number),
    expiry,
    holder: {
      ...holder,
      surname: short(surname, longest.personName),
      givenNames: short(givenNames, longest.personName),
      personalNumber: personalNumber === null ? null : short(personalNumber, longest.number),
    },
  };
}
