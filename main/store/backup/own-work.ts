import { closeSync, existsSync, openSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import type { RandomSource } from '../../crypto/random.ts';
import { toHex } from '../../result/bytes.ts';

/*
 * What a run makes for itself and takes away at its end lies under a name of its own; a lock beside it says that the run is not over.
 * The system lets go of that lock with the process, however it ends, also where it was killed. The number of a process would tell
 * less: another one may bear it by now. It is a lock of SQLite's, as on the database: the runtime offers none, and it holds everywhere.
 */

const lockEnding = '.lock';
/** What SQLite lays beside a file that is a database goes with it. */
const endings = '(?:-journal|-wal|-shm|\\.lock)?';
/** A moment of the database for a backup, and what is unpacked of one for its key. */
const within = new RegExp(`^(styrk\\.(?:snapshot-(?:\\d+-)?|recovering-)[0-9a-f]{16})${endings}$`);
/** What comes after the name of a folder that is restored. */
const beside = new RegExp(`^(\\.restoring-[0-9a-f]{16})${endings}$`);

/** A place for one run's own work. Disposing of it takes away what lies there, and says that it is over. */
export interface OwnWork extends Disposable {
  readonly path: string;
}

/** How the names of works begin, each for one thing: those that `removeLeftWork` looks for. */
export const workNames = {
  /** Of a moment of the database. */
  snapshot: (directory: string): string => join(directory, 'styrk.snapshot-'),
  /** Of what is unpacked within a folder to open it anew. */
  recovering: (directory: string): string => join(directory, 'styrk.recovering-'),
  /** Of a folder that is restored, beside its place: it gets its name once it is whole. */
  restoring: (directory: string): string => {
    const place = resolve(directory);
    return join(dirname(place), `.${basename(place)}.restoring-`);
  },
} as const;

/** A place that begins so, for this run alone; nothing lies there yet. Fails as the file system does. */
export function beginWork(beginning: string, random: RandomSource): OwnWork {
  for (;;) {
    const path = `${beginning}${toHex(random(8))}`;
    const file = `${path}${lockEnding}`;
    closeSync(openSync(file, 'wx', 0o600));
    const lock = lockOf(file);
    if (lock !== null && existsSync(file)) {
      const dispose = (): void => {
        for (const ending of ['', '-journal', '-wal', '-shm'])
          rmSync(`${path}${ending}`, { recursive: true, force: true });
        lock[Symbol.dispose]();
        rmSync(file, { force: true });
      };
      return { path, [Symbol.dispose]: dispose };
    }
    // Another run looked at it in the moment before it was locked, and took it for left: another name.
    lock?.[Symbol.dispose]();
  }
}

/** Where works of runs that ended lie still: within a data folder, and beside it where it was to be restored. */
export function leftWork(directory: string): readonly string[] {
  const left: string[] = [];
  for (const [path, files] of worksOf(directory))
    unlessRefused(() => {
      using lock = leftLock(path);
      if (lock !== null && files.some((file) => file !== `${path}${lockEnding}`)) left.push(path);
    });
  return left;
}

/** Removes them. What the system does not let go of stays for the next time, and `leftWork` tells of it. */
export function removeLeftWork(directory: string): void {
  for (const [path, files] of worksOf(directory))
    unlessRefused(() => {
      const file = `${path}${lockEnding}`;
      {
        using lock = leftLock(path);
        if (lock === null) return;
        for (const each of files) if (each !== file) rmSync(each, { recursive: true, force: true });
      }
      rmSync(file, { force: true });
    });
}

function worksOf(directory: string): ReadonlyMap<string, readonly string[]> {
  const works = new Map<string, string[]>();
  const look = (place: string, beginning: string, form: RegExp): void =>
    unlessRefused(() => {
      for (const name of readdirSync(place)) {
        const own = name.startsWith(beginning) ? form.exec(name.slice(beginning.length))?.[1] : undefined;
        if (own === undefined) continue;
        const path = join(place, `${beginning}${own}`);
        works.set(path, [...(works.get(path) ?? []), join(place, name)]);
      }
    });
  const folder = resolve(directory);
  look(folder, '', within);
  look(dirname(folder), `.${basename(folder)}`, beside);
  return works;
}

// A run locks before it makes anything: without a lock nobody is there. Null where somebody is.
function leftLock(path: string): Disposable | null {
  const file = `${path}${lockEnding}`;
  return existsSync(file) ? lockOf(file) : { [Symbol.dispose]: () => undefined };
}

// Null where another run has it, or has just taken it away.
function lockOf(file: string): Disposable | null {
  let database: Database.Database | null = null;
  try {
    database = new Database(file, { fileMustExist: true, timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    const locked = database;
    return { [Symbol.dispose]: () => void locked.close() };
  } catch (thrown) {
    database?.close();
    if ((thrown as { code?: unknown }).code === 'SQLITE_BUSY' || !existsSync(file)) return null;
    throw thrown;
  }
}

function unlessRefused(act: () => void): void {
  try {
    act();
  } catch {
    // A folder that is not there yet, another account's, a disk that takes nothing: whoever has more to do here goes on.
  }
}
