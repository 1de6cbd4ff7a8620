import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../main/result/failure.ts';
import { guarded } from '../../../main/store/database-failure.ts';
import { openStore } from '../../../main/store/open-store.ts';
import { openIn, random, temporaryFolder } from './support.ts';

function failureOf(act: () => unknown): Failure {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown;
    throw thrown;
  }
  throw new Error('nothing was refused');
}

function contentsOf(folder: string): Record<string, string> {
  const digest = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return Object.fromEntries(readdirSync(folder).map((name) => [name, digest(name)]));
}

/** A folder with a database that was used and closed. */
function usedFolder(): string {
  const folder = temporaryFolder();
  const store = openStore({ directory: folder, kind: 'training', create: true, random });
  store.settings.set('language', 'sv');
  store.close();
  return folder;
}

/** Opening is refused with this code and the path, and every file is as it was. */
function expectRefused(folder: string, code: string): Failure {
  const before = contentsOf(folder);
  const failure = failureOf(() => openStore({ directory: folder, kind: 'training', create: true, random }));
  expect(failure.code).toBe(code);
  expect(failure.fields.path).toBe(join(folder, 'styrk.db'));
  expect(contentsOf(folder)).toEqual(before);
  return failure;
}

function damage(folder: string, at: number, bytes: readonly number[]): void {
  const path = join(folder, 'styrk.db');
  const file = readFileSync(path);
  file.set(bytes, at);
  writeFileSync(path, file);
}

describe('a data folder', () => {
  it('is made at first use, for its owner alone, and opened again', () => {
    const folder = join(temporaryFolder(), 'deeper', 'data');
    openIn(folder).settings.set('language', 'sv');
    expect(openIn(folder, 'training', false).settings.get('language')).toBe('sv');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder))
      expect([name, statSync(join(folder, name)).mode & 0o077]).toEqual([name, 0]);
  });

  it('that is empty becomes its owner’s alone, one with other things keeps its rights', () => {
    const [empty, full] = [temporaryFolder(), temporaryFolder()];
    for (const folder of [empty, full]) chmodSync(folder, 0o755);
    writeFileSync(join(full, 'notes.txt'), 'mine');
    openIn(empty);
    openIn(full);
    expect([statSync(empty).mode & 0o777, statSync(full).mode & 0o777]).toEqual([0o700, 0o755]);
  });

  it('is not made where that was not asked', () => {
    const folder = join(temporaryFolder(), 'none');
    const failure = failureOf(() => openStore({ directory: folder, kind: 'training', create: false, random }));
    expect([failure.code, failure.fields.path]).toEqual(['storage.missing', join(folder, 'styrk.db')]);
    expect(() => statSync(folder)).toThrow();
  });

  it('has the connection settings that its promises rest on', () => {
    const folder = usedFolder();
    const store = openIn(folder);
    store.settings.set('reader', 'x');
    const probe = new Database(join(folder, 'styrk.db'), { readonly: true });
    expect(probe.pragma('journal_mode', { simple: true })).toBe('wal');
    probe.close();
  });

  it('is ordinary or training from its first use', () => {
    const folder = usedFolder();
    const before = contentsOf(folder);
    const failure = failureOf(() => openStore({ directory: folder, kind: 'ordinary', create: true, random }));
    expect([failure.code, failure.fields.found, failure.fields.asked]).toEqual(['data.kind', 'training', 'ordinary']);
    expect(contentsOf(folder)).toEqual(before);
  });

  it('in a place that takes no folders is refused, not waited for', () => {
    // Seen with Node 24: mkdir with `recursive` never came back for a path below /proc.
    const refused = failureOf(() =>
      openStore({ directory: '/proc/nope/deeper', kind: 'ordinary', create: true, random }),
    );
    expect(refused.code).toBe('storage.refused');
  });

  it('that is a file is refused', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, 'x');
    expect(failureOf(() => openStore({ directory: file, kind: 'training', create: true, random })).code).toBe(
      'storage.refused',
    );
  });
});

describe('a database that is not to be touched', () => {
  it.each([
    ['no SQLite file', Buffer.from('hello, this is a text\n'.repeat(100))],
    ['an empty file', Buffer.alloc(0)],
    ['a header alone', Buffer.from('SQLite format 3\0')],
    ['noise', createHash('sha512').update('noise').digest()],
  ])('%s is corrupt', (_, bytes) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'styrk.db'), bytes);
    expectRefused(folder, 'storage.corrupt');
  });

  it('of another program is foreign', () => {
    const folder = temporaryFolder();
    const other = new Database(join(folder, 'styrk.db'));
    other.exec('CREATE TABLE notes (text TEXT)');
    other.close();
    expectRefused(folder, 'storage.foreign');
  });

  it('of a newer app is newer', () => {
    const folder = usedFolder();
    const path = join(folder, 'styrk.db');
    const newer = new Database(path);
    newer.pragma('journal_mode = DELETE');
    newer.pragma('user_version = 99');
    newer.close();
    expect(expectRefused(folder, 'storage.newer').fields).toMatchObject({ found: 99 });
  });

  it('cut short is corrupt', () => {
    const folder = usedFolder();
    const path = join(folder, 'styrk.db');
    writeFileSync(path, readFileSync(path).subarray(0, 3 * 4096 + 100));
    expectRefused(folder, 'storage.corrupt');
  });

  it('with whole pages missing is corrupt', () => {
    const folder = usedFolder();
    const path = join(folder, 'styrk.db');
    writeFileSync(path, readFileSync(path).subarray(0, 3 * 4096));
    expectRefused(folder, 'storage.corrupt');
  });

  it('with noise in a page is corrupt', () => {
    const folder = usedFolder();
    damage(folder, 4096, Array(4096).fill(0xa5));
    expectRefused(folder, 'storage.corrupt');
  });

  it('with noise in its schema is corrupt', () => {
    const folder = usedFolder();
    damage(folder, 100, Array(800).fill(0x5a));
    expectRefused(folder, 'storage.corrupt');
  });

  it('that is a folder is refused', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'styrk.db'));
    expect(failureOf(() => openStore({ directory: folder, kind: 'training', create: true, random })).code).toBe(
      'storage.refused',
    );
  });
});

