import { addDays } from '../../../../main/result/plain-date.ts';
import { detailedDate, heldNumber, inField, type MadeDocument, readDocument } from '../support.ts';
import type { Kind } from './kind.ts';
import {
  anybody,
  bornBefore,
  danish,
  finnish,
  icelandic,
  in2033,
  knownDocument,
  norwegian,
  onFile,
  type Person,
  swedish,
  today,
  withNumber,
} from './people.ts';
import type { Random } from './random.ts';

const passportNumber = (random: Random): string => `K${1_000_000 + random.below(9_000_000)}`;

/** A document as another state issues it, names in the letters of 9303-3 §6. */
export function foreignDocument(person: Person, issuer: string, more: Partial<MadeDocument> = {}, at = today) {
  return readDocument({ ...person, issuer, ...more }, at);
}

export const after2000 = (random: Random) => addDays(bornBefore(random, 0, 3), -Math.round(22 * 365.25));

/** One person in documents of other states, each with the numbers of its own. */
export const sameAbroad: readonly Kind[] = [
  {
    name: 'Finland, separator of a letter',
    rule: 'the MRZ prints it: A–F since 2000, U–Y before',
    comesTo: 'accept',
    make: (random) => {
      const young = random.often(0.5);
      const person = { ...anybody(random), birthDate: young ? after2000(random) : bornBefore(random, 27, 90) };
      const number = finnish(person.birthDate, random.oneOf([...(young ? 'ABCDEF' : 'YXWVU')]), random);
      return {
        holder: withNumber(person, 'FIN', number),
        document: foreignDocument(person, 'FIN', { optionalData: number }),
      };
    },
  },
  {
    name: 'Finland, - in DG11',
    rule: 'the MRZ prints a filler for the sign, DG11 the number or the whole birth date',
    comesTo: 'accept',
    make: (random) => {
      const person = { ...anybody(random), birthDate: bornBefore(random, 27, 90) };
      const number = finnish(person.birthDate, '-', random);
      const details = random.often(0.5) ? { personalNumber: number } : { birthDate: detailedDate(person.birthDate) };
      return {
        holder: withNumber(person, 'FIN', number),
        document: foreignDocument(person, 'FIN', { optionalData: inField(number), details }),
      };
    },
  },
  {
    name: 'Finland, - in the MRZ alone',
    rule: 'a filler stands for + and for -: two people may bear what is printed',
    comesTo: 'refer',
    make: (random) => {
      const person = { ...anybody(random), birthDate: bornBefore(random, 27, 90) };
      const number = finnish(person.birthDate, '-', random);
      return {
        holder: withNumber(person, 'FIN', number),
        document: foreignDocument(person, 'FIN', { optionalData: inField(number) }),
      };
    },
  },
  {
    name: 'Norway, number of 2032',
    rule: 'the first control digit leaves 1, 2 or 3; read in 2033',
    comesTo: 'accept',
    make: (random) => {
      const person = anybody(random);
      const [number] = norwegian(person.birthDate, random);
      return {
        holder: withNumber(person, 'NOR', number),
        document: foreignDocument(person, 'NOR', { optionalData: number }, in2033),
      };
    },
  },
  {
    name: 'Denmark, no modulus',
    rule: 'digits that do not fit modulus 11, in the MRZ or in DG11 with a hyphen',
    comesTo: 'accept',
    make: (random) => {
      const person = { ...anybody(random), birthDate: bornBefore(random, 27, 90) };
      const number = danish(person.birthDate, random);
      const written = `${number.slice(0, 6)}-${number.slice(6)}`;
      const document = random.often(0.5) ? { optionalData: number } : { details: { personalNumber: written } };
      return { holder: withNumber(person, 'DNK', number), document: foreignDocument(person, 'DNK', document) };
    },
  },
  {
    name: 'Iceland',
    rule: 'a kennitala whose ninth digit may fit or not',
    comesTo: 'accept',
    make: (random) => {
      const person = { ...anybody(random), birthDate: bornBefore(random, 27, 90) };
      const number = icelandic(person.birthDate, random);
      return {
        holder: withNumber(person, 'ISL', number),
        document: foreignDocument(person, 'ISL', { optionalData: number }),
      };
    },
  },
  {
    name: 'Iceland, system number',
    rule: 'begins with 8 or 9, without date and check digit',
    comesTo: 'refer',
    make: (random) => {
      const person = anybody(random);
      const number = `${random.oneOf(['8', '9'])}${100_000_000 + random.below(899_999_999)}`;
      return {
        holder: withNumber(person, 'ISL', number),
        document: foreignDocument(person, 'ISL', { optionalData: number }),
      };
    },
  },
  {
    name: 'known foreign passport',
    rule: 'no number, but staff have seen this document as the person’s',
    comesTo: 'accept',
    make: (random) => {
      const person = anybody(random);
      const documentNumber = passportNumber(random);
      return {
        holder: onFile(person, {
          personalNumber: swedish(person.birthDate, random),
          documents: [knownDocument('FRA', documentNumber)],
        }),
        document: foreignDocument(person, 'FRA', { documentNumber }),
      };
    },
  },
  {
    name: 'known passport of a child',
    rule: 'two digits of the year, and whoever was born a hundred years before may live',
    comesTo: 'refer',
    make: (random) => {
      const person = { ...anybody(random), birthDate: bornBefore(random, 1, 18) };
      const documentNumber = passportNumber(random);
      return {
        holder: onFile(person, { documents: [knownDocument('FRA', documentNumber)] }),
        document: foreignDocument(person, 'FRA', { documentNumber }),
      };
    },
  },
  {
    name: 'passport renewed abroad',
    rule: 'a known passport of the same state, with a new number',
    comesTo: 'refer',
    make: (random) => {
      const person = anybody(random);
      return {
        holder: onFile(person, { documents: [knownDocument('FRA', passportNumber(random))] }),
        document: foreignDocument(person, 'FRA', { documentNumber: 'N9999999' }),
      };
    },
  },
  {
    name: 'passport with residence permit',
    rule: 'a known passport and Sweden’s permit, which writes the given names in another order, or fewer of them',
    comesTo: null,
    make: (random) => {
      const person = anybody(random);
      const documentNumber = passportNumber(random);
      const names = person.givenNames.split(' ');
      const given = random.oneOf([names.toReversed(), names, names.slice(0, 1)]).join(' ');
      return {
        holder: onFile(person, { documents: [knownDocument('SYR', documentNumber)] }),
        document: foreignDocument(person, 'SYR', { documentNumber }),
        beside: foreignDocument({ ...person, givenNames: given }, 'SWE', {
          format: 'TD1',
          documentCode: 'IR',
          nationality: 'SYR',
          documentNumber: passportNumber(random),
        }),
      };
    },
  },
  {
    name: 'passport that nobody has seen, with residence permit',
    rule: 'a permit of Sweden beside an unknown passport: it says that both are of one person, and not whose on file',
    comesTo: 'refer',
    make: (random) => {
      const person = anybody(random);
      return {
        holder: onFile(person, { personalNumber: swedish(person.birthDate, random) }),
        document: foreignDocument(person, 'SYR', { documentNumber: passportNumber(random) }),
        beside: foreignDocument(person, 'SWE', { format: 'TD1', documentCode: 'IR', nationality: 'SYR' }),
      };
    },
  },
  {
    name: 'residence permit alone',
    rule: 'Sweden’s permit with the very number on file: it proves nobody',
    comesTo: 'refer',
    make: (random) => {
      const person = anybody(random);
      const more = { format: 'TD1', documentCode: 'IR', nationality: 'SYR', documentNumber: 'SE0000000' } as const;
      return {
        holder: onFile(person, { documents: [{ ...knownDocument('SWE', 'SE0000000'), kind: 'residence-permit' }] }),
        document: foreignDocument(person, 'SWE', more),
      };
    },
  },
  {
    name: 'Swedish number on file, document of the country of birth',
    rule: 'a Finnish document with its own number, which the register does not have',
    comesTo: 'refer',
    make: (random) => {
      const person = { ...anybody(random), birthDate: bornBefore(random, 27, 90) };
      return {
        holder: onFile(person, {
          personalNumber: swedish(person.birthDate, random),
          numbers: [heldNumber('DNK', danish(person.birthDate, random))],
        }),
        document: foreignDocument(person, 'FIN', { optionalData: finnish(person.birthDate, 'Y', random) }),
      };
    },
  },
];
