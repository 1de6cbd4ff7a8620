import type { Holder } from '../../../../main/holders/holder.ts';
import type { ReadPerson } from '../../../../main/holders/read-person.ts';
import type { Random } from './random.ts';

/** Somebody on file and the document that is shown for them; `beside` is a second one that must name the same person. */
export interface Pair {
  readonly holder: Holder;
  readonly document: ReadPerson;
  readonly beside?: ReadPerson;
}

/** A kind of pairs, made by one rule. The rule alone says whether both are one person: nobody labels pairs by hand. */
export interface Kind {
  readonly name: string;
  readonly rule: string;
  /** What every pair of the kind must come to; null where pairs of it may be accepted or referred. */
  readonly comesTo: 'accept' | 'refer' | null;
  readonly make: (random: Random) => Pair;
}
