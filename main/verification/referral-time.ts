import type { Check } from '../result/check.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { isBefore, isInstant, isWithin, minutesAfter } from '../result/instant.ts';
import { isSetBack, laterOf } from '../result/set-back.ts';
import type { Policy } from './types.ts';

/** What of a referred case says how old it is; instants, ISO 8601 with `Z`. */
export interface ReferredReading {
  /** When its readings ended; null where the document was not read to an end. */
  readonly readAt: readonly (string | null)[];
  /** Whether it rests on the reading of an earlier record. */
  readonly reused: boolean;
  readonly referredAt: string;
  readonly now: string;
  /** The newest instant of which the station knows that it was; null where it knows of none. */
  readonly newestAt: string | null;
  /** As they are judged today. */
  readonly checks: readonly Check[];
}

/**
 * Why what was read for a case that was referred counts no more when a colleague decides it; null where it does. It counts as for
 * every case, and where the policy says so (`referralHours`) for so long after it was referred, if it counted then: nobody refers
 * what is too old already to make it young. By a clock that was set back, behind what the station knows or behind the referral, nobody
 * knows how old it is; set right by a little, the latest of these is the time. That lists, days and the register are those of today is
 * for whoever judges the checks.
 */
export function referralHindrance(read: ReferredReading, policy: Policy): FailureCode | null {
  const { readAt, reused, referredAt, now, newestAt, checks } = read;
  const minutes = minutesCounted(reused, policy);
  const counted = (at: string): boolean => readAt.every((each) => each !== null && isWithin(each, at, minutes));
  const known = newestAt === null ? referredAt : laterOf(referredAt, newestAt);
  if (isSetBack(now, known) || checks.some(({ code }) => code === 'clock.went-back')) return 'clock.went-back';
  const at = laterOf(now, known);
  if (counted(at)) return null;
  const { referralHours } = policy;
  const waits = referralHours !== null && counted(referredAt) && isWithin(referredAt, at, referralHours * 60);
  return waits ? null : 'referral.past';
}

/** Until when a case that waits may be approved, ISO 8601 with `Z` (null: not at all, by what was read), and whether that is over. */
export interface WaitingTime {
  readonly until: string | null;
  readonly past: boolean;
}

/**
 * Until when a colleague may let a referred case go on: the last instant at which nothing of `referralHindrance` but the clock would
 * speak against it, and its order has not expired (`orderUntil`, ISO 8601 with `Z`; null without one or an end). What else may speak
 * against it by then (a document's last day, lists) is told when it is opened.
 */
export function waitingTime(
  { readAt, reused, referredAt, now, newestAt }: Omit<ReferredReading, 'checks'>,
  policy: Policy,
  orderUntil: string | null,
): WaitingTime {
  const minutes = minutesCounted(reused, policy);
  const read = readAt.filter((each) => each !== null && isInstant(each));
  const asRead = read.length < readAt.length ? null : earliest(read.map((each) => minutesAfter(each ?? '', minutes)));
  const { referralHours } = policy;
  const countedThen = readAt.every((each) => each !== null && isWithin(each, referredAt, minutes));
  const waits = referralHours === null || !countedThen ? null : minutesAfter(referredAt, referralHours * 60);
  // The later of the two: each is enough.
  const counts = asRead === null || waits === null ? (asRead ?? waits) : isBefore(asRead, waits) ? waits : asRead;
  const until = counts === null || orderUntil === null ? counts : earliest([counts, orderUntil]);
  // As it is decided by; of a clock that went back further nobody can say so.
  const at = newestAt === null || isSetBack(now, newestAt) ? now : laterOf(now, newestAt);
  return { until, past: until === null || isBefore(until, at) };
}

function minutesCounted(reused: boolean, policy: Pick<Policy, 'freshness' | 'evidenceMinutes'>): number {
  return reused ? (policy.freshness?.minutes ?? 0) : policy.evidenceMinutes;
}

function earliest(instants: readonly string[]): string | null {
  return instants.reduce<string | null>(
    (first, each) => (first === null || isBefore(each, first) ? each : first),
    null,
  );
}
