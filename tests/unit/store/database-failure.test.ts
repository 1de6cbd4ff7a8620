import type * as Fs from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { asFailure } from '../../../main/result/failure.ts';
import { storageFailure } from '../../../main/store/database-failure.ts';
import { temporaryFolder } from './support.ts';

/* A disk that is full is told as full, whatever SQLite was doing when it found out: it says why in one code alone. */

const disk = vi.hoisted((): { told: { bavail: number; files: number; ffree: number } | null } => ({ told: null }));
vi.mock('node:fs', async (original) => {
  const real = (await original()) as typeof Fs;
  const statfsSync = () => {
    if (disk.told === null) throw new Error('no such place');
    return { bsize: 4096, ...disk.told };
  };
  return { ...real, statfsSync };
});

const room = { bavail: 1_000, files: 10, ffree: 5 };
const codeOf = (sqlite: string, told: typeof disk.told): string => {
  disk.told = told;
  const thrown = new Database.SqliteError('disk I/O error', sqlite);
  return asFailure(storageFailure(thrown, join(temporaryFolder(), 'styrk.db'))).code;
};

it('the index of the log that finds no room is a full disk', () => {
  for (const told of [room, { ...room, bavail: 0 }, null])
    expect(codeOf('SQLITE_IOERR_SHMSIZE', told)).toBe('storage.full');
});

it.each([
  ['SQLITE_IOERR_WRITE', 'storage.input-output'],
  ['SQLITE_IOERR_FSYNC', 'storage.input-output'],
  ['SQLITE_IOERR_TRUNCATE', 'storage.input-output'],
  ['SQLITE_CANTOPEN', 'storage.refused'],
])('%s is a full disk where the system says that it is full, and %s otherwise', (sqlite, otherwise) => {
  expect(codeOf(sqlite, { ...room, bavail: 3 })).toBe('storage.full');
  // No file can be made there any more.
  expect(codeOf(sqlite, { ...room, ffree: 0 })).toBe('storage.full');
  // A file system that counts no files tells 0 of 0.
  expect(codeOf(sqlite, { ...room, files: 0, ffree: 0 })).toBe(otherwise);
  expect(codeOf(sqlite, room)).toBe(otherwise);
  expect(codeOf(sqlite, null)).toBe(otherwise);
});

it('what has nothing to do with room is told as it is on a full disk too', () => {
  const full = { ...room, bavail: 0 };
  for (const [sqlite, code] of [
    ['SQLITE_IOERR_READ', 'storage.input-output'],
    ['SQLITE_IOERR_SHORT_READ', 'storage.input-output'],
    ['SQLITE_BUSY', 'storage.busy'],
    ['SQLITE_CORRUPT', 'storage.corrupt'],
    ['SQLITE_READONLY', 'storage.refused'],
  ] as const)
    expect(codeOf(sqlite, full)).toBe(code);
});
