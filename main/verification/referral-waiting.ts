import type { GivenOrder } from './order-case.ts';
import { type WaitingTime, waitingTime } from './referral-time.ts';
import type { Policy, Purpose } from './types.ts';

/** What of a referred case says how long it may wait. */
export interface Waiting {
  readonly purpose: Purpose;
  /** When it was referred. */
  readonly at: string;
  readonly readAt: string | null;
  readonly second?: { readonly readAt: string | null };
  /** Stands where it rests on the reading of an earlier record. */
  readonly reused?: object;
  readonly order: Pick<GivenOrder, 'order'> | null;
}

/** When what a referred case rests on was read: of both documents, where two were laid; null of one that was not read to an end. */
export function readTimes({ readAt, second }: Pick<Waiting, 'readAt' | 'second'>): readonly (string | null)[] {
  const other = second?.readAt ?? null;
  return [readAt, ...(other === null ? [] : [other])];
}

/** What the time of a referred case is judged by; instants as in `ReferredReading`. */
export interface WaitingGround {
  readonly policy: (purpose: Purpose) => Policy;
  readonly now: () => string;
  readonly newestAt: () => string;
}

/** Until when a referred case may wait, by the policy in force. Fails as `policy`. */
export function referralWaiting({ policy, now, newestAt }: WaitingGround, referral: Waiting): WaitingTime {
  const { purpose, reused, at, order } = referral;
  const instants = { referredAt: at, now: now(), newestAt: newestAt() };
  const read = { readAt: readTimes(referral), reused: reused !== undefined, ...instants };
  return waitingTime(read, policy(purpose), order?.order.expiresAt ?? null);
}
