import { cpSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newSigningKey } from '../../../../main/crypto/sealing.ts';
import { emptyChain, entryHash } from '../../../../main/records/chain.ts';
import type { RecordEntry } from '../../../../main/records/types.ts';
import { SecretBytes } from '../../../../main/result/secret-bytes.ts';
import { openStore } from '../../../../main/store/open-store.ts';
import { openWitness } from '../../../../main/store/witness/witness-store.ts';
import { caseFacts } from '../../records/case-facts.ts';
import { ownKeyFileProvider, random, temporaryFolder, unlockedIn } from '../../store/support.ts';

/*
 * The table of docs/records.md: what was done, by whom, and which tool finds it from what. `inside` is records check on the
 * folder alone, `kept` the same against a checkpoint that was kept elsewhere, `witness` the status with which a witness that
 * saw five records answers, with what it says of the size.
 */

interface Found {
  readonly inside: readonly string[];
  readonly kept: string | null;
  readonly witness: readonly [number, string];
}

const five = 5;

async function add(folder: string, from: number, to: number, mark = ''): Promise<void> {
  const { records, store } = await unlockedIn(folder);
  for (let number = from; number <= to; number++) records.append(caseFacts(`case-${number}${mark}`), '0.1.0');
  store.close();
}

/** As somebody with the file and a shell: the triggers go first. */
function tamper(folder: string, act: (database: Database.Database) => void): void {
  const database = new Database(join(folder, 'styrk.db'));
  const names = database.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all();
  for (const name of names) database.exec(`DROP TRIGGER ${name}`);
  act(database);
  database.close();
}

const sql = (text: string) => (folder: string) => tamper(folder, (database) => void database.exec(text));

/** Rewrites a record with fitting hashes, and signs it with a key of his own. */
function resigned(folder: string): void {
  tamper(folder, (database) => {
    const row = database
      .prepare<[], RecordEntry>(
        `SELECT number, id, station_id AS stationId, written_at AS writtenAt, wrapped_key AS wrappedKey, sealed,
           sealed_hash AS sealedHash, commitment, previous_hash AS previousHash, hash, signature FROM records WHERE number = 3`,
      )
      .get();
    if (row === undefined) throw new Error('no record');
    const { secretKey } = newSigningKey(random);
    const hash = entryHash({ ...row, writtenAt: '2020-01-01T00:00:00Z' });
    const { signature } = emptyChain({ stationId: row.stationId, signingKey: new SecretBytes(secretKey) });
    database
      .prepare("UPDATE records SET written_at = '2020-01-01T00:00:00Z', hash = ?, signature = ? WHERE number = 3")
      .run(hash, signature);
  });
}

const chainTables = ['records', 'chain_head', 'log_leaves', 'log_checkpoint'] as const;

/** Puts records, head and log of another folder in the place of a folder's own; its keys stay. */
function takeChainOf(folder: string, other: string): void {
  tamper(folder, (database) => {
    database.pragma('foreign_keys = OFF');
    database.prepare('ATTACH ? AS other').run(join(other, 'styrk.db'));
    for (const table of chainTables)
      database.exec(`DELETE FROM main.${table}; INSERT INTO main.${table} SELECT * FROM other.${table}`);
    database.exec('DETACH other');
  });
}

/** A folder with the same station's name and other keys: what somebody makes who has the app and not the keys. */
async function forgedFor(folder: string, records: number): Promise<string> {
  const { station, store } = await unlockedIn(folder);
  store.close();
  const id = Uint8Array.from(Buffer.from(station.id.replace('station-', ''), 'hex'));
  const directory = temporaryFolder();
  // The name is drawn with the station's first unlock, and is what has eight bytes of it.
  let isNamed = false;
  const drawn = (length: number): Uint8Array => (length === id.length && !isNamed ? id.slice() : random(length));
  const forged = openStore({ directory, kind: 'training', create: true, random: drawn });
  const unlocked = await forged.unlock(ownKeyFileProvider);
  isNamed = true;
  expect(unlocked.station.id).toBe(station.id);
  expect(unlocked.station.publicKey).not.toEqual(station.publicKey);
  for (let number = 1; number <= records; number++)
    unlocked.records.append(caseFacts(`case-${number}${number === 3 ? '-forged' : ''}`), '0.1.0');
  forged.close();
  return directory;
}

