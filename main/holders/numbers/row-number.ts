import type { PlainDate } from '../../result/plain-date.ts';
import { readNumber } from './read-number.ts';
import type { NationalNumber, NumberCountry, NumberFault } from './types.ts';

/**
 * What is odd about a number beside the birth date of its row, and is taken all the same: `stale-sign`, a `-` where the
 * person has turned a hundred meanwhile and `+` would be right (folkbokföringslagen 1991:481 18 §); `neighbour-day`, a number
 * that names another day of the same month, as 18 § allows where the day had run out of numbers.
 */
export type NumberRemark = 'stale-sign' | 'neighbour-day';

/** A number of a register's row. `ambiguous`: its writing leaves open whose it is, and no birth date tells. */
export type RowNumber =
  | { readonly outcome: 'taken'; readonly number: NationalNumber; readonly remarks: readonly NumberRemark[] }
  | { readonly outcome: 'refused'; readonly fault: NumberFault | 'check-digit' | 'ambiguous' };

const turnsHundred = 100;

/**
 * Reads the number of a row together with the birth date that stands beside it (null where there is none). The birth date
 * settles a century that the writing leaves open. A number that names another day is refused as a `contradiction`, for one of
 * the two is somebody else's; a neighbour day and a sign that nobody changed in time are told and do no harm.
 */
export function readRowNumber(
  country: NumberCountry,
  text: string,
  { today, birthDate }: { readonly today: PlainDate; readonly birthDate: PlainDate | null },
): RowNumber {
  const stale = country === 'SWE' && birthDate !== null && isStale(text, birthDate, today);
  const reading = readNumber(country, stale ? text.trim().replace(dash, '+') : text, { today, birthDate });
  if (reading.outcome === 'unreadable') return { outcome: 'refused', fault: reading.fault };
  if (reading.outcome === 'ambiguous') return { outcome: 'refused', fault: 'ambiguous' };
  const { number } = reading;
  if (number.checkDigit === 'wrong') return { outcome: 'refused', fault: 'check-digit' };
  const beside = birthDate === null ? 'same' : besideBirthDate(number, birthDate);
  if (beside === 'contradiction') return { outcome: 'refused', fault: beside };
  const remarks: NumberRemark[] = [];
  if (stale) remarks.push('stale-sign');
  if (beside === 'neighbour-day') remarks.push('neighbour-day');
  return { outcome: 'taken', number, remarks };
}

const dash = /[\p{Pd}\u2212](?=\d{4}$)/u;

// Ten digits of somebody who turns a hundred this year, or did: the birth date tells what the sign does not any more.
function isStale(text: string, birthDate: PlainDate, today: PlainDate): boolean {
  const thisYear = Number(today.slice(0, 4));
  const hasTurned = thisYear - Number(birthDate.slice(0, 4)) >= turnsHundred;
  return hasTurned && /^\d{6}[\p{Pd}\u2212]\d{4}$/u.test(text.trim());
}

/** How the day that a number names stands to a birth date. One that names no day, or two, contradicts none that fits. */
function besideBirthDate(
  { country, birth }: NationalNumber,
  birthDate: PlainDate,
): 'same' | 'neighbour-day' | 'contradiction' {
  if (birth.known === 'none') return 'same';
  const days = birth.known === 'certain' ? [birth.date] : birth.dates;
  if (days.includes(birthDate)) return 'same';
  const sameMonth = days.some((day) => day.slice(0, 7) === birthDate.slice(0, 7));
  return country === 'SWE' && sameMonth ? 'neighbour-day' : 'contradiction';
}
