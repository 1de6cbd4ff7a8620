import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { Holder } from '../../../../main/holders/holder.ts';
import { openRoster } from '../../../../main/store/open-roster.ts';
import { random, temporaryFolder, unlockedIn } from '../support.ts';

const person = (id: string): Holder => ({
  id,
  personalNumber: null,
  givenNames: 'Åsa',
  surname: 'Ek',
  birthDate: null,
});

it('whom a layer replaced counts no more, though the process was killed before they were removed', async () => {
  const directory = temporaryFolder();
  const { holders, rosterKeys } = await unlockedIn(directory);
  holders.importAll(['a', 'b', 'c'].map(person));
  using roster = openRoster({ directory, kind: 'training', random, keys: rosterKeys() });
  using database = closing(new Database(join(directory, 'styrk.db'), { readonly: true }));
  const [row = 0] = database.of.prepare<[], number>('SELECT row FROM holders ORDER BY row').pluck().all();
  const [base] = roster.parts([]);
  roster.putInPlace({ file: 'roster-0123456789abcdef.db', people: 1, folded: [], below: new Map(), base: [row] });
  expect(holders.count()).toBe(3);
  expect(base?.open(row)).toBeNull();
  roster.removeLeaving();
  expect(holders.count()).toBe(3);
  expect(database.of.prepare('SELECT count(*) FROM holders').pluck().get()).toBe(2);
});

function closing(of: Database.Database): { readonly of: Database.Database } & Disposable {
  return { of, [Symbol.dispose]: () => of.close() };
}