async function foundIn(change: (folder: string, older: string) => void | Promise<void>): Promise<Found> {
  const [folder, older] = [temporaryFolder(), join(temporaryFolder(), 'older')];
  await add(folder, 1, 3);
  cpSync(folder, older, { recursive: true });
  await add(folder, 4, five);
  const { log, store } = await unlockedIn(folder);
  const { note } = log.newest();
  const witness = openWitness({ directory: temporaryFolder(), name: 'witness.example/w1', random });
  witness.watch(log.verifierKey);
  expect(witness.answer(`old 0\n\n${note}`, 1).status).toBe(200);
  store.close();

  await change(folder, older);
  const after = await unlockedIn(folder);
  const inside = [...after.records.check().broken, ...after.log.check().broken].map(({ code }) => code);
  const answer = (() => {
    try {
      const newest = after.log.newest();
      const path = newest.size > five ? after.log.consistency(five, newest.size) : [];
      const lines = path.map((hash) => `${Buffer.from(hash).toString('base64')}\n`).join('');
      return witness.answer(`old ${Math.min(newest.size, five)}\n${lines}\n${newest.note}`, 2);
    } catch {
      return { status: 0, body: '' };
    }
  })();
  witness.close();
  const kept = inside.includes('log.missing') ? 'log.missing' : after.log.against(note).code;
  return {
    inside: [...new Set(inside)].sort(),
    kept,
    witness: [answer.status, answer.body.startsWith('—') ? '' : answer.body.trim()],
  };
}

const file = (codes: readonly string[]): Found => ({ inside: codes, kept: null, witness: [200, ''] });

