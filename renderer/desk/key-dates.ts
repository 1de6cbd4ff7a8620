import { parsePlainDate } from '../../main/result/plain-date.ts';
import type { HolderView } from '../../preload/contract.ts';

/** What six typed digits are: none yet, a day (or a part of one that the page leaves open), or a day that no calendar has. */
export type TypedDay = 'unfinished' | 'possible' | 'impossible';

/**
 * A day as a page prints it, YYMMDD. Of a birth date month and day may be zeros, where the state knows neither (9303-3 §4.8). Of the
 * two centuries that a year may mean one has a leap day where the other has: 29 February is judged by 2000 to 2099.
 */
export function typedDay(digits: string, of: 'birth' | 'expiry'): TypedDay {
  if (digits.length < 6) return 'unfinished';
  const [year = '', month = '', day = ''] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6)];
  const open = of === 'birth' ? { month: month === '00', day: day === '00' } : { month: false, day: false };
  const date = parsePlainDate(`20${year}-${open.month ? '01' : month}-${open.day ? '01' : day}`);
  return date === null ? 'impossible' : 'possible';
}

/**
 * The birth date on file as a page prints it, to begin with; empty where none is known, or where the details are kept from who looks.
 * A day that a personal number names is no birth date yet: it may be a neighbour of the real one (folkbokföringslagen 1991:481 18 §).
 */
export function birthDateOf(holder: Pick<HolderView, 'birthDate'> | null): string {
  return holder?.birthDate?.slice(2).replaceAll('-', '') ?? '';
}
