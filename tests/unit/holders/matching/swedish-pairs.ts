import { type MadeDocument, readDocument } from '../support.ts';
import { cutName, cuts, givenNames, printedName } from './names.ts';
import { anybody, type Person, swedish, today } from './people.ts';
import type { Random } from './random.ts';

export interface Numbered {
  readonly person: Person;
  readonly number: string;
}

/** A document of Sweden with the number in its field, names as some issuer prints them, and cuts them where they are long. */
export function swedishDocument({ person, number }: Numbered, random: Random, more: Partial<MadeDocument> = {}) {
  const printed = { surname: printedName(person.surname, random), givenNames: printedName(person.givenNames, random) };
  const width = more.format === 'TD1' ? 30 : 39;
  const isLong = `${printed.surname}  ${printed.givenNames}`.length > width;
  const name = isLong ? cutName(printed, width, random.oneOf(cuts)) : printed;
  return readDocument({ ...person, ...name, optionalData: number, ...more }, today);
}

export function somebody(random: Random, changes: Partial<Person> = {}): Numbered {
  const person = { ...anybody(random), ...changes };
  return { person, number: swedish(person.birthDate, random) };
}

/** Two given names without a hyphen. */
export const twoNames = (random: Random): readonly [string, string] => {
  const first = random.oneOf(givenNames.filter((name) => !name.includes('-')));
  return [first, random.oneOf(givenNames.filter((name) => name !== first && !name.includes('-')))];
};
