import type { CaseView } from '../../preload/contract.ts';
import type { Holder } from '../holders/holder.ts';
import type { House } from '../house/house.ts';
import { stillCounting } from '../house/still-counting.ts';
import type { Inspection } from '../inspection/types.ts';
import { Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { isWithin } from '../result/instant.ts';
import type { EarlierReading } from '../verification/freshness.ts';
import type { CaseFacts, Purpose } from '../verification/types.ts';
import type { Reading } from './reading.ts';

/** An earlier reading that counts in this case: of which record, when it ended, and the number that staff read off the document in the hand. */
export interface Reused {
  readonly recordId: string;
  readonly readAt: string;
  readonly documentNumber: string;
}

/** What of a case an earlier reading concerns. */
interface ReusingCase {
  readonly reading: Reading;
  readonly purpose: Purpose | null;
  readonly holder: Holder | null;
  readonly order: object | null;
  readonly referral: { readonly id: string } | null;
  face: object | null;
  reused: Reused | null;
  /** Why the earlier reading of a referred case counts no more; null where it does. */
  reusedAgainst: FailureCode | null;
  /** The record that staff are offered to rest on; null where none fits. */
  reusable: { readonly recordId: string; readonly readAt: string } | null;
}

type Earlier = Pick<House, 'policy' | 'earlierCase' | 'reusableCase' | 'now'>;

/** Looks once for what may be offered: after errand and person were chosen. */
export function lookForReusable(house: Pick<House, 'policy' | 'reusableCase'>, file: ReusingCase): void {
  const { purpose, holder } = file;
  const policy = purpose === null ? null : house.policy(purpose);
  file.reusable =
    policy === null || policy.freshness === null || holder === null ? null : house.reusableCase({ policy, holder });
}

/**
 * Lets the offered reading count, with the document in the hand of which staff typed the number. Fails with `case.not-open` where
 * none is offered, `case.busy` while a chip is read, `order.other-proof` beside an order, and as `earlierCase` does.
 */
export function reuse(house: Earlier, file: ReusingCase, documentNumber: string): void {
  const { purpose, holder, reusable, reading } = file;
  if (purpose === null || reusable === null) throw new Failure('case.not-open', { step: 'chip' });
  if (reading.busy) throw new Failure('case.busy');
  // What was read for another case was not read for this order.
  if (file.order !== null) throw new Failure('order.other-proof');
  const { recordId } = reusable;
  const earlier = house.earlierCase({ recordId, policy: house.policy(purpose), holder, documentNumber });
  reading.stop();
  reading.restore(asInspection(earlier), earlier.readAt, 0);
  file.reused = { recordId, readAt: earlier.readAt, documentNumber };
  file.face = null;
}

/**
 * Looks at the earlier reading as it counts now. Fails as `earlierCase` does where it no longer does; of a referred case, which may
 * be ended all the same and is read by nobody again, that is noted (`reusedAgainst`).
 */
export function reuseAgain(house: Earlier, file: ReusingCase): void {
  const { purpose, holder, reused, reading } = file;
  const { inspection } = reading.evidence;
  if (purpose === null || reused === null || inspection === null) return;
  const { recordId, documentNumber } = reused;
  const request = { recordId, policy: house.policy(purpose), holder, documentNumber };
  if (file.referral === null) {
    reading.judgedAgain(inspection, asInspection(house.earlierCase(request)));
    return;
  }
  const found = stillCounting(house, { ...request, referral: file.referral.id });
  file.reusedAgainst = 'code' in found ? found.code : null;
  if (!('code' in found)) reading.judgedAgain(inspection, asInspection(found));
}

/** Another errand, person, order or reading: what was read before counts no more. */
export function dropReused(file: ReusingCase): void {
  if (file.reused === null) return;
  file.reused = null;
  file.face = null;
  file.reading.forget();
}

/** How old the reading is by the policy's measure for it: nought within its limit, infinite past it. */
export function reusedMinutes(
  house: Pick<House, 'policy' | 'newestAt'>,
  { purpose, reused }: ReusingCase,
): number | null {
  if (reused === null || purpose === null) return null;
  const minutes = house.policy(purpose).freshness?.minutes ?? 0;
  return isWithin(reused.readAt, house.newestAt(), minutes) ? 0 : Number.POSITIVE_INFINITY;
}

/** What the record says of it; nothing where the document was read. */
export function reuseFacts({ reused }: Pick<ReusingCase, 'reused'>): Pick<CaseFacts, 'freshness'> {
  return reused === null ? {} : { freshness: { recordId: reused.recordId, readAt: reused.readAt } };
}

/** The offer, and what was taken of it, for the page; null where the errand takes no earlier reading. */
export function reuseView(house: Pick<House, 'policy'>, file: ReusingCase): CaseView['reuse'] {
  if (file.purpose === null || house.policy(file.purpose).freshness === null) return null;
  const { reusable, reused } = file;
  return { offered: reusable?.readAt ?? null, used: reused?.readAt ?? null };
}

const nothingRead = { exchanges: 0, bytesSent: 0, bytesReceived: 0, millis: 0, files: {} } as const;

function asInspection({ document, access, checks, specimen }: EarlierReading): Inspection {
  return { document, access, checks, reading: nothingRead, mrz: null, details: null, portrait: null, specimen };
}
