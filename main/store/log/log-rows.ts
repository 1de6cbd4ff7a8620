import type { Database } from 'better-sqlite3';
import type { FoundLeaf } from '../../records/log/check-tree.ts';
import { completingLeaf, type Peaks, placesOfPeaks, type SubtreePlace } from '../../records/log/growing-tree.ts';
import { hashLength } from '../../records/log/merkle.ts';
import { concat } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import { prepared, preparedValue } from '../prepared.ts';

/** The newest checkpoint as it lies in the database. */
export interface FoundCheckpoint {
  readonly size: number;
  readonly note: string;
}

/** The newest checkpoint; null before the log was begun, or where it was taken away. */
export function readCheckpoint(database: Database): FoundCheckpoint | null {
  const find = prepared<[], FoundCheckpoint>(database, 'SELECT size, note FROM log_checkpoint WHERE only_row = 1');
  return find.get() ?? null;
}

/** Puts a checkpoint in the place of the one before. */
export function writeCheckpoint(database: Database, { size, note }: FoundCheckpoint): void {
  prepared<[number, string]>(
    database,
    `INSERT INTO log_checkpoint (only_row, size, note) VALUES (1, ?, ?)
     ON CONFLICT (only_row) DO UPDATE SET size = excluded.size, note = excluded.note`,
  ).run(size, note);
}

/** What witnesses cosigned, as it lies in the database. */
export function readCosigned(database: Database): readonly (FoundCheckpoint & { readonly witness: string })[] {
  return database
    .prepare<[], FoundCheckpoint & { readonly witness: string }>(
      'SELECT witness, size, note FROM log_cosigned ORDER BY witness',
    )
    .all();
}

/** Keeps what a witness cosigned; an older state stays away. */
export function writeCosigned(database: Database, cosigned: FoundCheckpoint & { readonly witness: string }): void {
  database
    .prepare(
      `INSERT INTO log_cosigned (witness, size, note) VALUES (@witness, @size, @note)
       ON CONFLICT (witness) DO UPDATE SET size = excluded.size, note = excluded.note WHERE excluded.size >= size`,
    )
    .run(cosigned);
}

/** What a witness found against the log, and kept finding until it cosigned again. */
export interface WitnessFinding {
  readonly witness: string;
  readonly code: 'witness.ahead' | 'witness.disagrees';
  /** How many records the log had then. */
  readonly size: number;
  /** How many the witness had seen; null where it did not say. */
  readonly seen: number | null;
  /** ISO 8601: when it was found first. */
  readonly foundAt: string;
}

/** What witnesses found and did not take back. */
export function readFindings(database: Database): readonly WitnessFinding[] {
  return database
    .prepare<[], WitnessFinding>(
      'SELECT witness, code, size, seen, found_at AS foundAt FROM log_findings ORDER BY witness',
    )
    .all();
}

/** Keeps what a witness found; the same again stays as it was found first. */
export function writeFinding(database: Database, finding: WitnessFinding): void {
  database
    .prepare(
      `INSERT INTO log_findings (witness, code, size, seen, found_at) VALUES (@witness, @code, @size, @seen, @foundAt)
       ON CONFLICT (witness) DO UPDATE SET size = excluded.size, seen = excluded.seen,
         found_at = CASE WHEN code = excluded.code THEN found_at ELSE excluded.found_at END, code = excluded.code`,
    )
    .run(finding);
}

/** A witness has cosigned: what it found against a log of no more records is over. An answer from before takes nothing back. */
export function forgetFinding(database: Database, witness: string, size: number): void {
  database.prepare('DELETE FROM log_findings WHERE witness = ? AND size <= ?').run(witness, size);
}

/** Puts the next leaf in, with the subtrees that it makes complete. Its place taken already is an error of SQLite's. */
export function insertLeaf(database: Database, leaf: number, completed: readonly Uint8Array[]): void {
  prepared<[number, Uint8Array]>(database, 'INSERT INTO log_leaves (leaf, hashes) VALUES (?, ?)').run(
    leaf,
    concat(...completed),
  );
}

/** How many leaves there are, by the last one. */
export function countLeaves(database: Database): number {
  return (preparedValue<[], number | null>(database, 'SELECT max(leaf) FROM log_leaves').get() ?? -1) + 1;
}

/** The root of a complete subtree as it was kept. Fails with `log.root-wrong` where it is not there. */
export function subtreeHash(database: Database, place: SubtreePlace): Uint8Array {
  const hashes = preparedValue<[number]>(database, 'SELECT hashes FROM log_leaves WHERE leaf = ?').get(
    completingLeaf(place),
  );
  const from = place.level * hashLength;
  if (!(hashes instanceof Uint8Array) || hashes.length < from + hashLength) throw new Failure('log.root-wrong');
  return hashes.subarray(from, from + hashLength);
}

/** The peaks of the tree of the first `size` leaves. Fails with `log.root-wrong`. */
export function peaksOf(database: Database, size: number): Peaks {
  return placesOfPeaks(size).map((place) => subtreeHash(database, place));
}

/** The leaves in their order, each with its record's hash. */
export function* leavesInOrder(database: Database): Generator<FoundLeaf> {
  const rows = database.prepare<[], LeafRow>(`${leafRows} ORDER BY leaf`);
  for (const { leaf, hashes, hash } of rows.iterate()) yield { leaf, hashes, entry: entryBytes(hash) };
}

/** The leaves from this one up to, and without, that one; the first ones with whatever stands before the first. */
export function leavesBetween(database: Database, from: number, until: number): readonly FoundLeaf[] {
  const rows = prepared<[number, number], LeafRow>(
    database,
    `${leafRows} WHERE leaf >= ? AND leaf < ? ORDER BY leaf`,
  ).all(from === 0 ? Number.MIN_SAFE_INTEGER : from, until);
  return rows.map(({ leaf, hashes, hash }) => ({ leaf, hashes, entry: entryBytes(hash) }));
}

type LeafRow = Readonly<Record<'leaf' | 'hashes' | 'hash', unknown>>;
const leafRows =
  'SELECT leaf, hashes, records.hash AS hash FROM log_leaves LEFT JOIN records ON records.number = leaf + 1';

/** The bytes of a record's hash, which are what the log holds of it; null for what is no hash. */
export function entryBytes(hash: unknown): Uint8Array | null {
  return typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) ? new Uint8Array(Buffer.from(hash, 'hex')) : null;
}
