import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { runRecordsCheck, unheard } from '../../../../main/house/check-workshop.ts';
import { toHex } from '../../../../main/result/bytes.ts';
import { addDays } from '../../../../main/result/plain-date.ts';
import { SecretBytes } from '../../../../main/result/secret-bytes.ts';
import { checkRecords, type RecordsCheck } from '../../../../main/store/check/check-records.ts';
import { type CheckedPrefix, keptDays } from '../../../../main/store/check/checked-prefix.ts';
import type { UnlockedStore } from '../../../../main/store/types.ts';
import { fromOutside } from '../../../support/from-outside.ts';
import { rejection } from '../../../support/rejection.ts';
import { caseFacts } from '../../records/case-facts.ts';
import { openIn, ownKeyFileProvider, temporaryFolder, today, unlockedIn } from '../support.ts';

/*
 * The check of records and log in batches (docs/records.md): what it finds is what a walk over everything finds; what an earlier check
 * found whole is held against its root, and nobody who has the file alone makes it rest on more.
 */

const count = 6;

async function filled(): Promise<{ readonly folder: string; readonly unlocked: UnlockedStore }> {
  const folder = temporaryFolder();
  const { store, records } = await unlockedIn(folder);
  for (let number = 1; number <= count; number++) records.append(caseFacts(`case-${number}`), '1');
  store.close();
  return { folder, unlocked: await openIn(folder).unlock(ownKeyFileProvider) };
}

async function checked(
  folder: string,
  { checkKeys }: UnlockedStore,
  remembered: Pick<CheckedPrefix, 'size' | 'root'> | null = null,
): Promise<RecordsCheck> {
  const { keys, sealingKey } = checkKeys();
  const database = new Database(join(folder, 'styrk.db'), { readonly: true });
  using secret = new SecretBytes(sealingKey);
  try {
    const told = { remembered, progress: () => undefined };
    return await checkRecords(database, { ...keys, sealingKey: secret }, told);
  } finally {
    database.close();
  }
}

/** As somebody with the file in hands would: the triggers go first. */
function tamper(folder: string, sql: string): void {
  const database = new Database(join(folder, 'styrk.db'));
  const names = database.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all();
  for (const name of names) database.exec(`DROP TRIGGER ${name}`);
  database.exec(sql);
  database.close();
}

const tampering: Readonly<Record<string, string>> = {
  'a day': "UPDATE records SET written_at = '2020-01-01T00:00:00Z' WHERE number = 2",
  'an id': "UPDATE records SET id = 'other' WHERE number = 2",
  'a station': "UPDATE records SET station_id = 'other' WHERE number = 2",
  'a commitment': "UPDATE records SET commitment = replace(commitment, substr(commitment, 1, 1), 'x') WHERE number = 2",
  'the hash of the seals': 'UPDATE records SET sealed_hash = commitment WHERE number = 2',
  'the hash of the one before': 'UPDATE records SET previous_hash = commitment WHERE number = 2',
  'a hash': 'UPDATE records SET hash = commitment WHERE number = 2',
  'bytes in place of a text': "UPDATE records SET written_at = x'00' WHERE number = 2",
  'a record that is gone': 'DELETE FROM records WHERE number = 2',
  'the last one of the prefix gone': 'DELETE FROM records WHERE number = 4',
  'two that changed places':
    'UPDATE records SET number = -1 WHERE number = 2; UPDATE records SET number = 2 WHERE number = 3; UPDATE records SET number = 3 WHERE number = -1',
  'content taken away': "UPDATE records SET wrapped_key = x'', sealed = x'' WHERE number = 2",
  'a leaf': 'UPDATE log_leaves SET hashes = zeroblob(length(hashes)) WHERE leaf = 1',
  'a hash above a leaf':
    'UPDATE log_leaves SET hashes = substr(hashes, 1, 32) || zeroblob(length(hashes) - 32) WHERE leaf = 3',
  'a leaf that is gone': 'DELETE FROM log_leaves WHERE leaf = 1',
};

