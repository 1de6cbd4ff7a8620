import type { Database } from 'better-sqlite3';
import type { ChainHead, RecordEntry } from '../records/types.ts';
import type { FoundEntry } from '../records/verify-chain.ts';
import { prepared, preparedValue } from './prepared.ts';

const columns = `number, id, station_id AS stationId, written_at AS writtenAt, wrapped_key AS wrappedKey, sealed,
  sealed_hash AS sealedHash, commitment, previous_hash AS previousHash, hash, signature`;

/** The head as it lies in the database: nothing about its values is sure. */
export type FoundHead = Readonly<Record<keyof ChainHead, unknown>>;

/** The chain from its first record, row by row. */
export function entriesInOrder(database: Database): IterableIterator<FoundEntry> {
  return database.prepare<[], FoundEntry>(`SELECT ${columns} FROM records ORDER BY number`).iterate();
}

/** The chain after this number, row by row. */
export function entriesAfter(database: Database, number: number): IterableIterator<FoundEntry> {
  return database
    .prepare<[number], FoundEntry>(`SELECT ${columns} FROM records WHERE number > ? ORDER BY number`)
    .iterate(number);
}

/** The next entries of the chain after this number, at most so many. */
export function nextEntries(database: Database, after: number, limit: number): readonly FoundEntry[] {
  return prepared<[number, number], FoundEntry>(
    database,
    `SELECT ${columns} FROM records WHERE number > ? ORDER BY number LIMIT ?`,
  ).all(after, limit);
}

/** The next entries of the chain after this number and up to that one, at most so many. */
export function entriesBetween(database: Database, after: number, last: number, limit: number): readonly FoundEntry[] {
  return prepared<[number, number, number], FoundEntry>(
    database,
    `SELECT ${columns} FROM records WHERE number > ? AND number <= ? ORDER BY number LIMIT ?`,
  ).all(after, last, limit);
}

/** The hash of the record with this number; undefined where there is none. */
export function hashOfNumber(database: Database, number: number): string | undefined {
  return preparedValue<[number], string>(database, 'SELECT hash FROM records WHERE number = ?').get(number);
}

/** A page of the chain, newest first: the entries before this number. */
export function newestEntries(database: Database, limit: number, before: number): readonly FoundEntry[] {
  return prepared<[number, number], FoundEntry>(
    database,
    `SELECT ${columns} FROM records WHERE number < ? ORDER BY number DESC LIMIT ?`,
  ).all(before, limit);
}

/** The record with this id; undefined where there is none. */
export function entryOfId(database: Database, id: string): FoundEntry | undefined {
  return prepared<[string], FoundEntry>(database, `SELECT ${columns} FROM records WHERE id = ?`).get(id);
}

/** The record of this number; undefined where there is none. */
export function entryOfNumber(database: Database, number: number): FoundEntry | undefined {
  return prepared<[number], FoundEntry>(database, `SELECT ${columns} FROM records WHERE number = ?`).get(number);
}

/** When each of the records from this number to that one was written, by its own row; nothing else of it is read. */
export function instantsBetween(
  database: Database,
  first: number,
  last: number,
): readonly { readonly number: number; readonly writtenAt: string }[] {
  return prepared<[number, number], { number: number; writtenAt: unknown }>(
    database,
    'SELECT number, written_at AS writtenAt FROM records WHERE number BETWEEN ? AND ? ORDER BY number',
  )
    .all(first, last)
    .map(({ number, writtenAt }) => ({ number, writtenAt: typeof writtenAt === 'string' ? writtenAt : '' }));
}

/** How many records there are. */
export function countEntries(database: Database): number {
  return database.prepare<[], number>('SELECT count(*) FROM records').pluck().get() ?? 0;
}

/** Puts the next record in. Its number or id taken already is an error of SQLite's. */
export function insertEntry(database: Database, entry: RecordEntry): void {
  prepared<[RecordEntry]>(
    database,
    `INSERT INTO records (number, id, station_id, written_at, wrapped_key, sealed, sealed_hash, commitment,
       previous_hash, hash, signature)
     VALUES (@number, @id, @stationId, @writtenAt, @wrappedKey, @sealed, @sealedHash, @commitment,
       @previousHash, @hash, @signature)`,
  ).run(entry);
}

/** The head of the chain; null before the station was made, or where it was taken away. */
export function readHead(database: Database): FoundHead | null {
  const head = prepared<[], FoundHead>(
    database,
    'SELECT station_id AS stationId, number, hash, signature FROM chain_head WHERE only_row = 1',
  ).get();
  return head ?? null;
}

/** Writes the head of the empty chain, or moves it on. */
export function writeHead(database: Database, head: ChainHead): void {
  prepared<[ChainHead]>(
    database,
    `INSERT INTO chain_head (only_row, station_id, number, hash, signature)
     VALUES (1, @stationId, @number, @hash, @signature)
     ON CONFLICT (only_row) DO UPDATE
       SET station_id = excluded.station_id, number = excluded.number, hash = excluded.hash,
           signature = excluded.signature`,
  ).run(head);
}
