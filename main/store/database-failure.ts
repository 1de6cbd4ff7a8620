import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';

// By primary result code (https://sqlite.org/rescode.html).
const codes: readonly (readonly [RegExp, FailureCode])[] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'storage.busy'],
  // The shared memory beside the log grows before anything is written: SQLite has no other word for it where there is no room.
  [/^SQLITE_(FULL|IOERR_SHMSIZE)/, 'storage.full'],
  [/^SQLITE_(CORRUPT|NOTADB|FORMAT)/, 'storage.corrupt'],
  [/^SQLITE_(READONLY|PERM|CANTOPEN|AUTH)/, 'storage.refused'],
  [/^SQLITE_IOERR/, 'storage.input-output'],
];

/** What a full disk may come out as: SQLite does not say what the system answered. */
const perhapsFull = /^SQLITE_(CANTOPEN|IOERR(?!_(READ|SHORT_READ|CORRUPTFS|DATA))(_|$))/;
/** Less than this is too little for the log and what lies beside it. */
const leastRoom = 64 * 1024;

/** The named failure behind what SQLite or the file system threw; anything else comes back as it was. */
export function storageFailure(thrown: unknown, path: string): unknown {
  const code = (thrown as { code?: unknown } | null)?.code;
  if (thrown instanceof Failure || typeof code !== 'string') return thrown;
  if (thrown instanceof Database.SqliteError) {
    const known = codes.find(([form]) => form.test(code))?.[1];
    if (known === undefined) return thrown;
    const named = perhapsFull.test(code) && isFull(path) ? 'storage.full' : known;
    return new Failure(named, { path, sqlite: code }, thrown);
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Failure('storage.full', { path }, thrown);
  if (/^E[A-Z0-9]+$/.test(code)) return new Failure('storage.refused', { path, system: code }, thrown);
  return thrown;
}

// Whether the system has room there, for bytes and for files: some file systems do not count those.
function isFull(path: string): boolean {
  try {
    const { bavail, bsize, files, ffree } = statfsSync(dirname(path));
    return bavail * bsize < leastRoom || (files > 0 && ffree === 0);
  } catch {
    return false;
  }
}

/** Runs an act on the storage; what goes wrong comes out as a named failure with the path. */
export function guarded<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    throw storageFailure(thrown, path);
  }
}
