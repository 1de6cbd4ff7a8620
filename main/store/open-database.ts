import {
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Database, { type Database as Connection } from 'better-sqlite3';
import type { RandomSource } from '../crypto/random.ts';
import { toHex } from '../result/bytes.ts';
import type { DataKind } from '../result/data-kind.ts';
import { Failure } from '../result/failure.ts';
import { bringUp } from './bring-up.ts';
import { guarded } from './database-failure.ts';
import { applicationIdOf, hasPendingLog, inspectHeader } from './database-header.ts';
import { markKey, newMarkKey } from './marks/mark-key.ts';
import { markEverything } from './marks/mark-tables.ts';
import { StoreMarks } from './marks/store-marks.ts';
import { migrate, newestVersion } from './migrate.ts';

const fileName = 'styrk.db';
/** How long a connection waits for another process that writes. */
const busyMilliseconds = 5_000;

/**
 * Opens the folder's database, or makes folder and database where `create` says so (else `storage.missing`). What is not
 * ours, is damaged, of the other kind or of a newer app is refused before anything is written.
 */
export function openDatabase(options: {
  readonly directory: string;
  readonly kind: DataKind;
  readonly create: boolean;
  readonly random: RandomSource;
}): { readonly database: Connection; readonly path: string; readonly marks: StoreMarks } {
  const { directory, kind, create, random } = options;
  const path = join(directory, fileName);
  return guarded(path, () => {
    if (!existsSync(path)) {
      if (!create) throw new Failure('storage.missing', { path });
      makeFolder(directory);
      makeDatabase({ directory, path, kind, random });
    }
    inspectHeader(path, kind, newestVersion);
    const database = connect(path);
    try {
      bringUp(database, { directory, path, random });
      const key = markKey(directory);
      return { database, path, marks: new StoreMarks(database, path, key) };
    } catch (thrown) {
      database.close();
      throw thrown;
    }
  });
}

/**
 * Whether a folder that is missing, or is there without a database, could become a data folder: a nameless empty folder is
 * made in it, or in the nearest one above it that is there, and removed at once. Rights alone do not tell: a file system may
 * be read-only or take no folders. Throws `storage.refused` or `storage.full`.
 */
export function tryFolder(directory: string): void {
  guarded(join(directory, fileName), () => {
    let there = resolve(directory);
    while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
    rmdirSync(mkdtempSync(join(there, '.styrk-')));
  });
}

function makeFolder(directory: string): void {
  const isNew = makeMissing(resolve(directory));
  // An empty folder that was made for us becomes ours alone; one with other things in it keeps its rights.
  if (isNew || readdirSync(directory).length === 0) chmodSync(directory, 0o700);
}

// One folder after the other: `recursive` never comes back for a path below a file system that takes no folders (/proc).
function makeMissing(directory: string): boolean {
  if (existsSync(directory)) return false;
  const parent = dirname(directory);
  if (parent !== directory) makeMissing(parent);
  try {
    mkdirSync(directory, { mode: 0o700 });
    return true;
  } catch (thrown) {
    // Another process that begins at the same moment may have been first.
    if (existsSync(directory)) return false;
    throw thrown;
  }
}

// Made under another name and linked into place when it is whole: two processes may try, and a crash leaves no half of one.
function makeDatabase(folder: { directory: string; path: string; kind: DataKind; random: RandomSource }): void {
  const { directory, path, kind, random } = folder;
  const half = `${path}.${toHex(random(8))}`;
  closeSync(openSync(half, 'wx', 0o600));
  try {
    const database = new Database(half);
    try {
      database.pragma('synchronous = FULL');
      database.pragma(`application_id = ${applicationIdOf(kind)}`);
      migrate(database, path);
      database.prepare('INSERT INTO folder (only_row, id, kind) VALUES (1, ?, ?)').run(toHex(random(16)), kind);
      using key = newMarkKey(directory, random);
      database.transaction(() => markEverything(database, key.reveal(), null))();
    } finally {
      database.close();
    }
    linkIfMissing(half, path);
  } finally {
    rmSync(half, { force: true });
  }
}

function linkIfMissing(half: string, path: string): void {
  try {
    linkSync(half, path);
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code !== 'EEXIST') throw thrown;
  }
}

function connect(path: string): Connection {
  // A read-only connection leaves a pending log alone, whatever it finds.
  const pending = hasPendingLog(path);
  if (pending) examineReadOnly(path);
  const database = new Database(path, { fileMustExist: true, timeout: busyMilliseconds });
  try {
    harden(database);
    if (!pending) examine(database, path);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('secure_delete = ON');
    database.pragma('temp_store = MEMORY');
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** Fails where nothing can be written now: the lock is taken and given back, nothing is changed. */
export function tryWriting(database: Connection, patienceMillis: number): void {
  database.pragma(`busy_timeout = ${patienceMillis}`);
  try {
    database.exec('BEGIN IMMEDIATE');
    database.exec('ROLLBACK');
  } finally {
    database.pragma(`busy_timeout = ${busyMilliseconds}`);
  }
}

/** A connection that reads a database which the app has open, and can do nothing else. Fails as the storage does. */
export function openToRead(path: string): Connection {
  return guarded(path, () => {
    const database = new Database(path, { fileMustExist: true, readonly: true, timeout: busyMilliseconds });
    harden(database);
    return database;
  });
}

function examineReadOnly(path: string): void {
  const database = new Database(path, { fileMustExist: true, readonly: true, timeout: busyMilliseconds });
  try {
    harden(database);
    examine(database, path);
  } finally {
    database.close();
  }
}

// A database is input too: its schema may call no function of ours, and its cells are checked as they are read.
function harden(database: Connection): void {
  database.pragma('trusted_schema = OFF');
  database.pragma('cell_size_check = ON');
}

function examine(database: Connection, path: string): void {
  const answer = database.pragma('quick_check(1)', { simple: true });
  if (answer !== 'ok') throw new Failure('storage.corrupt', { path });
}
