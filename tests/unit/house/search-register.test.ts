import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import type { Holder } from '../../../main/holders/holder.ts';
import { fitOf, type HolderQuery, holderQueries, searchWords } from '../../../main/holders/search.ts';
import { openFolder } from '../../../main/house/folder.ts';
import { runRosterImport } from '../../../main/house/roster-workshop.ts';
import { machineClock } from '../../../main/machine/clock.ts';
import { asFailure } from '../../../main/result/failure.ts';
import type { HoldersRepository } from '../../../main/store/types.ts';
import { drawing, type MadePerson, madeHeader, madePerson, madeRow } from '../../support/made-register.ts';
import { temporaryFolder } from '../../support/side-door.ts';

const root = resolve(import.meta.dirname, '../../..');
const limit = 20;
/** More rows than this of one word nobody opens, whatever else is asked. */
const mostOpened = 200;
const inLayer = 1_500;
const inDatabase = 300;
const searches = 340;

/** The ids that a search finds, or null for too many. */
function foundBy(holders: HoldersRepository, query: HolderQuery): readonly string[] | null {
  try {
    return holders
      .find(query, limit)
      .map(({ holder }) => holder.id)
      .sort();
  } catch (thrown) {
    if (asFailure(thrown).code !== 'holder.too-many') throw thrown;
    return null;
  }
}

it('a search by tokens finds just whom a look at everybody finds, or says that they are too many', async () => {
  const draw = drawing(3);
  // Of those in the database some are in the layer too, under another name and number.
  const layer = Array.from({ length: inLayer }, (_, index) => madePerson(index, draw));
  const database = Array.from({ length: inDatabase }, (_, index) => madePerson(inLayer - 100 + index, draw));
  const people = [
    ...new Map([...layer, ...database].map((one) => [one.id, one])).values(),
  ] as readonly unknown[] as readonly Holder[];
  const directory = temporaryFolder();
  const file = join(temporaryFolder(), 'register.csv');
  writeFileSync(file, madeHeader + layer.map(madeRow).join(''));
  const store = await openFolder({ directory, kind: 'training', clock: machineClock });
  try {
    const { holders, rosterKeys } = await store.unlock({ kind: 'key-file', path: null });
    const today = machineClock.today();
    const order = { path: file, today, mapping: [], encoding: null, partial: false, rejects: null, dryRun: false };
    await runRosterImport(
      pathToFileURL(join(root, 'main/house/roster-worker.ts')),
      { directory, kind: 'training', keys: rosterKeys() },
      { ...order, runPostings: null },
      { signal: new AbortController().signal, onProgress: () => undefined },
    );
    holders.importAll(database as readonly unknown[] as readonly Holder[]);
    const everybody = people;
    const any = (): MadePerson =>
      (everybody[Math.floor(draw() * everybody.length)] ?? layer[0]) as unknown as MadePerson;
    const given = (): string => any().givenNames.split(' ')[Math.floor(draw() * 2)] ?? '';
    const start = (word: string): string => word.slice(0, 2 + Math.floor(draw() * 4));
    const texts: readonly (() => string)[] = [
      () => any().surname,
      () => given(),
      () => start(any().surname),
      () => `${given()} ${any().surname}`,
      () => `${start(any().surname)} ${start(given())}`,
      () => `${any().surname} ${any().birthDate.slice(0, 4)}`,
      () => `${given()} ${given()} ${any().birthDate.slice(0, 4)}`,
      () => {
        const { surname, givenNames, birthDate } = any();
        return `${start(givenNames)} ${start(surname)} ${birthDate}`;
      },
      () => `${start(any().surname)} ${any().birthDate}`,
      // 'Andersson, M.': the initial of any given name, with a surname, with a given name, with both, with beginnings and a year.
      () => `${any().surname} ${given().slice(0, 1)}.`,
      () => `${given()} ${given().slice(0, 1)}`,
      () => {
        const { surname, givenNames } = any();
        const [first = '', second = ''] = givenNames.split(' ');
        return `${first} ${surname} ${second.slice(0, 1)}`;
      },
      () => `${start(any().surname)} ${given().slice(0, 1)}`,
      () => `${any().surname} ${given().slice(0, 1)} ${given().slice(0, 1)}`,
      () => `${start(any().surname)} ${given().slice(0, 1)} ${any().birthDate.slice(0, 4)}`,
      () => any().personalNumber,
      () => any().id,
    ];
    let answered = 0;
    for (let search = 0; search < searches; search++) {
      const text = texts[search % texts.length]?.() ?? '';
      for (const query of holderQueries(text, today)) {
        const fitting = everybody.filter((one) => fitOf(one, query) !== 'none');
        const whole = fitting.filter((one) => fitOf(one, query) === 'whole');
        const expected = (fitting.length > limit ? whole : fitting).map(({ id }) => id).sort();
        const found = foundBy(holders, query);
        if (found !== null) {
          expect(found, JSON.stringify(query)).toEqual(expected);
          if (found.length > 0) answered++;
          continue;
        }
        if (query.kind !== 'name') throw new Error(`too many of ${JSON.stringify(query)}`);
        const { words } = query;
        const frequent = words.every(
          (word) =>
            everybody.filter((one) => searchWords(one).some((other) => other.startsWith(word))).length > mostOpened,
        );
        expect(
          expected.length > limit || fitting.length > limit || frequent,
          `too many of ${JSON.stringify(query)}`,
        ).toBe(true);
      }
    }
    expect(answered).toBeGreaterThan(searches / 4);
  } finally {
    store.close();
  }
});
