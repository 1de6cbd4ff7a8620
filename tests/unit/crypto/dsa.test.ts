import { createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isDsaKey, verifyDsa } from '../../../main/crypto/dsa.ts';
import { encodeEcdsaSignature } from '../../../main/crypto/ecdsa.ts';
import { digest } from '../../../main/crypto/hash.ts';
import { parsePublicKey } from '../../../main/trust/x509/public-key.ts';

const pair = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
const own = parsePublicKey(new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' })));
const message = new TextEncoder().encode('sample');

describe('DSA (FIPS 186-4 §4.7)', () => {
  it.each(['SHA-1', 'SHA-256'] as const)('verifies what another implementation signed with %s', (hash) => {
    if (own.kind !== 'DSA') throw new RangeError('no DSA key');
    const signature = new Uint8Array(createSign(hash.replace('-', '')).update(message).sign(pair.privateKey));
    const hashed = digest(hash, message);
    expect(verifyDsa(own, hashed, signature)).toBe(true);
    expect(verifyDsa(own, digest(hash, hashed), signature)).toBe(false);
    expect(verifyDsa(own, hashed, signature.slice(0, -1))).toBe(false);
    expect(verifyDsa({ ...own, y: own.g }, hashed, signature)).toBe(false);
  });

  it('refuses numbers outside 1 to q - 1', () => {
    if (own.kind !== 'DSA') throw new RangeError('no DSA key');
    const hashed = digest('SHA-1', message);
    for (const [r, s] of [
      [0n, 1n],
      [1n, 0n],
      [own.q, 1n],
      [1n, own.q],
    ] as const)
      expect(verifyDsa(own, hashed, encodeEcdsaSignature({ r, s }))).toBe(false);
  });

  it('knows a key by its subgroup', () => {
    if (own.kind !== 'DSA') throw new RangeError('no DSA key');
    expect(isDsaKey(own)).toBe(true);
    expect(isDsaKey({ ...own, y: 1n })).toBe(false);
    expect(isDsaKey({ ...own, y: own.p - 1n })).toBe(false);
    expect(isDsaKey({ ...own, g: 2n })).toBe(false);
    expect(isDsaKey({ ...own, q: own.q + 1n })).toBe(false);
  });
});
