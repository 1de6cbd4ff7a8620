import { shake128 } from '@noble/hashes/sha3.js';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import { expect, it } from 'vitest';
import { isMlDsaSignature, mlDsaPublicKey, mlDsaSign } from '../../../main/crypto/ml-dsa.ts';
import { toHex } from '../../../main/result/bytes.ts';

/*
 * FIPS 204 ML-DSA-44 by the accumulated vector of the community's test vectors (C2SP CCTV, ML-DSA, 100 iterations): seeds out of
 * SHAKE128 of nothing, each key signs the empty message without randomness, and SHAKE128 over all public keys and signatures comes to
 * a published value.
 */

it('makes the keys and the signatures of the published vector, and takes them', () => {
  const [seeds, all] = [shake128.create({}), shake128.create({})];
  const message = new Uint8Array(0);
  for (let round = 0; round < 100; round++) {
    const seed = seeds.xof(32);
    const publicKey = mlDsaPublicKey(seed);
    const signature = ml_dsa44.sign(message, ml_dsa44.keygen(seed).secretKey, { extraEntropy: false });
    all.update(publicKey).update(signature);
    // Each taken would take a second more; the first and the last stand for them.
    if (round % 99 === 0) expect(isMlDsaSignature(publicKey, message, signature)).toBe(true);
  }
  expect(toHex(all.xof(32))).toBe('d51148e1f9f4fa1a723a6cf42e25f2a99eb5c1b378b3d2dbbd561b1203beeae4');
});

it('signs what it takes, and takes nothing else', () => {
  const seed = new Uint8Array(32).fill(7);
  const [publicKey, message] = [mlDsaPublicKey(seed), new TextEncoder().encode('checkpoint')];
  const signature = mlDsaSign(seed, message);
  expect(isMlDsaSignature(publicKey, message, signature)).toBe(true);
  expect(isMlDsaSignature(publicKey, message.subarray(1), signature)).toBe(false);
  expect(isMlDsaSignature(mlDsaPublicKey(new Uint8Array(32)), message, signature)).toBe(false);
  for (const at of [0, 1200, 2419]) {
    const changed = signature.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(isMlDsaSignature(publicKey, message, changed)).toBe(false);
  }
  expect(isMlDsaSignature(publicKey, message, signature.subarray(1))).toBe(false);
  expect(isMlDsaSignature(publicKey.subarray(1), message, signature)).toBe(false);
});
