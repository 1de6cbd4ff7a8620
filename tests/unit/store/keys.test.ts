import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../main/result/failure.ts';
import { passphraseOf } from '../../../main/result/passphrase.ts';
import type { AsyncSafeStorage, KeyProvider, UnlockedStore } from '../../../main/store/types.ts';
import { caseFacts } from '../records/case-facts.ts';
import { openIn, ownKeyFileProvider, temporaryFolder, unlockedIn } from './support.ts';

const passphrase = (text: string): KeyProvider => ({ kind: 'passphrase', passphrase: passphraseOf(text) });
const keyFile = (path: string): KeyProvider => ({ kind: 'key-file', path });

/** A vault as a platform has one: what it gives out only itself can read. */
function vault(secret: number, backend = 'gnome_libsecret'): AsyncSafeStorage {
  const turn = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ secret);
  return {
    backend,
    encrypt: async (text) => turn(new Uint8Array([secret, ...new TextEncoder().encode(text)])),
    decrypt: async (encrypted) => {
      const plain = turn(encrypted);
      if (plain[0] !== secret) throw new Error('not from this vault');
      return new TextDecoder().decode(plain.subarray(1));
    },
  };
}

const failureOf = async (act: Promise<unknown>): Promise<Failure> =>
  act.then(
    () => Promise.reject(new Error('nothing was refused')),
    (thrown: Failure) => thrown,
  );

/** Who a station is, whichever connection it signs through. */
const identity = ({ station: { id, publicKey } }: Pick<UnlockedStore, 'station'>) => ({ id, publicKey });

describe('a passphrase', () => {
  it.each(['1', 'elevenchars', 'aaaaaaaaaaaaaaaaaaaa', '  1          '])('%j makes no master key', async (text) => {
    const store = openIn(temporaryFolder(), 'ordinary');
    expect((await failureOf(store.unlock(passphrase(text)))).code).toBe('storage.passphrase-weak');
    expect(store.describeKey()).toEqual([]);
  });

  it('makes the slot at the first unlock and opens the folder again, no other does', async () => {
    const folder = temporaryFolder();
    const first = openIn(folder, 'ordinary');
    expect(first.describeKey()).toEqual([]);
    const { station, slot, records } = await first.unlock(passphrase('correct horse battery'));
    records.append(caseFacts('case-1'), '0.1.0');
    expect(slot).toEqual({ kind: 'passphrase', backend: null });
    expect(first.describeKey()).toEqual([slot]);

    const second = openIn(folder, 'ordinary');
    const wrong = await failureOf(second.unlock(passphrase('correct horse batterz')));
    expect(wrong.code).toBe('storage.wrong-key');
    const again = await second.unlock(passphrase('correct horse battery'));
    expect(identity(again)).toEqual(identity({ station }));
    expect(again.records.get('case-1').content.id).toBe('case-1');
  });

  it('is not empty', async () => {
    const store = openIn(temporaryFolder(), 'ordinary');
    expect((await failureOf(store.unlock(passphrase('')))).code).toBe('storage.key-missing');
    expect(store.describeKey()).toEqual([]);
  });

  it('keeps its scrypt costs, and a changed database cannot raise them without bounds', async () => {
    const folder = temporaryFolder();
    const store = openIn(folder, 'ordinary');
    await store.unlock(passphrase('correct horse battery'));
    const database = new Database(join(folder, 'styrk.db'));
    expect(database.prepare('SELECT scrypt_cost, scrypt_block_size FROM key_slots').get()).toEqual({
      scrypt_cost: 131_072,
      scrypt_block_size: 8,
    });
    database.exec('UPDATE key_slots SET scrypt_cost = 1073741824');
    database.close();
    expect((await failureOf(store.unlock(passphrase('correct horse battery')))).code).toBe('storage.corrupt');
  });
});

