import { type Check, unsuccessful } from '../result/check.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { clockWentBack } from './freshness.ts';

/**
 * A check that rests on the day, as it stands where the clock shows an earlier one than the station has seen (TR-03135-1
 * §5.6.4.3.4): what seemed in date may be past, what seemed to lie ahead may have begun. What is past on an earlier day is
 * past now too, and stays failed.
 */
export function judgedByClock(check: Check, at: PlainDate, newestKnown: PlainDate | null): Check {
  if (!clockWentBack(at, newestKnown)) return check;
  const told = check.result === 'successful' || check.code === 'certificate.not-yet-valid';
  return told ? unsuccessful(check.id, 'undetermined', 'clock.went-back', { ...check.detail, at, newestKnown }) : check;
}
