import type { Check } from '../result/check.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { isWithin } from '../result/instant.ts';
import type { Policy } from './types.ts';

/** What of a referred case says how old it is; instants, ISO 8601 with `Z`. */
export interface ReferredReading {
  /** When its readings ended; null where the document was not read to an end. */
  readonly readAt: readonly (string | null)[];
  /** Whether it rests on the reading of an earlier record. */
  readonly reused: boolean;
  readonly referredAt: string;
  readonly now: string;
  /** As they are judged today. */
  readonly checks: readonly Check[];
}

/**
 * Why what was read for a case that was referred counts no more when a colleague decides it; null where it does. It counts as for
 * every case, and where the policy says so (`referralHours`) for so long after it was referred, if it counted then: nobody refers
 * what is too old already to make it young. By a clock that went back nobody knows how old it is. That lists, days and the register
 * are those of today is for whoever judges the checks.
 */
export function referralHindrance(read: ReferredReading, policy: Policy): FailureCode | null {
  const { readAt, reused, referredAt, now, checks } = read;
  const minutes = reused ? (policy.freshness?.minutes ?? 0) : policy.evidenceMinutes;
  const counted = (at: string): boolean => readAt.every((each) => each !== null && isWithin(each, at, minutes));
  if (checks.some(({ code }) => code === 'clock.went-back')) return 'clock.went-back';
  if (counted(now)) return null;
  const { referralHours } = policy;
  const waits = referralHours !== null && counted(referredAt) && isWithin(referredAt, now, referralHours * 60);
  return waits ? null : 'referral.past';
}
