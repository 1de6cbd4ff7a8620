import { addDays, addYears, type PlainDate } from '../../../../main/result/plain-date.ts';
import { detailedDate, heldNumber, inField } from '../support.ts';
import type { Kind } from './kind.ts';
import { longSurnames, surnames } from './names.ts';
import { another, reused, shownBy } from './other-pairs.ts';
import {
  anybody,
  bornBefore,
  danish,
  finnish,
  in2033,
  knownDocument,
  norwegian,
  onFile,
  otherGivenName,
  stranger,
  swedish,
  withNumber,
} from './people.ts';
import { foreignDocument } from './same-abroad.ts';
import { somebody, swedishDocument } from './swedish-pairs.ts';

/** Two people whose numbers or documents are the same, or seem so. */
export const otherNumbers: readonly Kind[] = [
  {
    name: 'number given to a second person',
    rule: 'the same number (Eur J Epidemiol 2009, 9350), born on its day or a neighbour; no name in common',
    comesTo: null,
    make: (random) => {
      const one = somebody(random);
      const birthDate = random.often(0.5) ? one.person.birthDate : addDays(one.person.birthDate, 1 + random.below(3));
      return shownBy({ ...stranger(one.person, random), birthDate }, reused, random, one);
    },
  },
  {
    name: 'number given to a second person of that surname',
    rule: 'the same number and birth date, and by chance the surname; other given names',
    comesTo: null,
    make: (random) => {
      const one = somebody(random);
      return shownBy({ ...one.person, givenNames: otherGivenName(one.person, random) }, reused, random, one);
    },
  },
  {
    name: 'number given to a second person of those given names',
    rule: 'the same number, birth date and given names, as if somebody had married; another surname',
    comesTo: null,
    make: (random) => {
      const one = somebody(random);
      const surname = random.oneOf(surnames.filter((name) => !one.person.surname.includes(name)));
      return shownBy({ ...one.person, surname }, reused, random, one);
    },
  },
  {
    name: 'born on one day, with the same given names',
    rule: 'birth date and given names the same; another surname and number',
    comesTo: null,
    make: (random) => {
      const one = somebody(random);
      const surname = random.oneOf(surnames.filter((name) => !one.person.surname.includes(name)));
      return shownBy({ ...one.person, surname }, another(one.person.birthDate, random), random, one);
    },
  },
  {
    name: 'number given to a second person, the field cut',
    rule: 'the same number, birth date and long surname; given names that begin alike, cut in each of the ways',
    comesTo: null,
    make: (random) => {
      const [mine, theirs] = random.oneOf([
        ['Johan', 'Jens'],
        ['Maria', 'Märta'],
        ['Signe', 'Sören'],
        ['Johan', 'Josef'],
      ]);
      const one = somebody(random, { surname: random.oneOf(longSurnames), givenNames: mine });
      const other = { ...one.person, givenNames: theirs };
      return {
        holder: onFile(one.person, { personalNumber: one.number }),
        document: swedishDocument({ person: other, number: one.number }, random, { format: 'TD1', documentCode: 'ID' }),
      };
    },
  },
  {
    name: 'number given to a second person, the field cut, whole in DG11',
    rule: 'as before, with given names of which one begins with the other; DG11 writes it in full',
    comesTo: null,
    make: (random) => {
      const [mine, theirs] = random.oneOf([
        ['Johan', 'Johanna'],
        ['Marian', 'Marianne'],
        ['Karl', 'Karla'],
      ]);
      const one = somebody(random, { surname: random.oneOf(longSurnames), givenNames: mine });
      const other = { ...one.person, givenNames: theirs };
      const more = { format: 'TD1', documentCode: 'ID', details: { fullName: other } } as const;
      return {
        holder: onFile(one.person, { personalNumber: one.number }),
        document: swedishDocument({ person: other, number: one.number }, random, more),
      };
    },
  },
  {
    name: 'former number borne by another',
    rule: 'the document has a number that the person on file had before and that is now another’s',
    comesTo: null,
    make: (random) => {
      const one = somebody(random);
      const former = swedish(one.person.birthDate, random);
      const numbers = [heldNumber('SWE', former, '2015-01-01' as PlainDate)];
      return {
        holder: onFile(one.person, { personalNumber: one.number, numbers }),
        document: swedishDocument({ person: stranger(one.person, random), number: former }, random),
      };
    },
  },
  {
    name: 'born a hundred years apart',
    rule: 'the same name, the same two digits of the year; with own numbers, DG11 or neither',
    comesTo: null,
    make: (random) => {
      const young = somebody(random, { birthDate: bornBefore(random, 1, 14) });
      const old = { ...young.person, birthDate: addYears(young.person.birthDate, -100) };
      const number = another(old.birthDate, random)(young.number);
      const [held, shown] = random.often(0.5)
        ? [{ ...young }, { person: old, number }]
        : [{ person: old, number }, { ...young }];
      const documents = [knownDocument('FRA', 'K7654321')];
      const holder = onFile(held.person, { personalNumber: held.number, documents });
      const way = random.below(3);
      if (way === 0) return { holder, document: swedishDocument(shown, random) };
      const details = way === 1 ? { details: { birthDate: detailedDate(shown.person.birthDate) } } : {};
      return { holder, document: foreignDocument(shown.person, 'FRA', { documentNumber: 'K7654321', ...details }) };
    },
  },
  {
    name: 'Finland, twins by separator',
    rule: 'name, birth date and digits the same, another separator (DVV: two people); in MRZ or DG11',
    comesTo: null,
    make: (random) => {
      const person = { ...anybody(random), birthDate: bornBefore(random, 27, 90) };
      const separators = [...'-YXWVU'];
      const mine = random.oneOf(separators);
      const theirs = random.oneOf(separators.filter((one) => one !== mine));
      const number = finnish(person.birthDate, mine, random);
      const other = number.slice(0, 6) + theirs + number.slice(7);
      const written = random.often(0.5) ? { optionalData: inField(other) } : { details: { personalNumber: other } };
      return { holder: withNumber(person, 'FIN', number), document: foreignDocument(person, 'FIN', written) };
    },
  },
  {
    name: 'Norway, numbers of 2032 that differ in the control digits',
    rule: 'name, birth date and individual number the same, first control digit another; read in 2033',
    comesTo: null,
    make: (random) => {
      const person = anybody(random);
      const [mine, theirs] = norwegian(person.birthDate, random);
      return {
        holder: withNumber(person, 'NOR', mine),
        document: foreignDocument(person, 'NOR', { optionalData: theirs }, in2033),
      };
    },
  },
  {
    name: 'digits of another country',
    rule: 'name and birth date the same; the document holds the very digits on file, as a number of another state',
    comesTo: null,
    make: (random) => {
      const person = { ...anybody(random), birthDate: bornBefore(random, 27, 90) };
      const number = danish(person.birthDate, random);
      const document = foreignDocument(person, random.oneOf(['ISL', 'D', 'UTO']), { optionalData: number });
      return { holder: withNumber(person, 'DNK', number), document };
    },
  },
  {
    name: 'Swedish number in a foreign document',
    rule: 'name and birth date the same; another state’s document holds the Swedish number on file',
    comesTo: null,
    make: (random) => {
      const one = somebody(random);
      return {
        holder: onFile(one.person, { personalNumber: one.number }),
        document: foreignDocument(one.person, random.oneOf(['D', 'FRA', 'FIN', 'UTO']), { optionalData: one.number }),
      };
    },
  },
  {
    name: 'known document with another bearer',
    rule: 'issuer and number of a document that was seen as the person’s, on another name and birth date',
    comesTo: null,
    make: (random) => {
      const person = anybody(random);
      return {
        holder: onFile(person, { documents: [knownDocument('FRA', 'K7654321')] }),
        document: foreignDocument(stranger(person, random), 'FRA', { documentNumber: 'K7654321' }),
      };
    },
  },
  {
    name: 'permit of another beside a passport',
    rule: 'the person’s known passport with a permit of a relative or a namesake',
    comesTo: null,
    make: (random) => {
      const person = anybody(random);
      const relative = { ...person, givenNames: otherGivenName(person, random) };
      const namesake = { ...person, birthDate: addDays(person.birthDate, 1 + random.below(9_000)) };
      return {
        holder: onFile(person, { documents: [knownDocument('SYR', 'K7654321')] }),
        document: foreignDocument(person, 'SYR', { documentNumber: 'K7654321' }),
        beside: foreignDocument(random.often(0.5) ? relative : namesake, 'SWE', {
          format: 'TD1',
          documentCode: 'IR',
          nationality: 'SYR',
        }),
      };
    },
  },
  {
    name: 'married into the family',
    rule: 'the same surname and given name by marriage; birth date of the same month, number another',
    comesTo: null,
    make: (random) => {
      const one = somebody(random, { surname: random.oneOf(surnames) });
      const birthDate =
        `${one.person.birthDate.slice(0, 8)}${one.person.birthDate.endsWith('15') ? '16' : '15'}` as PlainDate;
      return shownBy({ ...one.person, birthDate }, another(birthDate, random), random, one);
    },
  },
];
