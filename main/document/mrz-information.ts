import { Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { checkDigit } from './mrz-check-digit.ts';
import { expiryDate, isImpossibleBirthDate } from './mrz-dates.ts';

/** What a person can type from a document's page. Dates are YYMMDD, unknown parts of the birth date as `<`. */
export interface MrzKeyFields {
  readonly documentNumber: string;
  readonly birthDate: string;
  readonly expiryDate: string;
}

const principalLength = 9;
// 9 characters and those that TD1's optional data can hold beside the check digit and the filler.
const longestNumber = 22;

function typed(field: keyof MrzKeyFields, text: string, form: RegExp): string {
  const characters = text.trim();
  if (!form.test(characters)) throw new Failure('mrz.malformed', { reason: 'field', field });
  return characters.toUpperCase();
}

/**
 * MRZ_information (9303-11 §9.7.2, §9.7.3) without the lines: the number padded with fillers to nine characters, a longer
 * one whole, each field with its check digit. Fails with `mrz.malformed`.
 */
export function mrzInformation(fields: MrzKeyFields): string {
  const number = typed('documentNumber', fields.documentNumber, /^[A-Za-z0-9][A-Za-z0-9<]*$/);
  if (number.length > longestNumber) throw new Failure('mrz.malformed', { reason: 'field', field: 'documentNumber' });
  return [
    number.padEnd(principalLength, '<'),
    typed('birthDate', fields.birthDate, /^[0-9<]{6}$/),
    typed('expiryDate', fields.expiryDate, /^[0-9<]{6}$/),
  ]
    .map((field) => field + checkDigit(field))
    .join('');
}

/** How a document without an end prints its date of expiry. */
const withoutEnd = '<<<<<<';

/**
 * The last day that a page tells by its typed dates; null for a document without an end. A birth date may be told in part (9303-3
 * §4.8). Fails with `mrz.malformed` for a day that no calendar has.
 */
export function lastDayTyped({ birthDate, expiryDate: expiry }: MrzKeyFields): PlainDate | null {
  const { date } = expiryDate(expiry);
  const field = isImpossibleBirthDate(birthDate)
    ? 'birthDate'
    : date === null && expiry !== withoutEnd
      ? 'expiryDate'
      : null;
  if (field !== null) throw new Failure('mrz.malformed', { reason: 'no such day', field });
  return date;
}
