import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../main/result/failure.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { caseFacts } from '../records/case-facts.ts';
import { temporaryFolder, unlockedIn } from './support.ts';

/** A folder with so many records, closed. */
async function folderWith(count: number): Promise<string> {
  const folder = temporaryFolder();
  const { records, store } = await unlockedIn(folder);
  for (let number = 1; number <= count; number++) records.append(caseFacts(`case-${number}`), '0.1.0');
  store.close();
  return folder;
}

/** Changes the database as someone with the file and a shell would, the triggers dropped first. */
function tamper(folder: string, sql: string): void {
  const database = new Database(join(folder, 'styrk.db'));
  const triggers = database.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all();
  for (const name of triggers) database.exec(`DROP TRIGGER ${name}`);
  database.exec(sql);
  database.close();
}

const check = async (folder: string) => (await unlockedIn(folder)).records.check();
const faults = async (folder: string) => (await check(folder)).broken.map(({ id, code }) => [id, code]);

describe('records', () => {
  it('are kept in a chain and read again', async () => {
    const folder = await folderWith(3);
    const { records } = await unlockedIn(folder);
    const last = records.append(caseFacts('case-4', { purpose: 'large-transfer' }), '0.1.0');
    expect(last).toMatchObject({ id: 'case-4', number: 4, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(records.check()).toEqual({ records: 4, erased: 0, intact: true, broken: [] });
    expect(records.count()).toBe(4);
    expect(records.get('case-4')).toMatchObject({
      number: 4,
      hash: last.hash,
      content: { purpose: 'large-transfer', stolenStatus: 'not checked', station: { appVersion: '0.1.0' } },
    });
    expect(records.list().map(({ id }) => id)).toEqual(['case-4', 'case-3', 'case-2', 'case-1']);
    expect(records.list({ limit: 2, before: 4 }).map(({ id }) => id)).toEqual(['case-3', 'case-2']);
    expect(records.list({ limit: 1 })[0]?.content).toMatchObject({ verdict: { verdict: 'accept' } });
    expect(() => records.get('case-9')).toThrow(expect.objectContaining({ code: 'record.not-found' }));
  });

  it('tell the newest instant, but not one of a day that administrators took back', async () => {
    const folder = temporaryFolder();
    const { records, acceptDay, store } = await unlockedIn(folder);
    const ended = (id: string, endedAt: string) => records.append(caseFacts(id, { endedAt }), '0.1.0');
    expect(store.recordedTime().newestAt).toBeNull();
    ended('case-1', '2026-11-23T10:00:00.000Z');
    ended('case-2', '2026-11-23T09:00:00.000Z');
    expect(store.recordedTime().newestAt).toBe('2026-11-23T10:00:00.000Z');
    ended('case-3', '2027-02-01T09:00:00.000Z');
    expect(store.recordedTime().newestAt).toBe('2027-02-01T09:00:00.000Z');
    acceptDay('2026-11-23' as PlainDate);
    expect(store.recordedTime().newestAt).toBe('2026-11-23T10:00:00.000Z');
    expect(store.recordedTime().acceptedBy).toBeNull();
  });

  // A tester's walk of a clock: what administrators accepted did not reach hours.
  it('nor one later than the instant at which they accepted the clock, of what was written before', async () => {
    const { records, acts, acceptDay, store } = await unlockedIn(temporaryFolder());
    const ended = (id: string, endedAt: string) => records.append(caseFacts(id, { endedAt }), '0.1.0');
    const accept = (at: string, detail: Readonly<Record<string, number>>) =>
      acts.record({ kind: 'clock.accept', at, signs: ['A', 'B'], reason: 'ran ahead', detail }, () =>
        acceptDay('2026-11-23' as PlainDate),
      );
    const newest = () => store.recordedTime().newestAt?.slice(11, 16) ?? null;
    ended('case-1', '2026-11-23T10:00:00.000Z');
    ended('case-2', '2026-11-23T15:00:00.000Z');
    // An act of an earlier app says nothing of instants.
    accept('2026-11-23T11:00:00.000Z', {});
    expect(newest()).toBe('15:00');
    accept('2026-11-23T11:00:00.000Z', { record: 2 });
    expect(newest()).toBe('10:00');
    expect(store.recordedTime().acceptedBy).toBe(2);
    ended('case-3', '2026-11-23T11:02:00.000Z');
    expect(newest()).toBe('11:02');
    // Ahead once more: that is for administrators to say again.
    ended('case-4', '2026-11-23T14:00:00.000Z');
    expect(newest()).toBe('14:00');
    accept('2026-11-23T11:30:00.000Z', { record: 4 });
    expect(newest()).toBe('11:02');
  });

  it('and the person whom a case takes from a document are kept both or neither', async () => {
    const { records, holders, atOnce } = await unlockedIn(temporaryFolder());
    const person = { id: 'case-1', personalNumber: null, givenNames: 'Erika', surname: 'Mustermann', birthDate: null };
    const keep = (id: string) =>
      atOnce(() => {
        holders.importAll([{ ...person, id, fromDocument: true }]);
        return records.append(caseFacts('case-1'), '0.1.0');
      });
    expect(keep('case-1')).toMatchObject({ number: 1 });
    // The second record has an id that is taken: its person is not on file either.
    expect(() => keep('case-2')).toThrow(expect.objectContaining({ code: 'record.malformed' }));
    expect([holders.count(), holders.get('case-2'), records.count()]).toEqual([1, null, 1]);
  });

  it('of two connections follow each other in one chain', async () => {
    const folder = temporaryFolder();
    const [one, two] = [await unlockedIn(folder), await unlockedIn(folder)];
    one.records.append(caseFacts('case-1'), '0.1.0');
    two.records.append(caseFacts('case-2'), '0.1.0');
    one.records.append(caseFacts('case-3'), '0.1.0');
    expect(two.records.check()).toEqual({ records: 3, erased: 0, intact: true, broken: [] });
  });

  it('are not written twice under one id, and the chain stays whole', async () => {
    const { records } = await unlockedIn(await folderWith(1));
    expect(() => records.append(caseFacts('case-1'), '0.1.0')).toThrow(
      expect.objectContaining({ code: 'record.malformed', fields: { reason: 'id-taken' } }),
    );
    expect(() => records.append(caseFacts('no id'), '0.1.0')).toThrow(Failure);
    expect(records.check()).toEqual({ records: 1, erased: 0, intact: true, broken: [] });
  });

  it('cannot be changed or deleted while the triggers stand', async () => {
    const folder = await folderWith(2);
    const database = new Database(join(folder, 'styrk.db'));
    expect(() => database.exec("UPDATE records SET id = 'x'")).toThrow(/not changed/);
    expect(() => database.exec('DELETE FROM records')).toThrow(/not deleted/);
    expect(() => database.exec('INSERT OR REPLACE INTO records SELECT * FROM records WHERE number = 1')).toThrow(
      /not replaced/,
    );
    expect(() => database.exec('DELETE FROM chain_head')).toThrow(/not deleted/);
    database.close();
    expect((await check(folder)).intact).toBe(true);
  });
});

describe('what someone with the file can do to it', () => {
  it.each([
    [
      'one byte of the seal',
      "UPDATE records SET sealed = CAST(substr(sealed, 1, 60) || x'00ff' || substr(sealed, 63) AS BLOB) WHERE number = 2",
    ],
    [
      'the seal as text',
      "UPDATE records SET sealed = substr(sealed, 1, 60) || 'x' || substr(sealed, 62) WHERE number = 2",
    ],
    ['the seal emptied', "UPDATE records SET sealed = x'' WHERE number = 2"],
    ['a byte more', "UPDATE records SET sealed = CAST(sealed || x'00' AS BLOB) WHERE number = 2"],
    [
      'the seal of another',
      'UPDATE records SET sealed = (SELECT sealed FROM records WHERE number = 1) WHERE number = 2',
    ],
  ])('%s: the record is named', async (_, sql) => {
    const folder = await folderWith(3);
    tamper(folder, sql);
    expect(await check(folder)).toEqual({
      records: 3,
      erased: 0,
      intact: false,
      broken: [{ id: 'case-2', number: 2, code: 'record.seal-broken' }],
    });
    const { records } = await unlockedIn(folder);
    expect(() => records.get('case-2')).toThrow(expect.objectContaining({ code: 'record.seal-broken' }));
    expect(records.list().map(({ content }) => content === null)).toEqual([false, true, false]);
  });

  it('deleted in the middle', async () => {
    const folder = await folderWith(3);
    tamper(folder, 'DELETE FROM records WHERE number = 2');
    expect(await faults(folder)).toEqual([['#2', 'record.missing']]);
  });

  it('deleted and closed up', async () => {
    const folder = await folderWith(3);
    tamper(folder, 'DELETE FROM records WHERE number = 2; UPDATE records SET number = 2 WHERE number = 3');
    const named = await faults(folder);
    expect(named).toContainEqual(['case-3', 'record.hash-wrong']);
    expect(named).toContainEqual(['case-3', 'record.chain-broken']);
    expect(named).toContainEqual(['#3', 'record.missing']);
  });

  it('the last one deleted', async () => {
    const folder = await folderWith(3);
    tamper(folder, 'DELETE FROM records WHERE number = 3');
    expect(await faults(folder)).toEqual([['#3', 'record.missing']]);
  });

  it('all deleted, the head too: neither passes nor is built upon', async () => {
    const folder = await folderWith(2);
    tamper(folder, 'DELETE FROM records; DELETE FROM chain_head');
    expect(await faults(folder)).toEqual([['#head', 'record.missing']]);
    const { records } = await unlockedIn(folder);
    expect(() => records.append(caseFacts('case-3'), '0.1.0')).toThrow(
      expect.objectContaining({ code: 'record.missing' }),
    );
  });

  it('the last one deleted and the head turned back by hand', async () => {
    const folder = await folderWith(2);
    tamper(
      folder,
      'DELETE FROM records WHERE number = 2; UPDATE chain_head SET number = 1, hash = (SELECT hash FROM records)',
    );
    expect(await faults(folder)).toEqual([['#head', 'record.signature-wrong']]);
    const { records } = await unlockedIn(folder);
    expect(() => records.append(caseFacts('case-3'), '0.1.0')).toThrow(
      expect.objectContaining({ code: 'record.signature-wrong' }),
    );
  });

  it('two that changed places', async () => {
    const folder = await folderWith(3);
    tamper(
      folder,
      'UPDATE records SET number = 9 WHERE number = 1; UPDATE records SET number = 1 WHERE number = 2; UPDATE records SET number = 2 WHERE number = 9',
    );
    const named = new Set((await faults(folder)).map(([id]) => id));
    expect(named).toContain('case-1');
    expect(named).toContain('case-2');
  });

  it('an old one put in again as the newest', async () => {
    const folder = await folderWith(2);
    tamper(
      folder,
      `INSERT INTO records SELECT 3, 'case-3', station_id, written_at, wrapped_key, sealed, sealed_hash, commitment,
         previous_hash, hash, signature FROM records WHERE number = 1`,
    );
    expect((await faults(folder)).map(([id]) => id)).toContain('case-3');
  });

  it('an older copy of the whole folder passes: only a head kept elsewhere shows it (docs/decisions/0005)', async () => {
    const folder = await folderWith(2);
    const copy = temporaryFolder();
    for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(copy, name));
    const { records, store } = await unlockedIn(folder);
    records.append(caseFacts('case-3'), '0.1.0');
    store.close();
    expect(await check(copy)).toEqual({ records: 2, erased: 0, intact: true, broken: [] });
  });

  it('records of another folder', async () => {
    const [folder, other] = [await folderWith(1), await folderWith(1)];
    tamper(
      folder,
      `ATTACH '${join(other, 'styrk.db')}' AS other;
       DELETE FROM main.records; DELETE FROM main.chain_head;
       INSERT INTO main.records SELECT * FROM other.records; INSERT INTO main.chain_head SELECT * FROM other.chain_head`,
    );
    const named = await faults(folder);
    expect(named).toContainEqual(['case-1', 'record.seal-broken']);
    expect(named).toContainEqual(['#head', 'record.signature-wrong']);
  });
});