describe('a key file', () => {
  it('is made by a training folder itself, for its owner alone', async () => {
    const folder = temporaryFolder();
    const { slot } = await unlockedIn(folder);
    expect(slot).toEqual({ kind: 'key-file', backend: null });
    expect(statSync(join(folder, 'training.key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'training.key'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    expect((await unlockedIn(folder)).station.id).toMatch(/^station-/);
  });

  it('may be given by its path', async () => {
    const folder = temporaryFolder();
    await unlockedIn(folder);
    const moved = join(temporaryFolder(), 'moved.key');
    copyFileSync(join(folder, 'training.key'), moved);
    rmSync(join(folder, 'training.key'));
    expect((await openIn(folder).unlock(keyFile(moved))).slot.kind).toBe('key-file');
  });

  it('that is gone is missing, and no new one is made', async () => {
    const folder = temporaryFolder();
    await unlockedIn(folder);
    rmSync(join(folder, 'training.key'));
    const failure = await failureOf(openIn(folder).unlock(ownKeyFileProvider));
    expect([failure.code, failure.fields.path]).toEqual(['storage.key-missing', join(folder, 'training.key')]);
    expect(existsSync(join(folder, 'training.key'))).toBe(false);
  });

  it.each(['0'.repeat(64), 'nonsense', '', 'ab'.repeat(2000)])('%j does not open another folder', async (text) => {
    const folder = temporaryFolder();
    await unlockedIn(folder);
    const wrong = join(temporaryFolder(), 'wrong.key');
    writeFileSync(wrong, text);
    expect((await failureOf(openIn(folder).unlock(keyFile(wrong)))).code).toBe('storage.wrong-key');
  });

  it('never opens ordinary data', async () => {
    const path = join(temporaryFolder(), 'a.key');
    writeFileSync(path, '1'.repeat(64));
    const store = openIn(temporaryFolder(), 'ordinary');
    expect((await failureOf(store.unlock(keyFile(path)))).code).toBe('storage.key-file-training');
    expect((await failureOf(store.unlock(ownKeyFileProvider))).code).toBe('storage.key-file-training');
    expect(store.describeKey()).toEqual([]);
  });
});

describe('the platform’s vault', () => {
  it('keeps the key and says which vault it is', async () => {
    const folder = temporaryFolder();
    const safeStorage = vault(0x5a, 'basic_text');
    const first = await openIn(folder, 'ordinary').unlock({ kind: 'safe-storage', safeStorage });
    expect(first.slot).toEqual({ kind: 'safe-storage', backend: 'basic_text' });
    const again = await openIn(folder, 'ordinary').unlock({ kind: 'safe-storage', safeStorage });
    expect(identity(again)).toEqual(identity(first));
    const other = openIn(folder, 'ordinary').unlock({ kind: 'safe-storage', safeStorage: vault(0x33) });
    expect((await failureOf(other)).code).toBe('storage.wrong-key');
  });
});

describe('a locked folder', () => {
  it('says what keeps its key and what to do', async () => {
    const folder = temporaryFolder();
    const store = openIn(folder, 'ordinary');
    expect((await failureOf(store.unlock(null))).fields).toMatchObject({ keptBy: null, advice: 'choose-key' });
    await store.unlock({ kind: 'safe-storage', safeStorage: vault(0x5a) });
    for (const provider of [null, passphrase('x')]) {
      const failure = await failureOf(store.unlock(provider));
      expect([failure.code, failure.fields.keptBy, failure.fields.advice]).toEqual([
        'storage.locked',
        'safe-storage',
        'open-in-app',
      ]);
    }
  });

  it('gives trust and settings without a key', async () => {
    const folder = temporaryFolder();
    await unlockedIn(folder);
    const store = openIn(folder);
    expect([store.trust.count(), store.settings.get('x'), await store.trust.size()]).toEqual([0, undefined, 0]);
  });

  it('gets one master key although two unlock it first at the same time', async () => {
    const folder = temporaryFolder();
    const [one, two] = [openIn(folder), openIn(folder)];
    const [a, b] = await Promise.all([one.unlock(ownKeyFileProvider), two.unlock(ownKeyFileProvider)]);
    expect(identity(a)).toEqual(identity(b));
    expect(one.describeKey()).toHaveLength(1);
  });

  it('whose station was changed from outside is not used', async () => {
    const folder = temporaryFolder();
    const { store } = await unlockedIn(folder);
    store.close();
    const database = new Database(join(folder, 'styrk.db'));
    database.exec('UPDATE station SET public_key = zeroblob(32)');
    database.close();
    expect((await failureOf(openIn(folder).unlock(ownKeyFileProvider))).code).toBe('storage.corrupt');
  });
});

describe('a folder whose key slots are gone', () => {
  // Issue 2, bad input: a corrupt database is refused with its path and left untouched.
  it.each([ownKeyFileProvider, passphrase('correct horse battery'), null])(
    'gets no new key that opens nothing',
    async (provider) => {
      const folder = temporaryFolder();
      await unlockedIn(folder);
      const database = new Database(join(folder, 'styrk.db'));
      database.exec('DELETE FROM key_slots');
      const store = openIn(folder);
      const { code, fields } = await failureOf(store.unlock(provider));
      expect({ code, fields }).toEqual({ code: 'storage.corrupt', fields: { path: store.path, part: 'key-slots' } });
      expect(database.prepare('SELECT count(*) FROM key_slots').pluck().get()).toBe(0);
      database.close();
    },
  );
});

describe('while another process writes', () => {
  // Issue 2, store: WAL. Readers go on beside a writer.
  it('a folder that has its key and station opens and reads', async () => {
    const folder = temporaryFolder();
    const { station, records } = await unlockedIn(folder);
    records.append(caseFacts('case-1'), '0.1.0');
    const writer = new Database(join(folder, 'styrk.db'));
    writer.exec("BEGIN IMMEDIATE; INSERT INTO settings (name, value) VALUES ('half', '1')");
    const beside = await unlockedIn(folder);
    expect(identity(beside)).toEqual(identity({ station }));
    expect(beside.records.check()).toEqual({ records: 1, erased: 0, intact: true, broken: [] });
    writer.exec('ROLLBACK');
    writer.close();
  });
});
