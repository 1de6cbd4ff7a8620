import { documentKind } from '../document/document-kind.ts';
import type { Holder } from '../holders/holder.ts';
import type { InspectedDocument } from '../inspection/types.ts';
import { type Check, type CheckId, successful } from '../result/check.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { holderRow } from './holder-row.ts';
import type { Freshness } from './terms.ts';
import type { CaseFacts, CaseHolder, Purpose, VerdictWord } from './types.ts';

/** What of an earlier record says whether its reading may count once more. */
export interface EarlierCase {
  readonly id: string;
  readonly purpose: Purpose | null;
  readonly holder: CaseHolder | null;
  readonly document: InspectedDocument | null;
  readonly access: CaseFacts['access'];
  readonly checks: readonly Check[];
  readonly verdict: { readonly verdict: VerdictWord };
  readonly decision: { readonly outcome: CaseFacts['decision']['outcome'] };
  readonly readAt?: string | null;
  readonly freshness?: CaseFacts['freshness'];
}

/** The reading of an earlier case as it counts now. */
export interface EarlierReading {
  readonly recordId: string;
  readonly readAt: string;
  readonly document: InspectedDocument | null;
  readonly access: CaseFacts['access'];
  readonly checks: readonly Check[];
  /** Whether the record is one of training: no other has specimens. */
  readonly specimen: boolean;
}

/** The case in which it is to count. */
export interface PresentCase {
  readonly freshness: Freshness | null;
  /** The person as they are on file now. */
  readonly holder: Holder | null;
  /** The number of the document in the hand, as staff typed it. */
  readonly documentNumber: string;
  /** The minutes from an instant (ISO 8601 with `Z`) to now; below zero where it is still to come, NaN where it is none. */
  readonly minutesSince: (instant: string) => number;
  readonly today: PlainDate;
  /** When lists, certificates or defects last changed in a way that could speak against a document; null: never. */
  readonly listsChangedAt: string | null;
}

/**
 * Why the reading of an earlier case does not count in this one; null where it does. It counts for the same person, as they
 * are on file now, with the same document in their hand, within the limit of the policy, where it was accepted and gone on
 * with, and nothing that could speak against the document has come since. A case that itself rests on an earlier one is none
 * to rest on: the limit would have no end.
 */
export function reuseHindrance(earlier: EarlierCase, now: PresentCase): FailureCode | null {
  const { freshness, holder, today } = now;
  if (freshness === null || earlier.purpose === null || !freshness.purposes.includes(earlier.purpose))
    return 'freshness.not-for-purpose';
  if (earlier.freshness !== undefined && earlier.freshness !== null) return 'freshness.chained';
  if (earlier.verdict.verdict !== 'accept' || earlier.decision.outcome !== 'go-on') return 'freshness.not-accepted';
  if (holder === null || !isOnFileAsThen(holder, earlier)) return 'freshness.other-holder';
  const { document, readAt } = earlier;
  if (document === null || readAt === null || readAt === undefined) return 'freshness.not-accepted';
  if (bare(document.number) !== bare(now.documentNumber)) return 'freshness.other-document';
  const minutes = now.minutesSince(readAt);
  // A clock that was set back makes nothing fresh.
  if (!(minutes >= 0 && minutes <= freshness.minutes)) return 'freshness.past';
  if (document.expiry === null || document.expiry < today) return 'document.expired';
  if (now.listsChangedAt !== null && !(now.minutesSince(now.listsChangedAt) > minutes))
    return 'freshness.lists-changed';
  return null;
}

/**
 * Whether a later record ends the reuse of an earlier one: of the same document, laid first or second, or of the same person, and not
 * accepted and gone on with. Blocked meanwhile, refused, referred and not yet decided, or left in the middle: it is read again.
 */
export function endsReuse(
  later: Pick<EarlierCase, 'document' | 'holder' | 'verdict' | 'decision'> & {
    readonly second?: { readonly document: EarlierCase['document'] };
  },
  earlier: Pick<EarlierCase, 'document' | 'holder'>,
): boolean {
  if (later.verdict.verdict === 'accept' && later.decision.outcome === 'go-on') return false;
  const documents = [later.document, later.second?.document ?? null];
  const samePerson = later.holder !== null && later.holder.id === earlier.holder?.id;
  return samePerson || documents.some((document) => isSameDocument(document, earlier.document));
}

function isSameDocument(one: EarlierCase['document'], other: EarlierCase['document']): boolean {
  if (one === null || other === null) return false;
  return one.issuer === other.issuer && bare(one.number) === bare(other.number);
}

// What the register says of the person may have changed since, in any number and any known document: then the document is compared
// with it anew. That the earlier case itself may have put its document on file says nothing against it. A record of an earlier app
// does not tell what was on file.
function isOnFileAsThen(holder: Holder, { holder: then, document }: EarlierCase): boolean {
  if (then?.row === undefined || document === null) return false;
  const { code, issuer, number } = document;
  const own = { issuer, kind: documentKind(code, issuer), number };
  return [holderRow(holder), holderRow(holder, own)].includes(then.row);
}

function bare(number: string): string {
  return number.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

// These are answered by people for each case, are asked of a register at its time, or are of a document that nobody has laid down
// beside the one in the hand today.
const madeAnew: readonly CheckId[] = [
  'document.paper',
  'document.second',
  'holder.age',
  'holder.status',
  'face.comparison',
  'face.presentation-attack',
  'face.injection-attack',
];

/** The checks of an earlier reading, each with the record that it was made for: nobody takes it for one of today. */
export function earlierChecks({ id, checks, document }: EarlierCase, today: PlainDate): readonly Check[] {
  return checks
    .filter((check) => !madeAnew.includes(check.id) && !check.id.startsWith('register.'))
    .map((check) =>
      check.id === 'document.expiry' && document !== null && document.expiry !== null
        ? successful('document.expiry', { expiry: document.expiry, at: today })
        : { ...check, detail: { ...check.detail, earlierRecord: id } },
    );
}
