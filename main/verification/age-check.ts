import type { InspectedDocument } from '../inspection/types.ts';
import { type Check, successful, unsuccessful } from '../result/check.ts';
import { type PlainDate, partsOf } from '../result/plain-date.ts';

/**
 * `holder.age`: whether the holder is at least so many years old on this day. An MRZ prints two digits of the year, and the
 * date read of it is the latest that it can be: who is old enough by that one is so in any century. Who is not may have been
 * born a hundred years earlier, which nobody can tell from the document: undetermined, never the younger one for sure. Nothing
 * but the limit is told. Null as a document: nothing was read.
 */
export function ageCheck(document: InspectedDocument | null, limit: number, at: PlainDate): Check {
  const detail = { limit };
  if (document === null) return unsuccessful('holder.age', 'aborted', 'check.aborted', detail);
  const { birthDate } = document.holder;
  if (birthDate === null) return unsuccessful('holder.age', 'not supported', 'age.no-birth-date', detail);
  if (yearsBetween(birthDate, at) >= limit) return successful('holder.age', detail);
  return unsuccessful('holder.age', 'undetermined', 'age.not-shown', detail);
}

// Whole years; who was born on 29 February is a year older on 1 March of other years.
function yearsBetween(from: PlainDate, to: PlainDate): number {
  const [birth, day] = [partsOf(from), partsOf(to)];
  const before = day.month < birth.month || (day.month === birth.month && day.day < birth.day);
  return day.year - birth.year - (before ? 1 : 0);
}
