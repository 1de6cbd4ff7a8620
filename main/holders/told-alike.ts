import type { Holder } from './holder.ts';
import { birthDateOnFile, searchWords } from './search.ts';

/** What stands against a person, or is for few to see: of two who differ in any of it each says something that the other does not. */
const said = [
  'identityLevel',
  'dormant',
  'deceased',
  'emigrated',
  'protected',
] as const satisfies readonly (keyof Holder)[];

/**
 * Whether two registers tell of one person and say the same: number, birth date, and the words of the name in any order and
 * transliteration. An equal number alone is nobody's proof (Eur J Epidemiol 2009, 9350), and ids of two registers tell nothing.
 */
export function isToldAlike(one: Holder, other: Holder): boolean {
  const birthDate = birthDateOnFile(one);
  return (
    one.personalNumber !== null &&
    one.personalNumber === other.personalNumber &&
    birthDate !== null &&
    birthDate === birthDateOnFile(other) &&
    textOf(searchWords(one).toSorted()) === textOf(searchWords(other).toSorted()) &&
    textOf(said.map((each) => one[each] ?? null)) === textOf(said.map((each) => other[each] ?? null))
  );
}

const textOf = (value: unknown): string => JSON.stringify(value);
