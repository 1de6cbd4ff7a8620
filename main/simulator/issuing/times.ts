import { Time, TimeType } from 'pkijs';
import { type PlainDate, partsOf } from '../../result/plain-date.ts';

/** The day's first second. */
export function instant(date: PlainDate) {
  const { year, month, day } = partsOf(date);
  // biome-ignore lint/style/noRestrictedGlobals: no clock is read: pkijs takes its times as Date.
  return new Date(Date.UTC(year, month - 1, day));
}

/** UTCTime to 2049, GeneralizedTime from 2050 (RFC 5280 §4.1.2.5), at the day's first second. */
export function time(date: PlainDate): Time {
  const { year } = partsOf(date);
  return new Time({ type: year < 2050 ? TimeType.UTCTime : TimeType.GeneralizedTime, value: instant(date) });
}
