import { join } from 'node:path';
import Database from 'better-sqlite3';
import { machineRandom } from '../../main/machine/random.ts';
import { checkpointText } from '../../main/records/log/checkpoint.ts';
import { placesOfPeaks, rootOf } from '../../main/records/log/growing-tree.ts';
import { leafHash, nodeHash } from '../../main/records/log/merkle.ts';
import { formatNote } from '../../main/records/log/note.ts';
import { parseVerifierKey } from '../../main/records/log/note-keys.ts';
import { concat } from '../../main/result/bytes.ts';
import { canonicalBytes } from '../../main/result/canonical-json.ts';
import { readKeyFile } from '../../main/store/key-file.ts';
import { markKeyFile } from '../../main/store/marks/mark-key.ts';
import { StoreMarks } from '../../main/store/marks/store-marks.ts';
import { openStore } from '../../main/store/open-store.ts';
import type { Store, UnlockedStore } from '../../main/store/types.ts';
import { type CaseFacts, verdicts } from '../../main/verification/types.ts';
import { caseFacts } from '../unit/records/case-facts.ts';

/* What the bench of records measures on: cases of the length of real ones, and a log that is long without its records. */

const ownKey = { kind: 'key-file', path: null } as const;
const detail = { sources: ['ab'.repeat(32), 'cd'.repeat(32)], issuer: 'CN=Country Signing Authority,O=Utopia,C=UT' };

/** A case whose sealed record is about as long as one of a passport read at the desk (8 KB). */
export function madeCase(number: number): CaseFacts {
  const facts = caseFacts(`case-${number}`);
  const day = String(1 + (number % 28)).padStart(2, '0');
  return {
    ...facts,
    checks: Array.from({ length: 26 }, () => ({
      id: 'passive-authentication.path',
      result: 'successful',
      code: null,
      detail,
    })),
    verdict: { ...facts.verdict, verdict: verdicts[number % 50 === 0 ? 1 : 0] ?? 'accept' },
    decision: { outcome: 'stop', reason: null, by: { sign: `T${number % 12}`, source: 'typed' } },
    ...(facts.document === null ? {} : { document: { ...facts.document, number: `AA${number}` } }),
    endedAt: `2026-10-${day}T09:03:12Z`,
  };
}

export async function openedIn(directory: string): Promise<UnlockedStore & { readonly store: Store }> {
  const store = openStore({ directory, kind: 'training', create: true, random: machineRandom });
  return { ...(await store.unlock(ownKey)), store };
}

/**
 * Makes a folder without records one whose log has so many leaves, all alike, under a head and a checkpoint that the station signed:
 * what appending and proving read is as it would be after so many records. Without these records nothing of it can be checked.
 */
export async function withLongLog(directory: string, size: number): Promise<void> {
  const { store, station, log } = await openedIn(directory);
  const database = new Database(store.path);
  try {
    const levels = [leafHash(new Uint8Array(32))];
    for (let level = 0; 2 ** level <= size; level++) levels.push(nodeHash(at(levels, level), at(levels, level)));
    const rows = levels.map((_, level) => concat(...levels.slice(0, level + 1)));
    const insert = database.prepare('INSERT INTO log_leaves (leaf, hashes) VALUES (?, ?)');
    database.transaction(() => {
      for (let leaf = 0; leaf < size; leaf++) insert.run(leaf, at(rows, trailingOnes(leaf)));
      const hash = '00'.repeat(32);
      const head = { format: 'styrk-chain-head', stationId: station.id, number: size, hash };
      database
        .prepare('UPDATE chain_head SET number = ?, hash = ?, signature = ?')
        .run(size, hash, station.sign(canonicalBytes(head)));
      const root = rootOf(placesOfPeaks(size).map(({ level }) => at(levels, level)));
      const text = checkpointText({ origin: log.origin, size, root });
      const { name, keyId } = parseVerifierKey(log.verifierKey);
      const signature = station.sign(new TextEncoder().encode(text));
      const note = formatNote({ text, signatures: [{ name, keyId, signature }] });
      database.prepare('UPDATE log_checkpoint SET size = ?, note = ?').run(size, note);
    })();
    // No order was confirmed by the records that are not there.
    const marks = new StoreMarks(database, store.path, readKeyFile(markKeyFile(directory)));
    marks.write(() =>
      database.prepare('INSERT OR REPLACE INTO orders_indexed (only_row, through) VALUES (1, ?)').run(size),
    );
    marks.close();
  } finally {
    database.close();
    store.close();
  }
}

function trailingOnes(number: number): number {
  let ones = 0;
  for (let rest = number; rest % 2 === 1; rest = Math.floor(rest / 2)) ones += 1;
  return ones;
}

function at<Value>(values: readonly Value[], index: number): Value {
  const value = values[index];
  if (value === undefined) throw new RangeError('no such level');
  return value;
}

/** How long a case's record is when it is sealed, in bytes: one is appended and looked at. */
export function sealedLength({
  records,
  store,
}: UnlockedStore & { readonly store: { readonly path: string } }): number {
  records.append(madeCase(1), '1.0.0');
  const database = new Database(store.path, { readonly: true });
  try {
    return database.prepare('SELECT length(sealed) FROM records ORDER BY number DESC LIMIT 1').pluck().get() as number;
  } finally {
    database.close();
  }
}

/** The same, in a folder that is made for it. */
export async function sealedBytes(directory: string): Promise<number> {
  const opened = await openedIn(directory);
  try {
    return sealedLength(opened);
  } finally {
    opened.store.close();
  }
}

/** Raw better-sqlite3 with the bytes of a record's rows: one transaction each at full synchronous writes, as the station's. */
export function rawRecords(directory: string): {
  readonly append: (number: number, bytes: number) => void;
  readonly close: () => void;
} {
  const raw = new Database(join(directory, 'raw.db'));
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.exec(`
    CREATE TABLE records (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, station_id TEXT, written_at TEXT, wrapped_key BLOB,
      sealed BLOB, sealed_hash TEXT, commitment TEXT, previous_hash TEXT, hash TEXT, signature BLOB);
    CREATE TABLE chain_head (only_row INTEGER PRIMARY KEY, number INTEGER, hash TEXT, signature BLOB);
    CREATE TABLE log_leaves (leaf INTEGER PRIMARY KEY, hashes BLOB);
    CREATE TABLE log_checkpoint (only_row INTEGER PRIMARY KEY, size INTEGER, note TEXT);`);
  const [hash, key, signature] = ['ab'.repeat(32), new Uint8Array(72).fill(1), new Uint8Array(64).fill(2)];
  const note = 'x'.repeat(240);
  const record = raw.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const head = raw.prepare('INSERT OR REPLACE INTO chain_head VALUES (1, ?, ?, ?)');
  const leaf = raw.prepare('INSERT INTO log_leaves VALUES (?, ?)');
  const checkpoint = raw.prepare('INSERT OR REPLACE INTO log_checkpoint VALUES (1, ?, ?)');
  let sealed = new Uint8Array(0);
  const append = raw.transaction((number: number, bytes: number) => {
    if (sealed.length !== bytes) sealed = new Uint8Array(bytes).fill(3);
    const id = `case-${number}`;
    record.run(number, id, hash, '2026-10-01T09:03:12Z', key, sealed, hash, hash, hash, hash, signature);
    head.run(number, hash, signature);
    leaf.run(number - 1, signature);
    checkpoint.run(number, note);
  });
  return { append, close: () => raw.close() };
}
