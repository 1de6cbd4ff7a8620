import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';

/*
 * Every key that a data folder needs is zeros once the folder is closed, and those of an unlocking that failed at once. The
 * class is exchanged here for one that keeps its arrays in sight.
 */
const made = vi.hoisted((): Uint8Array[] => []);
vi.mock(import('../../../main/result/secret-bytes.ts'), async (original) => {
  const { SecretBytes } = await original();
  class WatchedBytes extends SecretBytes {
    constructor(bytes: Uint8Array) {
      super(bytes);
      made.push(bytes);
    }
    static override orNull(bytes: Uint8Array | null): WatchedBytes | null {
      return bytes === null ? null : new WatchedBytes(bytes);
    }
  }
  return { SecretBytes: WatchedBytes };
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { passphraseOf } from '../../../main/result/passphrase.ts';
import { markKeyFile } from '../../../main/store/marks/mark-key.ts';
import { openStore } from '../../../main/store/open-store.ts';
import type { KeyProvider, Store } from '../../../main/store/types.ts';
import { failureFrom } from '../../support/chip-cards.ts';
import { fromOutside } from '../../support/from-outside.ts';

const alive = (): number => made.filter((bytes) => bytes.some((byte) => byte !== 0)).length;
const ownKeyFile: KeyProvider = { kind: 'key-file', path: null };
const passphrase = (text: string): KeyProvider => ({ kind: 'passphrase', passphrase: passphraseOf(text) });
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

beforeEach(() => {
  made.length = 0;
});

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'styrk-secrets-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

function open(directory: string): Store {
  return openStore({ directory, kind: 'training', create: true, random });
}

describe('a folder', () => {
  test.each([
    ['a key file', ownKeyFile],
    ['a passphrase', passphrase('twelve different letters')],
  ])('that is unlocked by %s keeps no key when it is closed', async (_name, provider) => {
    const directory = folder();
    for (let round = 0; round < 2; round++) {
      made.length = 0;
      const store = open(directory);
      const { holders, acts } = await store.unlock(provider);
      // The master key for a backup, marks, the station's signature, what other stations seal for, records, the register with its index, layers and tokens, orders, the second
      // key's seal, holds, operators, referrals, services and what they answered, blocked and known documents, and what keys of the log are made of. What seals marks and station, and what indexes are made of, is needed at the unlocking alone.
      expect(alive()).toBe(20);
      store.close();
      expect(alive()).toBe(0);
      // Nothing is sealed or signed with zeros.
      expect(() =>
        holders.importAll([{ id: '1', surname: 'A', givenNames: 'B', birthDate: null, personalNumber: null }]),
      ).toThrow();
      expect(() => acts.record({ kind: 'clock.accept', at: '', signs: [], reason: '', detail: {} }, () => 1)).toThrow();
    }
  });

  test('keeps nothing of a passphrase that does not open it', async () => {
    const directory = folder();
    const store = open(directory);
    await store.unlock(passphrase('twelve different letters'));
    store.close();
    made.length = 0;
    const again = open(directory);
    using wrong = passphraseOf('twelve other letters');
    const end = await failureFrom(again.unlock({ kind: 'passphrase', passphrase: wrong }));
    expect(end.code).toBe('storage.wrong-key');
    wrong.purge();
    // The marks' key alone, which opening needs.
    expect(alive()).toBe(1);
    again.close();
    expect(alive()).toBe(0);
  });

  test.each([
    [
      'the station',
      (directory: string) => fromOutside(join(directory, 'styrk.db'), 'UPDATE station SET public_key = zeroblob(32)'),
    ],
    [
      'the copy of the marks key',
      (directory: string) => fromOutside(join(directory, 'styrk.db'), 'UPDATE mark_key SET sealed = zeroblob(72)'),
    ],
    ['the marks key', (directory: string) => writeFileSync(markKeyFile(directory), `${'ab'.repeat(32)}\n`)],
  ])('keeps nothing where %s was exchanged', async (_name, exchange) => {
    const directory = folder();
    const store = open(directory);
    await store.unlock(ownKeyFile);
    store.close();
    exchange(directory);
    made.length = 0;
    const again = open(directory);
    await again.unlock(ownKeyFile).catch(() => undefined);
    again.close();
    expect(made.length).toBeGreaterThan(3);
    expect(alive()).toBe(0);
  });
});
