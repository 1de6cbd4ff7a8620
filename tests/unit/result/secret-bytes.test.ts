import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { SecretBytes } from '../../../main/result/secret-bytes.ts';

test('a secret is zeros once it is purged, and is revealed no more', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const secret = new SecretBytes(bytes);
  expect(secret.reveal()).toBe(bytes);
  secret.purge();
  expect([...bytes]).toEqual([0, 0, 0]);
  expect(() => secret.reveal()).toThrow('purged');
});

test('a declaration purges it where its block is left by a failure', () => {
  const bytes = Uint8Array.of(7);
  const failing = (): void => {
    using secret = new SecretBytes(bytes);
    throw new Error(`after ${secret.length}`);
  };
  expect(failing).toThrow('after 1');
  expect([...bytes]).toEqual([0]);
});

test('it shows its bytes in no text', () => {
  const secret = new SecretBytes(Uint8Array.of(222, 173));
  for (const shown of [`${secret}`, JSON.stringify({ secret }), inspect({ secret })]) {
    expect(shown).toContain('[secret]');
    expect(shown).not.toMatch(/222|de/);
  }
});

test('of nothing it makes nothing', () => {
  expect(SecretBytes.orNull(null)).toBeNull();
  expect(SecretBytes.orNull(Uint8Array.of(1))?.length).toBe(1);
});
