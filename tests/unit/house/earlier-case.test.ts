import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSigningKey, sign } from '../../../main/crypto/sealing.ts';
import type { Holder } from '../../../main/holders/holder.ts';
import { earlierCases } from '../../../main/house/earlier-case.ts';
import { retentionKeeping } from '../../../main/keeping/retention/retention-keeping.ts';
import { type LimitClock, limitClock } from '../../../main/machine/limit-clock.ts';
import { entryHash, entryMessage } from '../../../main/records/chain.ts';
import type { RecordEntry } from '../../../main/records/types.ts';
import { Failure } from '../../../main/result/failure.ts';
import { addYears, type PlainDate } from '../../../main/result/plain-date.ts';
import { openStore } from '../../../main/store/open-store.ts';
import type { Store, UnlockedStore } from '../../../main/store/types.ts';
import { holderRow } from '../../../main/verification/holder-row.ts';
import type { CaseFacts, Policy } from '../../../main/verification/types.ts';
import { caseFacts } from '../records/case-facts.ts';
import { ownKeyFileProvider, random, temporaryFolder, today, unlockedIn } from '../store/support.ts';

/*
 * docs/policies.md, Freshness: an earlier reading counts once more only where its record and each one after it is whole. What a
 * person with the file alone, or with older copies of it, can do to a record is a row each; none of them is reused.
 */

const person: Holder = {
  id: 'customer-1',
  personalNumber: '199006022397',
  givenNames: 'Åsa Linnéa',
  surname: 'Öberg',
  birthDate: '1990-06-02' as PlainDate,
};
const policy = { freshness: { minutes: 30, purposes: ['renew-bankid'] }, directoryHours: 0 } as unknown as Policy;
const facts = (id: string, changes: Partial<CaseFacts> = {}): CaseFacts => {
  const asked = caseFacts(id, changes);
  return asked.holder === null ? asked : { ...asked, holder: { ...asked.holder, row: holderRow(person) } };
};
const others = (id: string): CaseFacts => facts(id, { holder: null, document: null });

/** Records 1 to 7; the fourth is of the person. */
const earlierNumber = 4;
async function add(folder: string, from: number, to: number): Promise<void> {
  const store = openStore({ directory: folder, kind: 'training', create: true, random });
  const { records } = await store.unlock(ownKeyFileProvider);
  for (let number = from; number <= to; number++)
    records.append(number === earlierNumber ? facts('case-4') : others(`case-${number}`), '0.1.0');
  store.close();
}

function lookedUp(
  { records, store }: Pick<UnlockedStore, 'records'> & { readonly store: Store },
  referral?: string,
  running: (now: () => string) => LimitClock = (now) => limitClock({ now, today: () => today }, store.recordedTime),
): string {
  const clock = running(() => '2026-11-23T09:10:00Z');
  const keeping = {
    integrity: () => store.integrity(),
    holdings: { history: () => [] },
    station: { newestDay: () => null },
  } as unknown as Parameters<typeof earlierCases>[0]['keeping'];
  const { earlierCase } = earlierCases({ open: () => ({ records }) as UnlockedStore, keeping, clock });
  try {
    const asking = referral === undefined ? {} : { referral };
    return earlierCase({ recordId: 'case-4', policy, holder: person, documentNumber: 'AA123456', ...asking }).recordId;
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown.code;
    throw thrown;
  }
}

/** As somebody with the file and a shell, who puts the triggers back: the schema is as it was. */
function tamper(folder: string, act: (database: Database.Database) => void): void {
  const database = new Database(join(folder, 'styrk.db'));
  const triggers = database
    .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    .all();
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
  act(database);
  for (const trigger of triggers) database.exec(trigger.sql);
  database.close();
}

const sql = (text: string) => (folder: string) => tamper(folder, (database) => void database.exec(text));

/** Writes a record anew with fitting hashes, signed with another key. */
const resigned = (number: number) => (folder: string) =>
  tamper(folder, (database) => {
    const row = database
      .prepare<[number], RecordEntry>(
        `SELECT number, id, station_id AS stationId, written_at AS writtenAt, sealed_hash AS sealedHash, commitment,
           previous_hash AS previousHash FROM records WHERE number = ?`,
      )
      .get(number);
    if (row === undefined) throw new Error('no record');
    const hash = entryHash({ ...row, writtenAt: '2026-11-23T09:04:00Z' });
    const signature = sign(newSigningKey(random).secretKey, entryMessage(hash));
    database
      .prepare("UPDATE records SET written_at = '2026-11-23T09:04:00Z', hash = ?, signature = ? WHERE number = ?")
      .run(hash, signature, number);
    database.prepare('UPDATE records SET previous_hash = ? WHERE number = ?').run(hash, number + 1);
  });

