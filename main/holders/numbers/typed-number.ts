import { addYears, type PlainDate } from '../../result/plain-date.ts';
import { readNumber } from './read-number.ts';
import { parsePersonalNumber } from './sweden.ts';
import { type NationalNumber, type NumberCountry, type NumberReading, numberCountries } from './types.ts';

/** What may stand before a number: the codes of ISO 3166-1, of two letters and of three. */
const prefixes: ReadonlyMap<string, NumberCountry> = new Map([
  ['SE', 'SWE'],
  ['FI', 'FIN'],
  ['NO', 'NOR'],
  ['DK', 'DNK'],
  ['IS', 'ISL'],
  ...numberCountries.map((country) => [country, country] as const),
]);
const prefixed = /^([A-Z]{2,3})[\s:.-]*(?=\d)/;

/** Longer than any writing, blanks between all signs included. */
const longestTyped = 60;

/**
 * The numbers that somebody may mean who types this: of each country in every writing that is met, with blanks and dots
 * anywhere, dashes of any kind, a country's code before it, a date in parts (`1990-06-02-2397`). Ten digits of Sweden may be
 * of two centuries, whatever sign stands in them, for people type `-` also for whoever is a hundred; a Finnish number without
 * its separator is one of many. Numbers whose check digit is wrong are left out: such a text is mistyped. What is no number
 * of any country gives none. Numbers of the dead and of former bearers are read as well: `today` bounds birth dates alone.
 */
export function typedNumbers(text: string, today: PlainDate): readonly NationalNumber[] {
  if (text.length > longestTyped) return [];
  const plain = text
    .normalize('NFKC')
    .replace(/[\p{Cf}]/gu, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .trim()
    .toUpperCase();
  const [before = '', code = ''] = prefixed.exec(plain) ?? [];
  const country = prefixes.get(code);
  if (code !== '' && country === undefined) return [];
  const typed = plain.slice(before.length).replace(/[\s.]/g, '');
  const countries = country === undefined ? numberCountries : [country];
  const found = countries.flatMap((each) => (each === 'SWE' ? swedish(typed, today) : meant(each, typed, today)));
  return found.filter(({ checkDigit }) => checkDigit !== 'wrong');
}

function meant(country: NumberCountry, typed: string, today: PlainDate): readonly NationalNumber[] {
  return numbersIn(readNumber(country, typed, { today, birthDate: null }));
}

function numbersIn(reading: NumberReading): readonly NationalNumber[] {
  if (reading.outcome === 'read') return [reading.number];
  return reading.outcome === 'ambiguous' ? reading.numbers : [];
}

const century = 100;
const parted = /^(\d{2}|\d{4})-(\d{2})-(\d{2})(?=[-+]?\d{4}$)/;

function swedish(typed: string, today: PlainDate): readonly NationalNumber[] {
  const text = typed.replace(parted, '$1$2$3');
  const digits = text.replace(/[-+]/, '');
  if (digits.length !== 10) return meant('SWE', text, today);
  const latest = parsePersonalNumber(text.includes('+') ? text : digits, today);
  if (!latest.valid) return [];
  const year = Number(latest.digits.slice(0, 4)) - century;
  const earlier = text.includes('+') ? [] : meant('SWE', `${year}${latest.digits.slice(4)}`, today);
  return [...meant('SWE', latest.digits, today), ...earlier.filter((number) => mayLive(number, today))];
}

/** Nobody became older. */
const oldest = 122;

function mayLive({ birth }: NationalNumber, today: PlainDate): boolean {
  return birth.known !== 'certain' || addYears(birth.date, oldest + 1) > today;
}
