import { openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { RandomSource } from '../../crypto/random.ts';
import type { DataKind } from '../../result/data-kind.ts';
import { Failure } from '../../result/failure.ts';
import { storageFailure } from '../database-failure.ts';
import { type FoundCheckpoint, readCheckpoint } from '../log/log-rows.ts';
import { beginWork, type OwnWork, workNames } from './own-work.ts';

/** One moment of a folder's database as a file of its own, and what it says of itself. Disposing of it removes the file. */
export interface Snapshot extends Disposable {
  readonly path: string;
  readonly stationId: string | null;
  readonly kind: DataKind;
  readonly schemaVersion: number;
  /** The newest checkpoint of its log; null where there is none. */
  readonly checkpoint: FoundCheckpoint | null;
  /** Names of the register's layers that it goes with. */
  readonly layers: readonly string[];
}

/**
 * Copies the database while others work on it, by SQLite's own backup from a connection of its own, beside the database: what is
 * sealed there is sealed here. In one step: SQLite begins anew whenever somebody writes between two, and a busy desk would never
 * let it end. Writers are not kept waiting: they write to the log meanwhile. Fails as the database does.
 */
export async function takeSnapshot(directory: string, random: RandomSource): Promise<Snapshot> {
  const source = join(directory, 'styrk.db');
  let work: OwnWork | null = null;
  try {
    work = beginWork(workNames.snapshot(directory), random);
    const { path } = work;
    const from = new Database(source, { fileMustExist: true, readonly: true, timeout: 5_000 });
    try {
      await from.backup(path, { progress: () => 0x7fff_ffff });
    } finally {
      from.close();
    }
    return { ...saidBy(path), path, [Symbol.dispose]: work[Symbol.dispose] };
  } catch (thrown) {
    work?.[Symbol.dispose]();
    throw storageFailure(thrown, source);
  }
}

function saidBy(path: string): Omit<Snapshot, 'path' | typeof Symbol.dispose> {
  const database = new Database(path, { fileMustExist: true });
  try {
    database.pragma('trusted_schema = OFF');
    // A file for itself: no log beside it that would have to come along.
    database.pragma('journal_mode = DELETE');
    const kind = database.prepare<[], DataKind>('SELECT kind FROM folder').pluck().get();
    if (kind === undefined) throw new Failure('storage.corrupt', { path, part: 'folder' });
    return {
      kind,
      stationId: database.prepare<[], string>('SELECT id FROM station').pluck().get() ?? null,
      schemaVersion: Number(database.pragma('user_version', { simple: true })),
      checkpoint: readCheckpoint(database),
      layers: database.prepare<[], string>('SELECT file FROM roster_layers ORDER BY layer').pluck().all(),
    };
  } finally {
    database.close();
  }
}

/** Opens a file of the folder; null where it is not there (any more). */
export function openIfThere(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code === 'ENOENT') return null;
    throw storageFailure(thrown, path);
  }
}