/** What stood in these tables of an older copy stands there again. */
const fromOlder =
  (...statements: readonly string[]) =>
  (folder: string, older: string) =>
    tamper(folder, (database) => {
      database.prepare('ATTACH ? AS older').run(join(older, 'styrk.db'));
      for (const statement of statements) database.exec(statement);
    });

const changedSeal = (number: number, column: 'sealed' | 'wrapped_key') =>
  sql(
    `UPDATE records SET ${column} = CAST(CASE substr(${column}, 1, 1) WHEN x'00' THEN x'01' ELSE x'00' END
       || substr(${column}, 2) AS BLOB) WHERE number = ${number}`,
  );
const olderHead =
  'DELETE FROM main.chain_head; INSERT INTO main.chain_head SELECT * FROM older.chain_head; DELETE FROM main.records WHERE number > 5';

// As it stood after five records and after seven.
const [five, seven] = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'styrk-earlier-'))) as [string, string];
beforeAll(async () => {
  await add(seven, 1, 5);
  cpSync(seven, five, { recursive: true });
  await add(seven, 6, 7);
});
afterAll(() => {
  for (const folder of [five, seven]) rmSync(folder, { recursive: true, force: true });
});

describe('an earlier reading counts once more', () => {
  it.each<[string, string, (folder: string, older: string) => void]>([
    ['whose record and all after it are whole', 'case-4', () => undefined],
    // Of records before it nothing is asked: `records check` tells of them, and a reuse costs what it rests on.
    ['also where one long before it was changed', 'case-4', changedSeal(1, 'sealed')],
    ['not where its content was changed', 'record.seal-broken', changedSeal(4, 'sealed')],
    ['not where its key was changed', 'record.seal-broken', changedSeal(4, 'wrapped_key')],
    ['not blanked', 'record.seal-broken', sql("UPDATE records SET sealed = x'', wrapped_key = x'' WHERE number = 4")],
    ['not deleted', 'record.not-found', sql('DELETE FROM records WHERE number = 4')],
    ['not under another number', 'record.seal-broken', sql('UPDATE records SET number = 40 WHERE number = 4')],
    [
      'not dated otherwise',
      'freshness.record-broken',
      sql("UPDATE records SET written_at = '2026-11-23T09:05:00Z' WHERE number = 4"),
    ],
    [
      'not with another signature',
      'freshness.record-broken',
      sql('UPDATE records SET signature = zeroblob(64) WHERE number = 4'),
    ],
    [
      'not with another hash',
      'freshness.record-broken',
      sql(`UPDATE records SET hash = '${'0'.repeat(64)}' WHERE number = 4`),
    ],
    ['not signed with another key', 'freshness.record-broken', resigned(4)],
    [
      'not with another seal named',
      'freshness.record-broken',
      sql(`UPDATE records SET sealed_hash = '${'0'.repeat(64)}' WHERE number = 4`),
    ],
    ['not where a later one was deleted', 'freshness.record-broken', sql('DELETE FROM records WHERE number = 5')],
    ['not where the last one was deleted', 'freshness.record-broken', sql('DELETE FROM records WHERE number = 7')],
    ['not where all later ones were deleted', 'freshness.record-broken', sql('DELETE FROM records WHERE number > 4')],
    ['not where a later one was changed', 'freshness.record-broken', changedSeal(6, 'sealed')],
    [
      'not where a later one was blanked',
      'freshness.record-broken',
      sql("UPDATE records SET sealed = x'', wrapped_key = x'' WHERE number = 6"),
    ],
    ['not where a later one was signed anew', 'freshness.record-broken', resigned(5)],
    [
      'not where later ones changed places',
      'freshness.record-broken',
      sql(
        'UPDATE records SET number = 9 WHERE number = 5; UPDATE records SET number = 5 WHERE number = 6; UPDATE records SET number = 6 WHERE number = 9',
      ),
    ],
    ['not where the head was taken away', 'freshness.record-broken', sql('DELETE FROM chain_head')],
    // The chain alone would be whole; the log says how many there were.
    [
      'not where the end was cut off and the head of that day put back',
      'freshness.record-broken',
      fromOlder(olderHead),
    ],
    [
      'not where its leaf of the log was changed',
      'freshness.record-broken',
      sql('UPDATE log_leaves SET hashes = zeroblob(length(hashes)) WHERE leaf < 6'),
    ],
    ['not where leaves of the log are gone', 'freshness.record-broken', sql('DELETE FROM log_leaves WHERE leaf = 5')],
    ['not where the checkpoint is gone', 'freshness.record-broken', sql('DELETE FROM log_checkpoint')],
    [
      'not where the checkpoint was changed',
      'freshness.record-broken',
      sql("UPDATE log_checkpoint SET note = replace(note, '\n7\n', '\n9\n'), size = 9"),
    ],
    [
      'not under the checkpoint of an older day',
      'freshness.record-broken',
      fromOlder('DELETE FROM main.log_checkpoint; INSERT INTO main.log_checkpoint SELECT * FROM older.log_checkpoint'),
    ],
  ])('%s', async (_, expected, change) => {
    const folder = temporaryFolder();
    cpSync(seven, folder, { recursive: true });
    change(folder, five);
    expect(lookedUp(await unlockedIn(folder))).toBe(expected);
  });

  // A colleague decides a case that rests on it: its own record, by which it was referred, speaks for nobody against it.
  it('of a case that was referred, unless another one speaks against it since', async () => {
    const folder = temporaryFolder();
    cpSync(seven, folder, { recursive: true });
    const opened = await unlockedIn(folder);
    const referred = (id: string): CaseFacts => {
      const { decision, verdict, ...asked } = facts(id);
      return { ...asked, decision: { ...decision, outcome: 'refer' }, verdict: { ...verdict, verdict: 'refer' } };
    };
    opened.records.append(referred('case-8'), '0.1.0');
    expect([lookedUp(opened), lookedUp(opened, 'case-8')]).toEqual(['freshness.later-record', 'case-4']);
    opened.records.append(referred('case-9'), '0.1.0');
    expect(lookedUp(opened, 'case-8')).toBe('freshness.later-record');
  });

  // A tester's walk of two desks and a clock: what was past its limit counted again once the clock was set back.
  it('not by a clock that was set back in a process that saw it past the limit, nor before the newest record', async () => {
    const folder = temporaryFolder();
    cpSync(seven, folder, { recursive: true });
    const opened = await unlockedIn(folder);
    const setBack = (from: string) => (now: () => string) => {
      let wall = from;
      const clock = limitClock({ now: () => wall, today: () => today }, opened.store.recordedTime);
      clock.newestAt();
      wall = now();
      return { ...clock, now: () => wall };
    };
    expect(lookedUp(opened, undefined, setBack('2026-11-23T09:00:00Z'))).toBe('case-4');
    expect(lookedUp(opened, undefined, setBack('2026-11-23T09:40:00Z'))).toBe('freshness.past');
    // Set right by a little nothing is lost that has time left.
    expect(lookedUp(opened, undefined, setBack('2026-11-23T09:14:00Z'))).toBe('case-4');
    opened.records.append({ ...others('case-8'), endedAt: '2026-11-23T09:20:00Z' }, '0.1.0');
    expect(lookedUp(opened)).toBe('freshness.past');
  });

  it('not erased, also where its content came back out of an older copy', async () => {
    const folder = temporaryFolder();
    cpSync(seven, folder, { recursive: true });
    const opened = await unlockedIn(folder);
    let day = today;
    const clock = { today: () => day, now: () => `${day}T09:00:00Z` };
    const retention = retentionKeeping(opened.store, () => opened, { clock, random });
    retention.report({ record: '4' }, { kind: 'relationship-ended', on: today }, ['AB']);
    day = addYears(today, 6);
    opened.acceptDay(day);
    expect((await retention.eraseDue({ signs: ['AB'], most: 10 })).erased).toEqual([4]);
    opened.store.close();
    expect(lookedUp(await unlockedIn(folder))).toBe('record.erased');
    fromOlder(
      'UPDATE main.records SET sealed = (SELECT sealed FROM older.records WHERE number = 4), wrapped_key = (SELECT wrapped_key FROM older.records WHERE number = 4) WHERE number = 4',
    )(folder, seven);
    expect(lookedUp(await unlockedIn(folder))).toBe('freshness.record-broken');
  });
});
