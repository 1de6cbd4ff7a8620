import { statedDirectoryId } from '../holders/directory-id.ts';
import { numberCountryOf, readNumber } from '../holders/numbers/read-number.ts';
import type { NumberCountry } from '../holders/numbers/types.ts';
import { type PlainDate, partsOf } from '../result/plain-date.ts';

/** Who may be the customer of an order: on file with all numbers of theirs, or as a document named them. */
export interface PossibleCustomer {
  readonly id: string;
  readonly personalNumber: string | null;
  /** Numbers beside it; `validTo` is the last day of one that is theirs no more. */
  readonly numbers?: readonly { readonly country: string; readonly key: string; readonly validTo?: PlainDate | null }[];
}

const withCountry = /^([A-Z]{3}):(.*)$/;
const swedishForm = /^(\d{2})?(\d{6})([-+])?(\d{4})$/;

/**
 * Whether an order's `customer` names this person: by the bank's or the station's id, by their Swedish number, or by a number of any
 * state known here after the state's code (`FIN:131052-308T`, 9303-3 §5). A number that they had before, or whose writing leaves open
 * whose of several it is, names nobody: another may bear it.
 */
export function isCustomer(customer: string, person: PossibleCustomer, today: PlainDate): boolean {
  // The bank knows nothing of how a station tells the ids of its directory from those of a file.
  if (customer === person.id || customer === statedDirectoryId(person.id)) return true;
  const [, code = '', number = ''] = withCountry.exec(customer) ?? [];
  const country = numberCountryOf(code);
  if (country === null) return isSwedish(customer, person, today);
  return country === 'SWE' ? isSwedish(number, person, today) : hasNumber(country, number, person, today);
}

/**
 * Whether an order's `customer` may name anybody: a number after the code of a state known here that no number of that state can be,
 * by form, day or check digit, or whose writing leaves open whose it is, names nobody and never will. Of an id only the register knows.
 */
export function mayNameSomebody(customer: string, today: PlainDate): boolean {
  const [, code = '', number = ''] = withCountry.exec(customer) ?? [];
  const country = numberCountryOf(code);
  if (country === null) return true;
  const reading = readNumber(country, number, { today, birthDate: null });
  return reading.outcome === 'read' && reading.number.checkDigit !== 'wrong';
}

function hasNumber(
  country: NumberCountry,
  text: string,
  { numbers = [] }: PossibleCustomer,
  today: PlainDate,
): boolean {
  const reading = readNumber(country, text, { today, birthDate: null });
  if (reading.outcome !== 'read') return false;
  const { key } = reading.number;
  return numbers.some((held) => held.country === country && held.key === key && (held.validTo ?? null) === null);
}

// A number may be written with or without its separator. With two digits of its year the separator says the century: `-` until
// the year in which the person turns 100, `+` from then on (folkbokföringslagen 1991:481 18 §); without one it is read as `-`.
function isSwedish(customer: string, { personalNumber }: PossibleCustomer, today: PlainDate): boolean {
  const number = personalNumber?.toUpperCase() ?? '';
  if (number === '') return false;
  if (customer.toUpperCase() === number) return true;
  const match = swedishForm.exec(customer);
  if (match === null || !/^\d{12}$/.test(number)) return false;
  const [, century = '', day = '', separator = '', rest = ''] = match;
  if (!number.endsWith(day + rest)) return false;
  const turnsHundred = partsOf(today).year - Number(number.slice(0, 4)) >= 100;
  if (century !== '') return number.startsWith(century) && (separator !== '+' || turnsHundred);
  return (separator === '+') === turnsHundred;
}
