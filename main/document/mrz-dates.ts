import { type PlainDate, partsOf, plainDate } from '../result/plain-date.ts';
import type { DocumentDate } from './types.ts';

const form = /^(\d{2})(\d{2})(\d{2})$/;

/** The first travel documents with a chip: none of them ends in an earlier year. */
const firstYearOfChips = 2004;

interface Printed {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function parse(printed: string): Printed | null {
  const match = form.exec(printed);
  return match === null ? null : { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
}

// The last year that ends in these two digits and is not after `latest`.
function yearEndingIn(twoDigits: number, latest: number): number {
  return latest - ((((latest - twoDigits) % 100) + 100) % 100);
}

/**
 * A birth date of the MRZ, YYMMDD: the last such day that is not after `at`. Null as a date where a part is unknown
 * (fillers, 9303-3 §4.8) or where there is no such day.
 */
export function birthDate(printed: string, at: PlainDate): DocumentDate {
  const parts = parse(printed);
  if (parts === null) return { printed, date: null };
  const year = yearEndingIn(parts.year, partsOf(at).year);
  const latest = plainDate(year, parts.month, parts.day);
  // Not born yet: a year of this century's number, or a day later this year, belongs to the century before.
  const past = latest === null || latest <= at ? latest : plainDate(year - 100, parts.month, parts.day);
  return { printed, date: past };
}

const twoDigits = /^\d\d$/;

/**
 * Whether a birth date of the MRZ names no day and no part of one: a letter, a month 13, a 30 February. Parts that are
 * unknown, as fillers (9303-3 §4.8) or as `00` for month and day, are not impossible.
 */
export function isImpossibleBirthDate(printed: string): boolean {
  const parts = [printed.slice(0, 2), printed.slice(2, 4), printed.slice(4)];
  if (!parts.every((part) => part === '<<' || twoDigits.test(part))) return true;
  const [year = '', month = '', day = ''] = parts.map((part) => (part === '<<' ? '00' : part));
  // Where the month is unknown it may have 31 days, where the year is unknown it may be a leap year.
  const leapYear = 2000;
  const named = printed.startsWith('<<') ? leapYear : leapYear + Number(year);
  return plainDate(named, month === '00' ? 1 : Number(month), day === '00' ? 1 : Number(day)) === null;
}

/**
 * A date of expiry of the MRZ, YYMMDD, whatever the day is on which it is read: the first such day since there are
 * documents with chips. Two digits never make a document expired that may be good: Greek cards last for 30 years, and cards
 * for the old have no end (Regulation (EU) 2019/1157 art. 4), which Spain and Italy print as the year 9999 (TR-03135-1
 * §5.7.1).
 */
export function expiryDate(printed: string): DocumentDate {
  const parts = parse(printed);
  if (parts === null) return { printed, date: null };
  const year = yearEndingIn(parts.year, firstYearOfChips + 99);
  return { printed, date: plainDate(year, parts.month, parts.day) };
}

/** A day as the MRZ prints it: YYMMDD. */
export function printedDate(date: PlainDate): string {
  return date.slice(2).replaceAll('-', '');
}
