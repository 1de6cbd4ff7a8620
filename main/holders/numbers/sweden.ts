import { type PlainDate, partsOf, plainDate } from '../../result/plain-date.ts';
import { asWritten, sexByParity } from './digits.ts';
import { type NationalNumber, type NumberContext, type NumberReading, read, unreadable } from './types.ts';

/** A Swedish personal number (personnummer) or coordination number (samordningsnummer). */
export interface PersonalNumber {
  readonly valid: true;
  /** `YYYYMMDDNNNC`; the day of a coordination number stays raised by 60. */
  readonly digits: string;
  readonly kind: 'personal' | 'coordination';
  /**
   * The day that the number names; null where a coordination number leaves month or day open. It may differ from the real
   * birth date (folkbokföringslagen 1991:481 18 §).
   */
  readonly namedDay: PlainDate | null;
}

export type PersonalNumberFault = 'form' | 'date' | 'future' | 'contradiction' | 'check-digit';

export interface InvalidPersonalNumber {
  readonly valid: false;
  readonly fault: PersonalNumberFault;
}

const writing = /^(\d{2})?(\d{2})(\d{2})(\d{2})([-+ ])?(\d{4})$/;
const coordinationDayOffset = 60;
const earliestYear = 1800;

/**
 * Reads a number in any usual writing: 10 or 12 digits, `-` or `+` before the last four. With 10 digits the century is
 * that of the birth date which stands beside the number, and where none does it follows from `today`: `-` stands until the
 * year in which the person turns 100, `+` from then on (18 §); without a sign it is the latest century in which the day is
 * not to come. Year or sign that are at odds with that birth date are a `contradiction`.
 */
export function parsePersonalNumber(
  text: string,
  today: PlainDate,
  birthDate: PlainDate | null = null,
): PersonalNumber | InvalidPersonalNumber {
  const match = writing.exec(asWritten(text));
  if (match === null) return { valid: false, fault: 'form' };
  const [, century, year = '', month = '', day = '', sign, rest = ''] = match;
  const thisYear = partsOf(today).year;
  const settled = century === undefined && birthDate !== null ? partsOf(birthDate).year : null;
  if (settled !== null && (!isWritten(settled, year) || !isSigned(settled, sign, thisYear)))
    return { valid: false, fault: 'contradiction' };
  const fullYear = settled ?? (century === undefined ? yearOf(year, month, day, sign, today) : Number(century + year));
  const number = readTwelveDigits(`${String(fullYear).padStart(4, '0')}${month}${day}${rest}`);
  if (!number.valid) return number;
  const latest = today.replaceAll('-', '').slice(0, number.namedDay === null ? 4 : 8);
  if ((number.namedDay?.replaceAll('-', '') ?? number.digits.slice(0, 4)) > latest) {
    return { valid: false, fault: 'future' };
  }
  if (sign === '+' && thisYear - fullYear < 100) return { valid: false, fault: 'date' };
  return number;
}

function isWritten(fullYear: number, twoDigits: string): boolean {
  return fullYear % 100 === Number(twoDigits);
}

// A sign says which of two centuries; a space says nothing.
function isSigned(fullYear: number, sign: string | undefined, thisYear: number): boolean {
  const turnsHundred = thisYear - fullYear >= 100;
  return sign === '+' ? turnsHundred : sign !== '-' || !turnsHundred;
}

function yearOf(twoDigits: string, month: string, day: string, sign: string | undefined, today: PlainDate): number {
  const { year } = partsOf(today);
  const sinceThen = (((year - Number(twoDigits)) % 100) + 100) % 100;
  const latest = year - sinceThen;
  if (sign === '+') return latest - 100;
  const named = dayOf(latest, Number(month), Number(day));
  const isToCome = named !== null && named.day !== null && named.day > today;
  return sign !== '-' && isToCome ? latest - 100 : latest;
}

/** Reads the 12 digits as a document or a register holds them: day, serial and check digit (Luhn over the last ten). */
export function readTwelveDigits(digits: string): PersonalNumber | InvalidPersonalNumber {
  if (!/^\d{12}$/.test(digits) || digits.slice(8, 11) === '000') return { valid: false, fault: 'form' };
  const day = Number(digits.slice(6, 8));
  const named = dayOf(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), day);
  if (named === null) return { valid: false, fault: 'date' };
  if (checkDigitOf(digits.slice(2, 11)) !== digits.slice(11)) return { valid: false, fault: 'check-digit' };
  return {
    valid: true,
    digits,
    kind: day >= coordinationDayOffset ? 'coordination' : 'personal',
    namedDay: named.day,
  };
}

const longestMonth = 31;

// A coordination number has 60 added to its day; month 00 and day 60 stand for what is not known, as in the tax agency's
// own test numbers (personnummer/csharp#119). Null where no calendar has such a day.
function dayOf(year: number, month: number, day: number): { readonly day: PlainDate | null } | null {
  if (year < earliestYear) return null;
  const coordination = day >= coordinationDayOffset;
  const dayOfMonth = coordination ? day - coordinationDayOffset : day;
  if (!coordination || (month !== 0 && dayOfMonth !== 0)) {
    const named = plainDate(year, month, dayOfMonth);
    return named === null ? null : { day: named };
  }
  return month <= 12 && dayOfMonth <= longestMonth ? { day: null } : null;
}

/** The check digit of nine digits: weights 2 and 1 in turn, digit sums, what is missing to the next ten (18 §). */
export function checkDigitOf(nineDigits: string): string {
  let sum = 0;
  for (let index = 0; index < nineDigits.length; index++) {
    const product = Number(nineDigits[index]) * (index % 2 === 0 ? 2 : 1);
    sum += product > 9 ? product - 9 : product;
  }
  return String((10 - (sum % 10)) % 10);
}

/** The same as a number among those of other states. One whose check digit is wrong is told as such, and kept as it is. */
export function readSwedish(text: string, { today, birthDate }: NumberContext): NumberReading {
  const one = parsePersonalNumber(text, today, birthDate);
  if (one.valid) return read(nationalOf(one, 'right'));
  if (one.fault !== 'check-digit') return unreadable(one.fault);
  const number = parsePersonalNumber(withRightCheckDigit(text), today, birthDate);
  if (!number.valid) return number.fault === 'check-digit' ? unreadable('form') : unreadable(number.fault);
  return read(nationalOf({ ...number, digits: number.digits.slice(0, -1) + text.trim().slice(-1) }, 'wrong'));
}

function withRightCheckDigit(text: string): string {
  const digits = text.replace(/\D/g, '');
  return text.trim().slice(0, -1) + checkDigitOf(digits.slice(-10, -1));
}

function nationalOf({ digits, kind, namedDay }: PersonalNumber, checkDigit: 'right' | 'wrong'): NationalNumber {
  return {
    country: 'SWE',
    kind,
    key: digits,
    birth: namedDay === null ? { known: 'none' } : { known: 'certain', date: namedDay },
    sex: sexByParity(digits[10]),
    checkDigit,
  };
}
