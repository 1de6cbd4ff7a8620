import { type Check, unsuccessful } from '../../result/check.ts';
import { Failure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { StationTime } from '../types.ts';
import { clockWentBack } from './freshness.ts';

const seemsAhead: readonly FailureCode[] = ['certificate.not-yet-valid', 'security-object.signed-ahead'];

/**
 * A check that rests on the day, as it stands where the clock shows an earlier one than the station has seen, or was set back behind
 * its own records (TR-03135-1 §5.6.4.3.4): what seemed in date may be past, what seemed to lie ahead may have begun. What is past on an earlier day is
 * past now too, and stays failed.
 */
export function judgedByClock(
  check: Check,
  at: PlainDate,
  { newestKnown, behind }: Pick<StationTime, 'newestKnown' | 'behind'>,
): Check {
  if (behind === null && !clockWentBack(at, newestKnown)) return check;
  const told = check.result === 'successful' || (check.code !== null && seemsAhead.includes(check.code));
  const by = { at, newestKnown, ...(behind === null ? {} : { behind }) };
  return told ? unsuccessful(check.id, 'undetermined', 'clock.went-back', { ...check.detail, ...by }) : check;
}

/**
 * Refuses a list that is dated after the day, one day of difference between places aside: it would be the newest for as long
 * as its date says, and make the station's clock look wrong. `told` goes into the failure. Fails with `trust.list-ahead`
 * (RFC 5280 §5.1.2.4 for revocation lists; the same goes for whatever is signed with a date).
 */
export function refuseAhead(date: PlainDate | null, at: PlainDate, told: Failure['fields'] = {}): void {
  if (clockWentBack(at, date)) throw new Failure('trust.list-ahead', { ...told, date, at });
}
