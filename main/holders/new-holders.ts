import { asFailure } from '../result/failure.ts';
import { type PlainDate, partsOf, plainDate } from '../result/plain-date.ts';
import type { HolderMatch } from './holder.ts';
import { dateInDocument } from './match-birth-date.ts';
import { namesContradict } from './match-name.ts';
import { allNumbers } from './match-personal-number.ts';
import { isLikePerson, type NewHolder, personInDocument, wordsToLookFor } from './new-holder.ts';
import type { ReadPerson } from './read-person.ts';
import { type HolderQuery, registeredNumber } from './search.ts';

/** Where people on file are looked up. */
export interface Register {
  readonly find: (query: HolderQuery, limit?: number) => readonly HolderMatch[];
}

/** What an inspection read of a person; `mrz` is null where it read none. */
interface Read extends Pick<ReadPerson, 'details'> {
  readonly mrz: ReadPerson['mrz'] | null;
}

/** However many: none of them is left out. */
export const everybody = Number.MAX_SAFE_INTEGER;

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

/** Whom a document names, and who on file has the number, or may bear the name and birth date. */
export function newHolder(read: ReadPerson, register: Register): NewHolder {
  const person = personInDocument(read);
  const byNumber = allNumbers(person).flatMap((number) =>
    register.find({ kind: 'personal-number', personalNumber: registeredNumber(number) }),
  );
  // One word at a time: of two surnames the register may hold the one and the document the other.
  const looked = wordsToLookFor(read).flatMap((word) => bearersOf(word, read, register));
  const byName = looked.flatMap((bearers) => bearers ?? []);
  const likely = byName.filter(({ holder }) => isLikePerson(holder, read));
  const found = [...byNumber, ...likely].map(({ holder }) => [holder.id, holder] as const);
  const tooMany = looked.includes(null);
  return {
    person,
    onFile: [...new Map(found).values()],
    tooMany,
    namesContradict: namesContradict(read.mrz, read.details),
  };
}

// Of ten million a common name is nothing to look for: with it goes each day that may be the birth date on file, a neighbour of
// the printed one in the same month too (`matchBirthDate`), and whoever is on file without one.
function bearersOf(word: string, read: ReadPerson, register: Register): readonly (readonly HolderMatch[] | null)[] {
  const query = { kind: 'name', words: [word] } as const;
  const days = daysOnFile(read);
  if (days.length === 0) return [unlessTooMany(() => register.find(query, everybody))];
  return days.map((birthDate) =>
    unlessTooMany(() => register.find({ ...query, birthDate, orNoBirthDate: true }, everybody)),
  );
}

/** Of thousands staff could choose none (null): that nobody looked is told, and nobody is taken for new because of it. */
export function unlessTooMany(find: () => readonly HolderMatch[]): readonly HolderMatch[] | null {
  try {
    return find();
  } catch (thrown) {
    if (asFailure(thrown).code !== 'holder.too-many') throw thrown;
    return null;
  }
}

const century = 100;
const longestMonth = 31;

function daysOnFile(read: ReadPerson): readonly PlainDate[] {
  const inDocument = dateInDocument(read);
  if (inDocument === null) return [];
  const { year, month } = partsOf(inDocument.date);
  const years = inDocument.centuryTold ? [year] : [year, year - century];
  const days = years.flatMap((each) =>
    Array.from({ length: longestMonth }, (_, index) => plainDate(each, month, index + 1)),
  );
  return days.filter((day) => day !== null);
}