describe('a check in batches', () => {
  it('finds what a walk over everything finds, whole and broken, resting and in full', async () => {
    const { folder, unlocked } = await filled();
    const { records, log } = unlocked;
    const whole = await checked(folder, unlocked);
    expect(whole).toMatchObject({ chain: records.check(), log: log.check(), rested: 0, backwards: [] });
    expect(whole.root).not.toBeNull();
    const remembered = { size: 4, root: log.rootAt(4) };
    expect(await checked(folder, unlocked, remembered)).toEqual({ ...whole, rested: 4 });
    // All of them, and none.
    expect((await checked(folder, unlocked, { size: count, root: log.rootAt(count) })).rested).toBe(count);
    expect(await checked(folder, unlocked, { size: 0, root: log.rootAt(0) })).toEqual(whole);
    // More than there is, or another root: everything is read.
    for (const other of [
      { size: 7, root: log.rootAt(6) },
      { size: 4, root: log.rootAt(5) },
    ])
      expect(await checked(folder, unlocked, other)).toEqual(whole);
  });

  it.each(Object.entries(tampering))('%s within what rests is named as by a walk over everything', async (_, sql) => {
    const { folder, unlocked } = await filled();
    const remembered = { size: 4, root: unlocked.log.rootAt(4) };
    tamper(folder, sql);
    const found = await checked(folder, unlocked, remembered);
    expect(found).toMatchObject({ chain: unlocked.records.check(), log: unlocked.log.check(), rested: 0, root: null });
    expect(found.chain.intact && found.log.intact).toBe(false);
  });

  it('leaves the bytes of seals and signatures in what rests to a check in full, and reads those of the others', async () => {
    for (const column of ['sealed', 'signature']) {
      const { folder, unlocked } = await filled();
      const remembered = { size: 4, root: unlocked.log.rootAt(4) };
      const touch = (number: number): string =>
        `UPDATE records SET ${column} = substr(${column}, 1, 40) || x'0000' || substr(${column}, 43) WHERE number = ${number}`;
      tamper(folder, touch(2));
      expect(await checked(folder, unlocked, remembered)).toMatchObject({ rested: 4, chain: { intact: true } });
      expect((await checked(folder, unlocked)).chain.broken.map(({ number }) => number)).toEqual([2]);
      tamper(folder, touch(5));
      expect((await checked(folder, unlocked, remembered)).chain.broken.map(({ number }) => number)).toEqual([5]);
    }
  });

  it('tells records of a day before one that was seen already, in what rests as well', async () => {
    const folder = temporaryFolder();
    const { store, records } = await unlockedIn(folder);
    for (const [id, day] of [
      ['a', '23'],
      ['b', '21'],
      ['c', '24'],
      ['d', '22'],
    ] as const)
      records.append(caseFacts(id, { endedAt: `2026-11-${day}T09:03:12Z` }), '1');
    store.close();
    const unlocked = await openIn(folder).unlock(ownKeyFileProvider);
    for (const remembered of [null, { size: 2, root: unlocked.log.rootAt(2) }])
      expect((await checked(folder, unlocked, remembered)).backwards).toEqual([
        { id: 'b', number: 2 },
        { id: 'd', number: 4 },
      ]);
  });
});

// A tester's walk of a clock: set back by less than a day it was silent, although the station's own records prove it.
describe('records of one day', () => {
  it('are told where they stand more than five minutes before one that was seen already', async () => {
    const folder = temporaryFolder();
    const { store, records } = await unlockedIn(folder);
    for (const [id, time] of [
      ['a', '12:00:00.000'],
      ['b', '11:55:00.000'],
      ['c', '11:54:59.999'],
      ['d', '12:00:01.000'],
    ] as const)
      records.append(caseFacts(id, { endedAt: `2026-11-23T${time}Z` }), '1');
    store.close();
    const unlocked = await openIn(folder).unlock(ownKeyFileProvider);
    for (const remembered of [null, { size: 3, root: unlocked.log.rootAt(3) }])
      expect((await checked(folder, unlocked, remembered)).backwards).toEqual([{ id: 'c', number: 3 }]);
  });
});

// A tester's check beside an erasing: it called records that had come back what had just gone.
describe('records that are erased while they are checked', () => {
  it('are found erased or not yet erased, and nothing is wrong with them', async () => {
    const { folder, unlocked } = await filled();
    const { acts, retention, checkKeys } = unlocked;
    const erase = (number: number): void => {
      const why = { on: today, keep: 'none', years: 1, event: null, eventOn: null };
      const detail = { records: `${number}`, ...why };
      const act = { kind: 'record.erase', at: `${today}T09:00:00Z`, signs: ['AB'], reason: '', detail } as const;
      acts.record(act, () => retention.erase(number));
    };
    const database = new Database(join(folder, 'styrk.db'), { readonly: true });
    // Before the rows are read one record goes, and another between those rows and the acts that explain them.
    const steps = [/FROM records WHERE number > \? AND number <= \?/, /FROM acts/];
    let erased = 0;
    const prepare = database.prepare.bind(database);
    database.prepare = ((sql: string) => {
      if (steps[0]?.test(sql) === true) {
        steps.shift();
        erased += 1;
        erase(erased);
      }
      return prepare(sql);
    }) as typeof database.prepare;
    const { keys, sealingKey } = checkKeys();
    const around = { remembered: null, progress: () => undefined };
    const found = await checkRecords(database, { ...keys, sealingKey: new SecretBytes(sealingKey) }, around);
    database.close();
    expect(steps).toEqual([]);
    expect(found).toMatchObject({ chain: { records: count, erased: 1, broken: [] }, log: { intact: true } });
    expect(unlocked.records.check()).toMatchObject({ erased: 2, intact: true });
  });
});

