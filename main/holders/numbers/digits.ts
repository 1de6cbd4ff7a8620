import { type PlainDate, plainDate } from '../../result/plain-date.ts';

/** The sum of digits, each by its weight; digits beyond the weights do not count. */
export function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);
}

/** A number as people write it: hyphens and dashes of all kinds are one, white space at the ends goes. */
export function asWritten(text: string): string {
  return text.trim().replace(/[\p{Pd}\u2212]/gu, '-');
}

/** The day DDMMYY of a century (1800, 1900, 2000); null where the calendar has none. */
export function dayOfCentury(century: number, dayMonthYear: string): PlainDate | null {
  const [day, month, year] = [dayMonthYear.slice(0, 2), dayMonthYear.slice(2, 4), dayMonthYear.slice(4, 6)].map(Number);
  return plainDate(century + (year ?? 0), month ?? 0, day ?? 0);
}

/** Sex by a digit that is odd for men (Sweden, Finland, Norway, Denmark). */
export function sexByParity(digit: string | undefined): 'F' | 'M' {
  return Number(digit) % 2 === 1 ? 'M' : 'F';
}
