import type { PlainDate } from '../result/plain-date.ts';
import type { HolderMatch } from './holder.ts';
import { namesContradict } from './match-name.ts';
import { allNumbers } from './match-personal-number.ts';
import { isLikePerson, type NewHolder, personInDocument, wordsToLookFor } from './new-holder.ts';
import type { ReadPerson } from './read-person.ts';
import { type HolderQuery, registeredNumber } from './search.ts';

/** Where people on file are looked up. */
interface Register {
  readonly find: (query: HolderQuery, limit?: number) => readonly HolderMatch[];
}

/** What an inspection read of a person; `mrz` is null where it read none. */
interface Read extends Pick<ReadPerson, 'details'> {
  readonly mrz: ReadPerson['mrz'] | null;
}

const everybody = Number.MAX_SAFE_INTEGER;

/** Finds out, once for each inspection, whom its document names and who of those on file that may be. */
export function newHolders(register: () => Register, today: () => PlainDate): (inspection: Read) => NewHolder | null {
  const known = new WeakMap<Read, NewHolder | null>();
  return (inspection) => {
    const before = known.get(inspection);
    if (before !== undefined) return before;
    const { mrz, details } = inspection;
    const found = mrz === null ? null : newHolder({ mrz, details, today: today() }, register());
    known.set(inspection, found);
    return found;
  };
}

function newHolder(read: ReadPerson, register: Register): NewHolder {
  const person = personInDocument(read);
  const byNumber = allNumbers(person).flatMap((number) =>
    register.find({ kind: 'personal-number', personalNumber: registeredNumber(number) }),
  );
  // One word at a time: of two surnames the register may hold the one and the document the other.
  const byName = wordsToLookFor(read).flatMap((word) => register.find({ kind: 'name', words: [word] }, everybody));
  const likely = byName.filter(({ holder }) => isLikePerson(holder, read));
  const found = [...byNumber, ...likely].map(({ holder }) => [holder.id, holder] as const);
  return { person, onFile: [...new Map(found).values()], namesContradict: namesContradict(read.mrz, read.details) };
}
