import { checkDigitOf } from '../../main/holders/numbers/sweden.ts';

/*
 * Made-up registers: names of made-up syllables, whose frequencies fall as those of names do (the k-th about as 1/k), and numbers
 * whose serial and check digit are right. A number belongs to one person, but for as many as have one that was somebody else's:
 * 15 887 of Sweden's numbers by 2008 (Eur J Epidemiol 2009, 9350). The same seed makes the same people.
 */

/** Names that are as frequent as real ones of a country of ten million. */
const surnames = 60_000;
const givenNames = 4_000;
const syllables = 'an der son berg lund kvi st röm öst ek holm gren ny val ha ga mar ri el sa to mi lin as ja ka'.split(
  ' ',
);

export interface MadePerson {
  readonly id: string;
  readonly personalNumber: string;
  readonly givenNames: string;
  readonly surname: string;
  readonly birthDate: string;
}

/** Years, months, days that each month has, and serials but 000 and 999. */
const numbersThereAre = 85 * 12 * 28 * 998;
/** Shares no divisor with it: one number after the other lies far from the one before. */
const numberStep = 11_380_031;
const peopleToOneShared = 600;

/** Numbers from 0 up to 1, the same for one seed. */
export function drawing(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) / 2 ** 32;
  };
}

// Of `count` names the k-th with a frequency as 1/k.
const zipf = (draw: number, count: number): number => Math.floor((count + 1) ** draw) - 1;

function nameOf(rank: number, salt: number): string {
  let rest = rank * 7 + salt;
  let name = '';
  do {
    name += syllables[rest % syllables.length] ?? '';
    rest = Math.floor(rest / syllables.length);
  } while (rest > 0);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

export const drawSurname = (draw: () => number): string => nameOf(zipf(draw(), surnames), 11);
export const drawGivenName = (draw: () => number): string => nameOf(zipf(draw(), givenNames), 3);

export function madePerson(index: number, draw: () => number): MadePerson {
  const two = (value: number): string => String(value).padStart(2, '0');
  const isShared = index % peopleToOneShared === peopleToOneShared - 1;
  let rest = ((index - Number(isShared)) * numberStep) % numbersThereAre;
  const upTo = (count: number): number => {
    const part = rest % count;
    rest = Math.floor(rest / count);
    return part;
  };
  const serial = String(1 + upTo(998)).padStart(3, '0');
  const [day, month, year] = [two(1 + upTo(28)), two(1 + upTo(12)), 1930 + rest];
  const nine = `${two(year % 100)}${month}${day}${serial}`;
  return {
    id: `k${index}`,
    personalNumber: `${Math.floor(year / 100)}${nine}${checkDigitOf(nine)}`,
    givenNames: `${drawGivenName(draw)} ${drawGivenName(draw)}`,
    surname: drawSurname(draw),
    birthDate: `${year}-${month}-${day}`,
  };
}

export const madeHeader = 'id,personalNumber,givenNames,surname,birthDate\n';

export function madeRow({ id, personalNumber, givenNames: given, surname, birthDate }: MadePerson): string {
  return `${id},${personalNumber},${given},${surname},${birthDate}\n`;
}
