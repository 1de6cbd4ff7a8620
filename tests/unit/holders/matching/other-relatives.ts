import { addDays, addYears } from '../../../../main/result/plain-date.ts';
import type { Kind } from './kind.ts';
import { givenNames, longSurnames } from './names.ts';
import { another, shownBy } from './other-pairs.ts';
import { knownDocument, onFile, otherGivenName, stranger } from './people.ts';
import { foreignDocument } from './same-abroad.ts';
import { somebody, swedishDocument } from './swedish-pairs.ts';

/** Two people who are alike in name, family or age. */
export const otherRelatives: readonly Kind[] = [
  {
    name: 'stranger',
    rule: 'nothing in common',
    comesTo: null,
    make: (random) => {
      const one = somebody(random);
      const other = stranger(one.person, random);
      return shownBy(other, another(other.birthDate, random), random, one);
    },
  },
  {
    name: 'parent or child',
    rule: 'the same surname, born 20 to 40 years apart; in a third of the pairs the same given name too',
    comesTo: null,
    make: (random) => {
      const one = somebody(random);
      const birthDate = addYears(one.person.birthDate, -20 - random.below(20));
      const given = random.often(0.33) ? one.person.givenNames : otherGivenName(one.person, random);
      return shownBy({ ...one.person, givenNames: given, birthDate }, another(birthDate, random), random, one);
    },
  },
  {
    name: 'brother or sister',
    rule: 'the same surname, born one to eight years apart',
    comesTo: null,
    make: (random) => {
      const one = somebody(random);
      const birthDate = addDays(one.person.birthDate, 365 + random.below(7 * 365));
      const given = otherGivenName(one.person, random);
      return shownBy({ ...one.person, givenNames: given, birthDate }, another(birthDate, random), random, one);
    },
  },
  {
    name: 'twins',
    rule: 'surname and birth date the same, numbers of one day; in a half the same first letter of the given name',
    comesTo: null,
    make: (random) => {
      const one = somebody(random, { givenNames: random.oneOf(givenNames) });
      const sameLetter =
        random.often(0.5) && givenNames.filter((name) => name[0] === one.person.givenNames[0]).length > 1;
      const fits = (name: string): boolean => !sameLetter || name[0] === one.person.givenNames[0];
      const given = otherGivenName(one.person, random, fits);
      return shownBy({ ...one.person, givenNames: given }, another(one.person.birthDate, random), random, one);
    },
  },
  {
    name: 'twins, the field cut',
    rule: 'a long surname, given names that begin with the same letter, cut in each of the ways',
    comesTo: null,
    make: (random) => {
      const one = somebody(random, { surname: random.oneOf(longSurnames), givenNames: 'Johan' });
      const twin = { ...one.person, givenNames: 'Jens' };
      const number = another(one.person.birthDate, random)(one.number);
      return {
        holder: onFile(one.person, { personalNumber: one.number }),
        document: swedishDocument({ person: twin, number }, random, { format: 'TD1', documentCode: 'ID' }),
      };
    },
  },
  {
    name: 'namesake',
    rule: 'the same name, another birth date and number',
    comesTo: null,
    make: (random) => {
      const one = somebody(random);
      const birthDate = addDays(one.person.birthDate, 1 + random.below(9_000));
      return shownBy({ ...one.person, birthDate }, another(birthDate, random), random, one);
    },
  },
  {
    name: 'namesake of one day',
    rule: 'name and birth date the same, another number',
    comesTo: null,
    make: (random) => {
      const one = somebody(random);
      return shownBy(one.person, another(one.person.birthDate, random), random, one);
    },
  },
  {
    name: 'namesake of one day, foreign passport',
    rule: 'name and birth date the same, no number; a document that nobody has seen',
    comesTo: null,
    make: (random) => {
      const one = somebody(random);
      const known = [knownDocument('FRA', 'K1234567')];
      return {
        holder: onFile(one.person, { personalNumber: one.number, documents: known }),
        document: foreignDocument(one.person, 'FRA', { documentNumber: `K${2_000_000 + random.below(1_000_000)}` }),
      };
    },
  },
];
