import { printedDate } from '../document/mrz-dates.ts';
import type { Mrz } from '../document/types.ts';
import { speaksAgainst } from '../holders/document-candidates.ts';
import type { Holder } from '../holders/holder.ts';
import { birthDateOnFile } from '../holders/search.ts';
import { expiryCheck, typeCheck } from '../inspection/checks/document-checks.ts';
import { inspectedDocument } from '../inspection/inspected-document.ts';
import type { InspectedDocument } from '../inspection/types.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { takes } from './document-patterns.ts';
import type { Policy } from './types.ts';

/** What is known of a document's page before its chip is read: its lines, or two dates that somebody typed (YYMMDD). */
export type PrintedPage =
  | { readonly kind: 'lines'; readonly mrz: Mrz }
  | { readonly kind: 'dates'; readonly birthDate: string; readonly expiryDate: PlainDate | null };

/** The document in the hand, as its page tells it; null where no lines are there. */
export function printedDocument(page: PrintedPage): InspectedDocument | null {
  return page.kind === 'lines' ? inspectedDocument(page.mrz, null) : null;
}

/**
 * What the page alone says against reading this document, for people to hear before they lay it down: it has expired, is of a kind
 * that the purpose does not take, or is another person's than the one who was chosen. The chip decides: this makes no check and no
 * verdict, and nothing is hindered by it. `policy` is null before a purpose was chosen.
 */
export function knownBefore(facts: {
  readonly page: PrintedPage;
  readonly policy: Policy | null;
  readonly holder: Holder | null;
  readonly today: PlainDate;
}): readonly FailureCode[] {
  const { page, policy, holder, today } = facts;
  if (page.kind === 'dates') {
    const expired = page.expiryDate !== null && page.expiryDate < today;
    const onFile = holder === null ? null : birthDateOnFile(holder);
    // A day of a number may be a neighbour of the real one in the same month (folkbokföringslagen 1991:481 18 §).
    const differs = onFile !== null && printedDate(onFile).slice(0, 4) !== page.birthDate.slice(0, 4);
    return [
      ...(expired ? (['document.expired'] as const) : []),
      ...(differs && !page.birthDate.includes('<') ? (['holder.birth-date-differs'] as const) : []),
    ];
  }
  const document = inspectedDocument(page.mrz, null);
  const type = typeCheck(document);
  const expiry = expiryCheck(document, today);
  const notTaken = policy?.documents?.some((taken) => takes(taken, type.detail)) === false;
  const codes: (FailureCode | null)[] = [
    type.result === 'failed' ? type.code : notTaken ? 'document.type-not-accepted' : null,
    expiry.result === 'failed' ? expiry.code : null,
    ...(holder === null ? [] : speaksAgainst(holder, { mrz: page.mrz, today })),
  ];
  return codes.filter((code) => code !== null);
}
