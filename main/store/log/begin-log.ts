import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { grow } from '../../records/log/growing-tree.ts';
import { leafHash } from '../../records/log/merkle.ts';
import type { StoreMarks } from '../marks/store-marks.ts';
import { countLeaves, entryBytes, insertLeaf, peaksOf, readCheckpoint } from './log-rows.ts';
import type { StoredLog } from './stored-log.ts';

/** So many leaves at a time, so that nothing else of the process waits long. */
const batch = 2000;

/**
 * Begins the log of a folder that has none: of a new station, or of records that an earlier app left. Leaves are kept batch
 * by batch, so that one that was interrupted goes on where it was; then the first checkpoint is signed. `head` is the number
 * of the newest record by the chain's signed head. A log that was begun and is gone is not made anew.
 */
export async function beginLog(
  database: Database,
  marks: StoreMarks,
  log: StoredLog,
  head: () => number | null,
): Promise<void> {
  if (isBegun(database)) return;
  while (!marks.keep((whole) => beginFurther(database, log, head(), whole))) await setImmediate();
}

function isBegun(database: Database): boolean {
  return readCheckpoint(database) !== null || hasBegun(database);
}

function hasBegun(database: Database): boolean {
  return database.prepare<[], number>('SELECT 1 FROM log_begun').pluck().get() !== undefined;
}

/** Whether it is done; in a transaction. Without a head that the station signed there is nothing to begin from. */
function beginFurther(database: Database, log: StoredLog, records: number | null, whole: boolean): boolean {
  if (isBegun(database) || records === null) return true;
  const size = countLeaves(database);
  if (size < records) {
    addLeaves(database, size, Math.min(records, size + batch));
    return false;
  }
  log.sign(records);
  // Where others touched what verdicts rest on nothing is marked: what was begun is then known by its checkpoint alone.
  if (whole) database.prepare('INSERT INTO log_begun (only_row, records) VALUES (1, ?)').run(records);
  return true;
}

// A record that is gone is known by the next one, which names its hash; of one whose next is gone too nothing is known, and its
// leaf is that of an empty entry. The check of the chain names each.
function addLeaves(database: Database, from: number, to: number): void {
  const rows = database
    .prepare<[number, number], { number: number; hash: unknown; previousHash: unknown }>(
      'SELECT number, hash, previous_hash AS previousHash FROM records WHERE number > ? AND number <= ? ORDER BY number',
    )
    .all(from, to + 1);
  const hashes = new Map<number, unknown>();
  for (const { number, previousHash } of rows) hashes.set(number - 1, previousHash);
  for (const { number, hash } of rows) hashes.set(number, hash);
  let peaks = peaksOf(database, from);
  for (let leaf = from; leaf < to; leaf++) {
    const grown = grow(peaks, leaf, leafHash(entryBytes(hashes.get(leaf + 1)) ?? new Uint8Array(0)));
    insertLeaf(database, leaf, grown.completed);
    peaks = grown.peaks;
  }
}