describe('what was done to a folder, and what finds it (docs/records.md)', () => {
  it.each<[string, (folder: string, older: string) => void | Promise<void>, Found]>([
    ['nothing', () => undefined, file([])],
    ['records more', (folder) => add(folder, 6, 8), file([])],
    [
      'a seal changed',
      sql("UPDATE records SET sealed = CAST(x'00' || substr(sealed, 2) AS BLOB) WHERE number = 3"),
      file(['record.seal-broken']),
    ],
    [
      'a field changed',
      sql("UPDATE records SET written_at = '2020-01-01T00:00:00Z' WHERE number = 3"),
      file(['record.hash-wrong']),
    ],
    ['a record deleted in the middle', sql('DELETE FROM records WHERE number = 3'), file(['record.missing'])],
    ['a record deleted at the end', sql('DELETE FROM records WHERE number = 5'), file(['record.missing'])],
    [
      'rewritten and signed with another key',
      resigned,
      file(['log.leaf-wrong', 'record.chain-broken', 'record.signature-wrong']),
    ],
    [
      'all sealed and signed anew with other keys, chain, head and log fitting',
      async (folder) => takeChainOf(folder, await forgedFor(folder, five)),
      {
        inside: ['log.signature-wrong', 'record.seal-broken', 'record.signature-wrong'],
        kept: 'log.forked',
        witness: [403, ''],
      },
    ],
    [
      "a folder in its place that has the station's name and other keys",
      async (folder) => cpSync(await forgedFor(folder, five), folder, { recursive: true }),
      { inside: [], kept: 'log.foreign', witness: [403, ''] },
    ],
    [
      'the tail cut off, and head and log of that day put back',
      (folder, older) => takeChainOf(folder, older),
      { inside: [], kept: 'log.older', witness: [409, '5'] },
    ],
    [
      'a leaf of the log changed',
      sql('UPDATE log_leaves SET hashes = zeroblob(32) WHERE leaf = 2'),
      file(['log.leaf-wrong', 'log.root-wrong']),
    ],
    [
      'the log taken out',
      sql('DELETE FROM log_leaves; DELETE FROM log_checkpoint'),
      { inside: ['log.missing'], kept: 'log.missing', witness: [0, ''] },
    ],
    [
      'an older copy of the whole folder put back',
      (folder, older) => cpSync(older, folder, { recursive: true }),
      { inside: [], kept: 'log.older', witness: [409, '5'] },
    ],
    [
      'an older copy put back, and as many records kept since',
      async (folder, older) => {
        cpSync(older, folder, { recursive: true });
        await add(folder, 4, five, '-other');
      },
      { inside: [], kept: 'log.forked', witness: [409, ''] },
    ],
    [
      "history told anew with the station's own key",
      async (folder, older) => {
        cpSync(older, folder, { recursive: true });
        await add(folder, 4, 9, '-other');
      },
      { inside: [], kept: 'log.forked', witness: [422, ''] },
    ],
    [
      'the folder of another station in its place',
      async (folder) => {
        const other = temporaryFolder();
        await add(other, 1, 6);
        cpSync(other, folder, { recursive: true });
      },
      { inside: [], kept: 'log.foreign', witness: [404, ''] },
    ],
  ])('%s', async (_, change, expected) => {
    expect(await foundIn(change)).toEqual(expected);
  });

  it('two records that changed places are both named', async () => {
    const { inside, kept } = await foundIn(
      sql(
        'UPDATE records SET number = 9 WHERE number = 2; UPDATE records SET number = 2 WHERE number = 3; UPDATE records SET number = 3 WHERE number = 9',
      ),
    );
    expect(inside).toEqual(expect.arrayContaining(['log.leaf-wrong', 'record.hash-wrong']));
    expect(kept).toBeNull();
  });

  it('a record put in between, with the numbers behind it moved on, is named', async () => {
    const { inside } = await foundIn(
      sql(
        `UPDATE records SET number = -number - 1 WHERE number >= 3; UPDATE records SET number = -number WHERE number < 0;
         INSERT INTO records SELECT 3, 'case-x', station_id, written_at, wrapped_key, sealed, sealed_hash, commitment,
           previous_hash, hash, signature FROM records WHERE number = 2`,
      ),
    );
    expect(inside).toEqual(expect.arrayContaining(['log.leaf-wrong', 'record.hash-wrong']));
  });

  it('two stations whose folders changed places are both found, by a checkpoint and by the witness of each', async () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()];
    await add(one, 1, 4);
    await add(two, 1, five);
    const keep = async (folder: string) => {
      const { log, station, store } = await unlockedIn(folder);
      const witness = openWitness({ directory: temporaryFolder(), name: 'witness.example/w1', random });
      onTestFinished(() => witness.close());
      witness.watch(log.verifierKey);
      const { size, note } = log.newest();
      expect(witness.answer(`old 0\n\n${note}`, 1).status).toBe(200);
      store.close();
      return { id: station.id, size, note, witness };
    };
    const [keptOfOne, keptOfTwo] = [await keep(one), await keep(two)];
    const aside = join(temporaryFolder(), 'aside');
    renameSync(one, aside);
    renameSync(two, one);
    renameSync(aside, two);
    for (const [folder, kept, other] of [
      [one, keptOfOne, keptOfTwo],
      [two, keptOfTwo, keptOfOne],
    ] as const) {
      const { log, records, station, store } = await unlockedIn(folder);
      // Each is whole in itself, and says who it is: what shows the change lies elsewhere.
      expect([...records.check().broken, ...log.check().broken]).toEqual([]);
      expect(station.id).toBe(other.id);
      expect(log.against(kept.note)).toEqual({ size: kept.size, code: 'log.foreign' });
      expect(kept.witness.answer(`old ${kept.size}\n\n${log.newest().note}`, 2).status).toBe(404);
      store.close();
    }
  });

  it('a record put in is named', async () => {
    const { inside } = await foundIn(
      sql(
        `INSERT INTO records SELECT 6, 'case-6', station_id, written_at, wrapped_key, sealed, sealed_hash, commitment,
           previous_hash, hash, signature FROM records WHERE number = 1`,
      ),
    );
    expect(inside).toEqual(expect.arrayContaining(['record.hash-wrong']));
  });
});
