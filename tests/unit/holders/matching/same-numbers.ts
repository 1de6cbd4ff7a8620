import { addDays, addYears, type PlainDate } from '../../../../main/result/plain-date.ts';
import { detailedDate, heldNumber } from '../support.ts';
import type { Kind } from './kind.ts';
import { givenNames, surnames } from './names.ts';
import { anybody, bornBefore, onFile, otherGivenName, swedish } from './people.ts';
import { somebody, swedishDocument, twoNames } from './swedish-pairs.ts';

/** One person whose number, birth date or document is not as the register has it. */
export const sameNumbers: readonly Kind[] = [
  {
    name: 'number changed, former one on file',
    rule: 'the document has the number that the register knows as replaced',
    comesTo: 'refer',
    make: (random) => {
      const one = somebody(random);
      const former = swedish(one.person.birthDate, random, 60);
      const numbers = [heldNumber('SWE', former, '2020-01-01' as PlainDate)];
      return {
        holder: onFile(one.person, { personalNumber: one.number, numbers }),
        document: swedishDocument({ ...one, number: former }, random),
      };
    },
  },
  {
    name: 'number changed, former one not on file',
    rule: 'the document has another number; names and birth date are the same',
    comesTo: 'refer',
    make: (random) => {
      const one = somebody(random);
      const former = swedish(one.person.birthDate, random, 60);
      return {
        holder: onFile(one.person, { personalNumber: one.number }),
        document: swedishDocument({ ...one, number: former }, random),
      };
    },
  },
  {
    name: 'number and surname changed, neither on file',
    rule: 'both differ; nothing but the birth date and the given names is left',
    comesTo: 'refer',
    make: (random) => {
      const one = somebody(random);
      const former = swedish(one.person.birthDate, random, 60);
      const surname = random.oneOf(surnames.filter((name) => name !== one.person.surname));
      return {
        holder: onFile(one.person, { personalNumber: one.number }),
        document: swedishDocument({ person: { ...one.person, surname }, number: former }, random),
      };
    },
  },
  {
    name: 'wrong century on file',
    rule: 'the register took ten digits for those of a hundred years before, number and birth date alike',
    comesTo: 'refer',
    make: (random) => {
      const one = somebody(random, { birthDate: bornBefore(random, 1, 20) });
      const wrong = `${Number(one.number.slice(0, 4)) - 100}${one.number.slice(4)}`;
      const birthDate = addYears(one.person.birthDate, -100);
      return {
        holder: onFile({ ...one.person, birthDate }, { personalNumber: wrong }),
        document: swedishDocument(one, random),
      };
    },
  },
  {
    name: 'number of a neighbour day',
    rule: 'the number names another day of the month than the birth date (18 §); the register holds one or the other',
    comesTo: null,
    make: (random) => {
      const born = `${bornBefore(random).slice(0, 8)}1${random.below(9)}` as PlainDate;
      const person = { ...anybody(random), birthDate: born };
      const named = addDays(born, random.oneOf([-2, -1, 1, 2]));
      const number = swedish(named, random);
      const held = random.often(0.5) ? born : named;
      return {
        holder: onFile({ ...person, birthDate: held }, { personalNumber: number }),
        document: swedishDocument({ person, number }, random),
      };
    },
  },
  {
    name: 'coordination number',
    rule: 'day raised by 60, in register and document',
    comesTo: 'accept',
    make: (random) => {
      const person = anybody(random);
      const number = swedish(person.birthDate, random, 60);
      return {
        holder: onFile(person, { personalNumber: number }),
        document: swedishDocument({ person, number }, random),
      };
    },
  },
  {
    name: 'older than a hundred',
    rule: 'the MRZ prints two digits of the year, the number or DG11 the century',
    comesTo: 'accept',
    make: (random) => {
      const one = somebody(random, { birthDate: bornBefore(random, 100, 112) });
      const details = { birthDate: detailedDate(one.person.birthDate) };
      return {
        holder: onFile(one.person, { personalNumber: one.number }),
        document: swedishDocument(one, random, random.often(0.5) ? { details } : {}),
      };
    },
  },
  {
    name: 'birth date partly unknown',
    rule: 'the register knows the day, the document only the year (9303-3 §4.8)',
    comesTo: 'refer',
    make: (random) => {
      const one = somebody(random);
      const document = swedishDocument(one, random);
      const printed = `${document.mrz.birthDate.printed.slice(0, 2)}<<<<`;
      return {
        holder: onFile(one.person, { personalNumber: one.number }),
        document: { ...document, mrz: { ...document.mrz, birthDate: { printed, date: null } } },
      };
    },
  },
  {
    name: 'call name on file, number without birth date',
    rule: 'the register has no birth date, and one of the given names',
    comesTo: 'accept',
    make: (random) => {
      const [a, b] = twoNames(random);
      const one = somebody(random, { givenNames: `${a} ${b}` });
      return {
        holder: { ...onFile({ ...one.person, givenNames: b }, { personalNumber: one.number }), birthDate: null },
        document: swedishDocument(one, random),
      };
    },
  },
  {
    name: 'unknown foreign passport',
    rule: 'no number, nobody has seen the document: name and birth date alone',
    comesTo: 'refer',
    make: (random) => {
      const one = somebody(random);
      return {
        holder: onFile(one.person, { personalNumber: one.number }),
        document: swedishDocument({ ...one, number: '' }, random, { issuer: random.oneOf(['FRA', 'D', 'UTO']) }),
      };
    },
  },
  {
    name: 'given name changed',
    rule: 'the first given name is another one, number and birth date are the same',
    comesTo: 'refer',
    make: (random) => {
      const one = somebody(random, { givenNames: random.oneOf(givenNames) });
      const shown = { ...one.person, givenNames: otherGivenName(one.person, random) };
      return {
        holder: onFile(one.person, { personalNumber: one.number }),
        document: swedishDocument({ ...one, person: shown }, random),
      };
    },
  },
];
