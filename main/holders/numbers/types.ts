import type { PlainDate } from '../../result/plain-date.ts';

/** States whose numbers of people are known here, by the codes of 9303-3 §5: the issuer of a document as it prints it. */
export const numberCountries = ['SWE', 'FIN', 'NOR', 'DNK', 'ISL'] as const;
export type NumberCountry = (typeof numberCountries)[number];

export const numberKinds = [
  'personal',
  'coordination',
  'henkilötunnus',
  'fødselsnummer',
  'd-number',
  'h-number',
  'fh-number',
  'cpr',
  'kennitala',
  'system number',
] as const;
export type NumberKind = (typeof numberKinds)[number];

/**
 * The birth date as a number tells it: one day; the days of two centuries, of which it does not say which; or none. A
 * register may know another day (folkbokföringslagen 1991:481 18 §).
 */
export type BirthInNumber =
  | { readonly known: 'certain'; readonly date: PlainDate }
  | { readonly known: 'centuries'; readonly dates: readonly [PlainDate, PlainDate] }
  | { readonly known: 'none' };

/**
 * What the check digits say. `none to rely on`: the state gives numbers whose digits do not fit any more, so that a misfit
 * says nothing. `undetermined`: this kind of number has none.
 */
export type CheckDigit = 'right' | 'wrong' | 'none to rely on' | 'undetermined';

/** A number of a person. It is the register's name for one person at one time: numbers change, and are given again. */
export interface NationalNumber {
  readonly country: NumberCountry;
  readonly kind: NumberKind;
  /** The number in one writing, that which two numbers of a country are compared by: `numberKey` makes it unique. */
  readonly key: string;
  readonly birth: BirthInNumber;
  /** As the number tells it; null where it does not. Never used to refuse anybody. */
  readonly sex: 'F' | 'M' | null;
  readonly checkDigit: CheckDigit;
}

/**
 * Why a text is no number: not the digits of one; no day of a calendar, or no person's; a day to come; a century or a sign
 * that is at odds with the birth date that stands beside it.
 */
export type NumberFault = 'form' | 'date' | 'future' | 'contradiction';

/** A text that was read as a number of one country. `ambiguous`: the writing leaves open whose of several it is. */
export type NumberReading =
  | { readonly outcome: 'read'; readonly number: NationalNumber }
  | { readonly outcome: 'ambiguous'; readonly numbers: readonly NationalNumber[] }
  | { readonly outcome: 'unreadable'; readonly fault: NumberFault };

/** What a reading depends on beside the text. */
export interface NumberContext {
  readonly today: PlainDate;
  /** The birth date that stands beside the number, in a row of a register or in DG11; null where there is none. */
  readonly birthDate: PlainDate | null;
}

export function unreadable(fault: NumberFault): NumberReading {
  return { outcome: 'unreadable', fault };
}

export function read(number: NationalNumber): NumberReading {
  return { outcome: 'read', number };
}
