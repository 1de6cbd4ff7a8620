import Database from 'better-sqlite3';
import { Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';

// By primary result code (https://sqlite.org/rescode.html).
const codes: readonly (readonly [RegExp, FailureCode])[] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'storage.busy'],
  [/^SQLITE_FULL/, 'storage.full'],
  [/^SQLITE_(CORRUPT|NOTADB|FORMAT)/, 'storage.corrupt'],
  [/^SQLITE_(READONLY|PERM|CANTOPEN|AUTH)/, 'storage.refused'],
  [/^SQLITE_IOERR/, 'storage.input-output'],
];

/** The named failure behind what SQLite or the file system threw; anything else comes back as it was. */
export function storageFailure(thrown: unknown, path: string): unknown {
  const code = (thrown as { code?: unknown } | null)?.code;
  if (thrown instanceof Failure || typeof code !== 'string') return thrown;
  if (thrown instanceof Database.SqliteError) {
    const known = codes.find(([form]) => form.test(code));
    return known === undefined ? thrown : new Failure(known[1], { path, sqlite: code }, thrown);
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Failure('storage.full', { path }, thrown);
  if (/^E[A-Z0-9]+$/.test(code)) return new Failure('storage.refused', { path, system: code }, thrown);
  return thrown;
}

/** Runs an act on the storage; what goes wrong comes out as a named failure with the path. */
export function guarded<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    throw storageFailure(thrown, path);
  }
}
