import { type MadeDocument, readDocument } from '../support.ts';
import type { Kind, Pair } from './kind.ts';
import { arabic, cyrillic, givenNames, longSurnames, neighbours, surnames } from './names.ts';
import { anybody, onFile, type Person, today } from './people.ts';
import type { Random } from './random.ts';
import { somebody, swedishDocument, twoNames } from './swedish-pairs.ts';

// The register holds `file`, the document says `shown`; number and birth date are the same.
function renamed(
  file: Partial<Person>,
  shown: Partial<Person>,
  random: Random,
  more: Partial<MadeDocument> = {},
): Pair {
  const one = somebody(random);
  return {
    holder: onFile({ ...one.person, ...file }, { personalNumber: one.number }),
    document: swedishDocument({ ...one, person: { ...one.person, ...shown } }, random, more),
  };
}

const lettersOf = (name: string): string =>
  name
    .replace(/[åä]/g, 'a')
    .replace(/[ÅÄ]/g, 'A')
    .replace(/ö/g, 'o')
    .replace(/Ö/g, 'O')
    .normalize('NFD')
    .replace(/\p{M}/gu, '');

/** One person whose name is written, cut, ordered or changed in many ways; number and birth date are the same. */
export const sameNames: readonly Kind[] = [
  {
    name: 'as on file',
    rule: 'name, number and birth date are those of the register, in the recommended letters of 9303-3 §6',
    comesTo: 'accept',
    make: (random) => {
      const one = somebody(random);
      return {
        holder: onFile(one.person, { personalNumber: one.number }),
        document: readDocument({ ...one.person, optionalData: one.number }, today),
      };
    },
  },
  {
    name: 'letters å ä ö ü é',
    rule: 'each such letter in a form that 9303-3 §6 allows, drawn for itself',
    comesTo: 'accept',
    make: (random) => renamed({}, {}, random),
  },
  {
    name: 'letters ø æ ð þ ß',
    rule: 'names of the neighbours, each letter in a form that is met (Ø also as O, Ð as DH)',
    comesTo: null,
    make: (random) => {
      const [surname, given] = random.oneOf(neighbours);
      return renamed({ surname, givenNames: given }, { surname, givenNames: given }, random);
    },
  },
  {
    name: 'register without diacritics',
    rule: 'the register writes a, o for å ä, ö; the document writes AA, AE, OE or A, O',
    comesTo: null,
    make: (random) => {
      const one = anybody(random);
      const bare = { surname: lettersOf(one.surname), givenNames: lettersOf(one.givenNames) };
      return renamed(bare, { surname: one.surname, givenNames: one.givenNames }, random);
    },
  },
  {
    name: 'single name',
    rule: 'a person of one name, which register and document write as surname or as given name',
    comesTo: null,
    make: (random) => {
      const name = random.oneOf(['Suharto', 'Sukarno', 'Amina', 'Teller']);
      const [held, shown] = random.oneOf([
        [
          { surname: name, givenNames: '' },
          { surname: name, givenNames: '' },
        ],
        [
          { surname: '', givenNames: name },
          { surname: name, givenNames: '' },
        ],
      ]);
      return renamed(held, shown, random);
    },
  },
  {
    name: 'hyphens and spaces',
    rule: 'a double given name with hyphen in the register, with a space or joined in the document',
    comesTo: null,
    make: (random) => {
      const [a, b] = twoNames(random);
      const shown = random.often(0.7) ? `${a} ${b}` : `${a}${b.toLowerCase()}`;
      return renamed({ givenNames: `${a}-${b}` }, { givenNames: shown }, random);
    },
  },
  {
    name: 'some of the given names on file',
    rule: 'the register holds one or two of three given names',
    comesTo: 'accept',
    make: (random) => {
      const [a, b] = twoNames(random);
      const c = random.oneOf(givenNames.filter((name) => name !== a && name !== b && !name.includes('-')));
      const held = random.oneOf([a, b, c, `${a} ${b}`, `${b} ${c}`]);
      return renamed({ givenNames: held }, { givenNames: `${a} ${b} ${c}` }, random);
    },
  },
  {
    name: 'more given names on file',
    rule: 'the document shows the first of two given names',
    comesTo: null,
    make: (random) => {
      const [a, b] = twoNames(random);
      return renamed({ givenNames: `${a} ${b}` }, { givenNames: a }, random);
    },
  },
  {
    name: 'order of given names',
    rule: 'the register writes them in another order',
    comesTo: 'accept',
    make: (random) => {
      const [a, b] = twoNames(random);
      return renamed({ givenNames: `${b} ${a}` }, { givenNames: `${a} ${b}` }, random);
    },
  },
  {
    name: 'surname and given names changed about',
    rule: 'the register holds them in each other’s fields',
    comesTo: 'refer',
    make: (random) => {
      const one = anybody(random);
      const about = { surname: one.givenNames, givenNames: one.surname };
      return renamed(about, { surname: one.surname, givenNames: one.givenNames }, random);
    },
  },
  {
    name: 'married name',
    rule: 'a new surname in the document, given names the same',
    comesTo: 'refer',
    make: (random) => {
      const before = random.oneOf(surnames);
      return renamed(
        { surname: before },
        { surname: random.oneOf(surnames.filter((name) => name !== before)) },
        random,
      );
    },
  },
  {
    name: 'double surname',
    rule: 'one of two surnames on either side',
    comesTo: 'refer',
    make: (random) => {
      const [a, b] = [random.oneOf(['Öberg', 'Ek', 'Hägg']), random.oneOf(['Lindström', 'Ståhl', 'Wallén'])];
      const single = { surname: random.oneOf([a, b]) };
      const double = { surname: random.oneOf([`${a} ${b}`, `${a}-${b}`]) };
      return random.often(0.5) ? renamed(single, double, random) : renamed(double, single, random);
    },
  },
  ...(['TD3', 'TD1'] as const).map(
    (format): Kind => ({
      name: `name cut (${format})`,
      rule: `a long name in a field of ${format === 'TD3' ? 39 : 30} characters, cut as 9303-4 §4.2.3 allows: the longest parts first, at the end, or to initials`,
      comesTo: null,
      make: (random) => {
        const [a, b] = twoNames(random);
        const long = { surname: random.oneOf(longSurnames), givenNames: `${a} ${b}` };
        return renamed(long, long, random, format === 'TD1' ? { format, documentCode: 'ID' } : {});
      },
    }),
  ),
  {
    name: 'name cut, whole in DG11',
    rule: 'the field of 39 characters is cut, DG11 writes the name in full',
    comesTo: 'accept',
    make: (random) => {
      const [a, b] = twoNames(random);
      const long = { surname: random.oneOf(longSurnames), givenNames: `${a} ${b}` };
      return renamed(long, long, random, { details: { fullName: long } });
    },
  },
  ...Object.entries({ Cyrillic: cyrillic, Arabic: arabic }).map(
    ([script, families]): Kind => ({
      name: `${script} names`,
      rule: 'register and document write the name by any two usual schemes, the register also in its own letters where it can',
      comesTo: null,
      make: (random) => {
        const [surname, given] = [random.oneOf(families.surnames), random.oneOf(families.givenNames)];
        const latin = (family: readonly string[]): string =>
          random.oneOf(family.filter((name) => /^[A-Z]/i.test(name)));
        return renamed(
          { surname: random.oneOf(surname), givenNames: random.oneOf(given) },
          { surname: latin(surname), givenNames: latin(given) },
          random,
        );
      },
    }),
  ),
];