describe('what is remembered of a check', () => {
  it('counts for its days, and not on a day before it', async () => {
    const { unlocked } = await filled();
    const prefix = { size: 4, root: unlocked.log.rootAt(4), fullOn: today };
    expect(unlocked.checked.remembered(today)).toBeNull();
    unlocked.checked.remember(prefix);
    for (const days of [0, keptDays]) {
      const { size, root, fullOn } = unlocked.checked.remembered(addDays(today, days)) ?? { root: [] };
      expect([size, fullOn, toHex(Uint8Array.from(root))]).toEqual([4, today, toHex(prefix.root)]);
    }
    for (const days of [-1, keptDays + 1]) expect(unlocked.checked.remembered(addDays(today, days))).toBeNull();
  });

  it('is not believed where anything of it was written by others; an earlier one of the station rests on less', async () => {
    const { folder, unlocked } = await filled();
    const path = join(folder, 'styrk.db');
    const { checked: kept, log } = unlocked;
    const row = () => {
      const database = new Database(path, { readonly: true });
      const found = database.prepare<[], Record<string, unknown>>('SELECT * FROM records_checked').get();
      database.close();
      return found;
    };
    kept.remember({ size: 2, root: log.rootAt(2), fullOn: today });
    const earlier = row();
    kept.remember({ size: 4, root: log.rootAt(4), fullOn: today });
    for (const change of [
      'size = 6',
      `root = x'${'00'.repeat(32)}'`,
      "root = x'00'",
      `full_on = '${addDays(today, 1)}'`,
      "full_on = 'never'",
      'mark = zeroblob(32)',
      "mark = x''",
    ]) {
      fromOutside(path, `UPDATE records_checked SET ${change}`);
      expect([change, kept.remembered(today)]).toEqual([change, null]);
      kept.remember({ size: 4, root: log.rootAt(4), fullOn: today });
      expect(kept.remembered(today)?.size).toBe(4);
    }
    const database = new Database(path);
    database
      .prepare('UPDATE records_checked SET size = @size, root = @root, full_on = @full_on, mark = @mark')
      .run(earlier);
    database.close();
    expect(kept.remembered(today)?.size).toBe(2);
    fromOutside(path, 'DELETE FROM records_checked');
    expect(kept.remembered(today)).toBeNull();
  });
});

describe('the thread that checks', () => {
  const workerUrl = new URL('../../../../main/house/check-worker.ts', import.meta.url);
  const workOf = (folder: string, { checkKeys }: UnlockedStore) => ({
    path: join(folder, 'styrk.db'),
    ...checkKeys(),
    remembered: null,
  });

  it('tells how far it is and what it found, while records are appended', async () => {
    const { folder, unlocked } = await filled();
    const told: number[] = [];
    const running = runRecordsCheck(workerUrl, workOf(folder, unlocked), {
      ...unheard,
      onProgress: ({ done, all }) => told.push(done, all),
    });
    // Nobody waits for it here: another record is kept before it can have ended.
    unlocked.records.append(caseFacts('case-7'), '1');
    const found = await running;
    expect(found).toMatchObject({ chain: { intact: true, broken: [] }, log: { intact: true, broken: [] } });
    expect([count, count + 1]).toContain(found.chain.records);
    expect(told.at(-1)).toBe(found.chain.records);
  });

  it('ends when it is asked to, before and while it works, and is told as lost where there is no such database', async () => {
    const { folder, unlocked } = await filled();
    const before = new AbortController();
    before.abort();
    const ended = runRecordsCheck(workerUrl, workOf(folder, unlocked), { ...unheard, signal: before.signal });
    expect((await rejection(ended))?.code).toBe('records.check-cancelled');
    const work = workOf(folder, unlocked);
    const missing = runRecordsCheck(workerUrl, { ...work, path: join(folder, 'none.db') }, unheard);
    expect((await rejection(missing))?.code).toBe('storage.refused');
  });

  it('a check that is stopped in the midst ends there', async () => {
    const { folder, unlocked } = await filled();
    const { keys, sealingKey } = unlocked.checkKeys();
    const database = new Database(join(folder, 'styrk.db'), { readonly: true });
    const stop = (): never => {
      throw new Error('stopped');
    };
    const around = { remembered: null, progress: stop };
    await expect(checkRecords(database, { ...keys, sealingKey: new SecretBytes(sealingKey) }, around)).rejects.toThrow(
      'stopped',
    );
    database.close();
  });
});
