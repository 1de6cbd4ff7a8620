import { parseMrz } from '../../../main/document/mrz.ts';
import { buildMrz, type MrzFields } from '../../../main/document/mrz-build.ts';
import { printedDate } from '../../../main/document/mrz-dates.ts';
import type { PersonalDetails } from '../../../main/document/types.ts';
import type { HeldNumber } from '../../../main/holders/holder.ts';
import type { NumberCountry } from '../../../main/holders/numbers/types.ts';
import type { ReadPerson } from '../../../main/holders/read-person.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';

export const noDetails: PersonalDetails = {
  fullName: null,
  otherNames: [],
  personalNumber: null,
  birthDate: null,
  placeOfBirth: null,
  address: null,
  telephone: null,
  profession: null,
  title: null,
  summary: null,
};

export interface MadeDocument extends Partial<Omit<MrzFields, 'birthDate'>> {
  readonly surname: string;
  readonly givenNames: string;
  readonly birthDate: PlainDate;
  readonly details?: Partial<PersonalDetails>;
}

/** A document as it is read: its zone is built and parsed by the product, names in the letters that are given. */
export function readDocument({ birthDate, details, ...fields }: MadeDocument, today: PlainDate): ReadPerson {
  const lines = buildMrz({
    format: 'TD3',
    documentCode: 'P',
    issuer: 'SWE',
    documentNumber: 'XA1234567',
    nationality: fields.issuer ?? 'SWE',
    sex: 'X',
    expiryDate: '351231',
    ...fields,
    birthDate: printedDate(birthDate),
  });
  return {
    mrz: parseMrz(lines.join('\n'), today),
    details: details === undefined ? null : { ...noDetails, ...details },
    today,
  };
}

export function heldNumber(country: NumberCountry, key: string, validTo: PlainDate | null = null): HeldNumber {
  return { country, key, validFrom: null, validTo, replacedBecause: validTo === null ? null : 'other' };
}

/** What DG11 says of a birth date. */
export function detailedDate(date: PlainDate): NonNullable<PersonalDetails['birthDate']> {
  return { printed: date.replaceAll('-', ''), date };
}

/** A number as a field of the MRZ holds it: signs are fillers (9303-4 §4.2.2.2). */
export function inField(number: string): string {
  return number.replace(/[^0-9A-Z]/g, '<');
}