describe('more than one at a time', () => {
  it('two processes that make the same folder at once both get the same whole one', async () => {
    const folder = temporaryFolder();
    const answers = await Promise.all([1, 2, 3].map((number) => openInProcess(folder, number)));
    expect(answers).toEqual([0, 0, 0]);
    const store = openIn(folder, 'training', false);
    expect([1, 2, 3].map((number) => store.settings.get(`process-${number}`))).toEqual([1, 2, 3]);
    expect(readdirSync(folder).filter((name) => !/^styrk\.(db(-wal|-shm)?|mark-key)$/.test(name))).toEqual([]);
  });

  it('two connections see each other’s settings', () => {
    const folder = temporaryFolder();
    const [one, two] = [openIn(folder), openIn(folder)];
    one.settings.set('language', 'en');
    expect(two.settings.get('language')).toBe('en');
  });

  it('a lock that is not given up is named', () => {
    const folder = usedFolder();
    const store = openIn(folder);
    const other = new Database(join(folder, 'styrk.db'));
    other.exec('BEGIN IMMEDIATE');
    expect(failureOf(() => store.settings.set('language', 'en')).code).toBe('storage.busy');
    other.exec('ROLLBACK');
    other.close();
  });
});

describe('a process that was killed', () => {
  it('leaves a log, and what it wrote is there at the next start', async () => {
    const folder = temporaryFolder();
    await runInProcess(folder, "store.settings.set('language', 'en'); process.kill(process.pid, 'SIGKILL');");
    expect(statSync(join(folder, 'styrk.db-wal')).size).toBeGreaterThan(0);
    expect(openIn(folder, 'training', false).settings.get('language')).toBe('en');
  });

  it('leaves its log alone where the database behind it is corrupt', async () => {
    const folder = temporaryFolder();
    await runInProcess(folder, "store.settings.set('language', 'en'); process.kill(process.pid, 'SIGKILL');");
    damage(folder, 12 * 4096, Array(4096).fill(0xa5));
    const kept = (): unknown[] => [contentsOf(folder)['styrk.db'], contentsOf(folder)['styrk.db-wal']];
    const before = kept();
    expect(failureOf(() => openStore({ directory: folder, kind: 'training', create: true, random })).code).toBe(
      'storage.corrupt',
    );
    expect(kept()).toEqual(before);
  });
});

describe('failures of the machine', () => {
  it('a full disk is named, and the transaction leaves nothing', () => {
    const path = join(temporaryFolder(), 'small.db');
    const database = new Database(path);
    database.exec('CREATE TABLE t (bytes BLOB)');
    database.pragma('max_page_count = 4');
    const insert = () => database.prepare('INSERT INTO t VALUES (zeroblob(100000))').run();
    const failure = failureOf(() => guarded(path, insert));
    expect([failure.code, failure.fields.path]).toEqual(['storage.full', path]);
    expect(database.prepare('SELECT count(*) FROM t').pluck().get()).toBe(0);
    database.close();
  });

  it.each([
    ['ENOSPC', 'storage.full'],
    ['EDQUOT', 'storage.full'],
    ['EACCES', 'storage.refused'],
    ['EROFS', 'storage.refused'],
  ])('%s of the file system is %s', (code, named) => {
    const failure = failureOf(() =>
      guarded('/data/styrk.db', () => {
        throw Object.assign(new Error('no'), { code });
      }),
    );
    expect(failure.code).toBe(named);
  });

  it('what is no failure of the storage comes through as it is', () => {
    const fault = new TypeError('a fault of ours');
    expect(() =>
      guarded('/data/styrk.db', () => {
        throw fault;
      }),
    ).toThrow(fault);
  });
});

describe('settings', () => {
  it('are JSON values under a name', () => {
    const { settings } = openIn(temporaryFolder());
    expect(settings.get('reader')).toBeUndefined();
    settings.set('reader', { port: 'pcsc-mini', names: ['a', 'b'] });
    settings.set('reader', null);
    expect(settings.get('reader')).toBeNull();
    expect(failureOf(() => settings.set('reader', 'x'.repeat(20_000))).code).toBe('input.too-large');
  });
});

async function openInProcess(folder: string, number: number): Promise<number | null> {
  return runInProcess(folder, `store.settings.set('process-${number}', ${number}); store.close();`);
}

/** Opens the folder in a process of its own and does `act` with `store`; answers its exit status. */
async function runInProcess(folder: string, act: string): Promise<number | null> {
  const source = `
    import { openStore } from ${JSON.stringify(resolve(import.meta.dirname, '../../../main/store/open-store.ts'))};
    const random = (length) => crypto.getRandomValues(new Uint8Array(length));
    const store = openStore({ directory: process.argv[1], kind: 'training', create: true, random });
    ${act}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source, folder], { stdio: 'inherit' });
  return new Promise((done) => child.on('exit', done));
}
