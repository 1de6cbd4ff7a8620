import type { PlainDate } from '../../../../main/result/plain-date.ts';
import type { Pair } from './kind.ts';
import { onFile, type Person, swedish } from './people.ts';
import type { Random } from './random.ts';
import { somebody, swedishDocument } from './swedish-pairs.ts';

/** `one` is on file; the document is another's, with the number that is given. */
export function shownBy(other: Person, number: (one: string) => string, random: Random, one = somebody(random)): Pair {
  return {
    holder: onFile(one.person, { personalNumber: one.number }),
    document: swedishDocument({ person: other, number: number(one.number) }, random),
  };
}

/** A number of that day other than the one that is held. */
export const another = (birthDate: PlainDate, random: Random) => (held: string) => {
  for (;;) {
    const number = swedish(birthDate, random);
    if (number !== held) return number;
  }
};
/** The very number that is held. */
export const reused = (held: string): string => held;
