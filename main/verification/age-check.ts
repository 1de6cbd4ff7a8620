import { dateInDocument, isOnlyCentury } from '../holders/match-birth-date.ts';
import type { Inspection } from '../inspection/types.ts';
import { type Check, successful, unsuccessful } from '../result/check.ts';
import { type PlainDate, partsOf } from '../result/plain-date.ts';

/**
 * `holder.age`: whether the holder is at least so many years old on this day. An MRZ prints two digits of the year: DG11 or
 * the number of the document's own state may tell the century, else the date is the latest that it can be. Who is old enough
 * by that one is so in any century. Who is not is too young (`failed`) where the century is told, or where nobody lives to
 * the age that the one before would make; else they may be a hundred years older, and it is undetermined. Nothing but the
 * limit is told. Null as an inspection: nothing was read.
 */
export function ageCheck(
  inspection: Pick<Inspection, 'mrz' | 'details'> | null,
  limit: number,
  today: PlainDate,
): Check {
  const id = 'holder.age';
  const detail = { limit };
  const { mrz = null, details = null } = inspection ?? {};
  if (mrz === null) return unsuccessful(id, 'aborted', 'check.aborted', detail);
  const stated = mrz.birthDate.date !== null || (details?.birthDate?.date ?? null) !== null;
  if (!stated) return unsuccessful(id, 'not supported', 'age.no-birth-date', detail);
  // Null here: the groups contradict each other.
  const birth = dateInDocument({ mrz, details, today });
  if (birth === null) return unsuccessful(id, 'undetermined', 'age.not-shown', detail);
  if (yearsBetween(birth.date, today) >= limit) return successful(id, detail);
  return isOnlyCentury(birth, today)
    ? unsuccessful(id, 'failed', 'age.too-young', detail)
    : unsuccessful(id, 'undetermined', 'age.not-shown', detail);
}

// Whole years; who was born on 29 February is a year older on 1 March of other years.
function yearsBetween(from: PlainDate, to: PlainDate): number {
  const [birth, day] = [partsOf(from), partsOf(to)];
  const before = day.month < birth.month || (day.month === birth.month && day.day < birth.day);
  return day.year - birth.year - (before ? 1 : 0);
}
