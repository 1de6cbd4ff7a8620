import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { deriveKey, open, seal } from '../../../main/crypto/sealing.ts';
import { eraseDue } from '../../../main/keeping/retention/erase-due.ts';
import { retentionKeeping } from '../../../main/keeping/retention/retention-keeping.ts';
import { readKeyFile } from '../../../main/store/key-file.ts';
import { markKeyFile } from '../../../main/store/marks/mark-key.ts';
import { StoreMarks } from '../../../main/store/marks/store-marks.ts';
import { runHere } from '../../support/side-door.ts';
import { caseFacts } from '../records/case-facts.ts';
import { random, temporaryFolder, today, unlockedIn } from './support.ts';

/*
 * Acts that are cut off at the end: whoever can write the folder has the key of the marks too, which lies there, and marks what he
 * likes. A hold that is gone so would have a record erased that an authority needs.
 */

const clock = { today: () => today, now: () => `${today}T09:00:00Z` };
const signs = ['AB'];
const why = { authority: 'Finanspolisen', reason: 'an inquiry', until: '2027-01-01' as typeof today };

/** Two records that are due at once; the second is held. */
async function held() {
  const folder = temporaryFolder();
  const opened = await unlockedIn(folder);
  const retention = { keep: 'none', years: 0 } as const;
  for (const id of ['a', 'b']) opened.records.append(caseFacts(id, { retention }), '1');
  const keeping = retentionKeeping(opened.store, () => opened, { clock, random });
  keeping.hold({ record: '1' }, why, signs);
  keeping.hold({ record: '2' }, why, signs);
  return { ...opened, folder, keeping };
}

/** As somebody with the folder, the key of its marks included: what he writes is marked. */
function marked(folder: string, act: (database: Database.Database) => void): void {
  const path = join(folder, 'styrk.db');
  const database = new Database(path);
  const marks = new StoreMarks(database, path, readKeyFile(markKeyFile(folder)));
  marks.write(() => act(database));
  marks.close();
  database.close();
}

const sql = (text: string) => (folder: string) => marked(folder, (database) => void database.exec(text));
const cut = 'DELETE FROM acts WHERE number = (SELECT max(number) FROM acts)';

describe('acts whose end does not fit', () => {
  it.each<[string, (folder: string) => void, 'wrong' | 'missing']>([
    ['the newest cut off', sql(cut), 'wrong'],
    ['all of them cut off', sql('DELETE FROM acts'), 'wrong'],
    ['cut off with their end', sql(`${cut}; DELETE FROM acts_head`), 'missing'],
    [
      'cut off, the end moved back',
      sql(`${cut}; UPDATE acts_head SET (number, hash) = (SELECT number, hash FROM acts)`),
      'wrong',
    ],
    [
      'cut off, and the schema of an earlier app put back',
      sql(`${cut}; DROP TABLE acts_head; PRAGMA user_version = 30`),
      'missing',
    ],
  ])('%s: told by every check, and nothing is erased', async (_, change, end) => {
    const { folder, store } = await held();
    expect((await unlockedIn(folder)).acts.end()).toBe('fits');
    store.close();
    change(folder);
    const after = await unlockedIn(folder);
    expect(after.store.isWhole()).toBe(true);
    expect(after.acts.broken()).toEqual([]);
    const erase = () => eraseDue(after.store, after, { clock, signs, most: 9 });
    await expect(erase()).rejects.toMatchObject({ code: 'retention.acts-broken' });
    // What is done next makes nothing good.
    const next = { kind: 'log.anchor', at: clock.now(), signs, reason: '', detail: {} } as const;
    for (const _ of [1, 2, 3]) after.acts.record(next, () => undefined);
    expect([after.acts.end(), after.store.acts()?.end]).toEqual([end, end]);
    await expect(erase()).rejects.toMatchObject({ code: 'retention.acts-broken' });
    after.store.close();
    const data = ['--training', '--json', '--data', folder];
    const checked = await runHere(['records', 'check', ...data]);
    expect([checked.status, checked.json()]).toMatchObject([1, { acts: { end }, intact: true }]);
    const doctor = await runHere(['doctor', ...data]);
    expect(doctor.json().items).toContainEqual(
      expect.objectContaining(
        end === 'wrong'
          ? { id: 'acts', state: 'missing', code: 'retention.acts-broken' }
          : { id: 'acts', state: 'warning', code: null },
      ),
    );
  });

  it('fits after each act, and a folder without any', async () => {
    const { acts, store } = await unlockedIn(temporaryFolder());
    expect([acts.end(), store.acts()]).toEqual(['fits', { all: 0, broken: [], end: 'fits' }]);
    const { acts: more, store: other, keeping } = await held();
    expect([more.end(), other.acts()]).toEqual(['fits', { all: 2, broken: [], end: 'fits' }]);
    expect(keeping.state().holds).toHaveLength(2);
  });
});

describe('a folder of an earlier app', () => {
  /** The signing key sealed as before there was an end. */
  function asEarlier({ folder, masterKey, store }: Awaited<ReturnType<typeof held>>): void {
    const key = deriveKey(masterKey.reveal(), 'styrk/station/1');
    store.close();
    marked(folder, (database) => {
      const row = database.prepare('SELECT id, sealed_signing_key AS sealed FROM station').get() as {
        id: string;
        sealed: Uint8Array;
      };
      const context = (version: number) => new TextEncoder().encode(`styrk/station/${version}/${row.id}`);
      const secret = open(key, row.sealed, context(2));
      if (secret === null) throw new Error('sealed otherwise');
      database.prepare('UPDATE station SET sealed_signing_key = ?').run(seal(key, secret, context(1), random));
      database.exec('DROP TABLE acts_head; PRAGMA user_version = 30');
    });
  }

  it('has its end signed at the first unlock, once; without a key doctor says no more than that it is not there', async () => {
    const before = await held();
    const { folder } = before;
    asEarlier(before);
    const doctor = await runHere(['doctor', '--training', '--json', '--data', folder]);
    expect(doctor.json().items).toContainEqual(expect.objectContaining({ id: 'acts', state: 'warning', code: null }));
    const first = await unlockedIn(folder);
    expect(first.store.acts()).toEqual({ all: 2, broken: [], end: 'fits' });
    first.store.close();
    sql(`${cut}; DELETE FROM acts_head`)(folder);
    expect((await unlockedIn(folder)).store.acts()).toEqual({ all: 1, broken: [], end: 'missing' });
  });

  it('is not signed while others have touched what verdicts rest on, and at the next unlock after that is put right', async () => {
    const before = await held();
    const { folder } = before;
    asEarlier(before);
    const database = new Database(join(folder, 'styrk.db'));
    database.exec("INSERT INTO settings VALUES ('x', '1')");
    database.close();
    const touched = await unlockedIn(folder);
    expect(touched.acts.end()).toBe('missing');
    touched.acts.recordMending(
      { kind: 'trust.mend', at: clock.now(), signs, reason: 'x', detail: {} },
      () => undefined,
    );
    touched.store.close();
    const after = await unlockedIn(folder);
    expect(after.store.acts()).toEqual({ all: 3, broken: [], end: 'fits' });
  });
});
