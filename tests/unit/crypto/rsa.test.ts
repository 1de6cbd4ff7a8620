import { constants, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digest, digestLength, hashNames } from '../../../main/crypto/hash.ts';
import { modularPower } from '../../../main/crypto/modular.ts';
import { bytesToUnsigned, unsignedToBytes } from '../../../main/crypto/points.ts';
import { signRsaPkcs1, signRsaPss, verifyRsaPkcs1, verifyRsaPss } from '../../../main/crypto/rsa.ts';
import { concat, fromHex } from '../../../main/result/bytes.ts';

const message = new TextEncoder().encode('signed attributes');

function numbersOf(key: KeyObject): { modulus: bigint; exponent: bigint; privateExponent: bigint } {
  const jwk = key.export({ format: 'jwk' });
  const number = (text: string | undefined): bigint =>
    bytesToUnsigned(new Uint8Array(Buffer.from(text ?? '', 'base64url')));
  return { modulus: number(jwk.n), exponent: number(jwk.e), privateExponent: number(jwk.d) };
}

// 1025 and 1031 bits: the encoded message of PSS is then a byte shorter than the modulus, or starts within a byte.
describe.each([1024, 1025, 1031, 2048])('RSA with %i bits', (modulusLength) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
  const key = numbersOf(privateKey);
  const name = (hash: string): string => hash.replace('-', '');

  test.each(hashNames)('PKCS#1 v1.5 with %s, both ways with OpenSSL', (hash) => {
    const hashed = digest(hash, message);
    const theirs = new Uint8Array(sign(name(hash), message, privateKey));
    expect(verifyRsaPkcs1(key, hash, hashed, theirs)).toBe(true);
    expect(signRsaPkcs1(key, hash, hashed)).toEqual(theirs);
    expect(verifyRsaPkcs1(key, hash, hashed.with(3, (hashed[3] ?? 0) ^ 1), theirs)).toBe(false);
    expect(verifyRsaPkcs1(key, hash, hashed, theirs.with(9, (theirs[9] ?? 0) ^ 1))).toBe(false);
  });

  test.each(hashNames)('PSS with %s, both ways with OpenSSL', (hash) => {
    const hashed = digest(hash, message);
    const most = Math.ceil((key.modulus.toString(2).length - 1) / 8) - digestLength(hash) - 2;
    const lengths = [0, 20, digestLength(hash), most].filter((saltLength) => saltLength >= 0 && saltLength <= most);
    for (const saltLength of lengths) {
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      const theirs = new Uint8Array(sign(name(hash), message, { key: privateKey, padding, saltLength }));
      const parameters = { hash, maskHash: hash, saltLength };
      expect(verifyRsaPss(key, parameters, hashed, theirs)).toBe(true);
      expect(verifyRsaPss(key, { ...parameters, saltLength: saltLength + 1 }, hashed, theirs)).toBe(false);
      expect(verifyRsaPss(key, parameters, hashed, theirs.with(9, (theirs[9] ?? 0) ^ 1))).toBe(false);
      const ours = signRsaPss(key, { hash, maskHash: hash }, hashed, new Uint8Array(saltLength).fill(7));
      expect(verify(name(hash), message, { key: publicKey, padding, saltLength }, ours)).toBe(true);
    }
  });

  test('PSS with another hash in the mask', () => {
    const hashed = digest('SHA-256', message);
    const ours = signRsaPss(key, { hash: 'SHA-256', maskHash: 'SHA-1' }, hashed, new Uint8Array(20));
    const parameters = { hash: 'SHA-256', maskHash: 'SHA-1', saltLength: 20 } as const;
    expect(verifyRsaPss(key, parameters, hashed, ours)).toBe(true);
    expect(verifyRsaPss(key, { ...parameters, maskHash: 'SHA-256' }, hashed, ours)).toBe(false);
  });

  test('a signature of another length, or beyond the modulus, is none', () => {
    const hashed = digest('SHA-256', message);
    const signature = signRsaPkcs1(key, 'SHA-256', hashed);
    expect(verifyRsaPkcs1(key, 'SHA-256', hashed, signature.subarray(1))).toBe(false);
    expect(verifyRsaPkcs1(key, 'SHA-256', hashed, concat(Uint8Array.of(0), signature))).toBe(false);
    const larger = bytesToUnsigned(signature) + key.modulus;
    const length = Math.ceil(key.modulus.toString(2).length / 8);
    if (larger >> BigInt(8 * length) === 0n)
      expect(verifyRsaPkcs1(key, 'SHA-256', hashed, unsignedToBytes(larger, length))).toBe(false);
    expect(verifyRsaPss(key, { hash: 'SHA-256', maskHash: 'SHA-256', saltLength: 32 }, hashed, signature)).toBe(false);
  });
});

describe('hostile keys', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const key = numbersOf(privateKey);
  const hashed = digest('SHA-256', message);
  const signature = signRsaPkcs1(key, 'SHA-256', hashed);

  test.each([
    ['modulus zero', { ...key, modulus: 0n }],
    ['modulus even', { ...key, modulus: key.modulus + 1n }],
    ['modulus negative', { ...key, modulus: -key.modulus }],
    ['modulus too long', { ...key, modulus: (1n << 9000n) + 1n }],
    ['modulus too short', { ...key, modulus: 65_537n }],
    ['exponent one', { ...key, exponent: 1n }],
    ['exponent even', { ...key, exponent: 4n }],
    ['exponent zero', { ...key, exponent: 0n }],
    ['exponent too long', { ...key, exponent: (1n << 64n) + 1n }],
  ])('%s: nothing verifies', (_name, wrong) => {
    expect(verifyRsaPkcs1(wrong, 'SHA-256', hashed, signature)).toBe(false);
    const parameters = { hash: 'SHA-256', maskHash: 'SHA-256', saltLength: 0 } as const;
    expect(verifyRsaPss(wrong, parameters, hashed, signature)).toBe(false);
  });

  test('with exponent 3, bytes after the digest are not read over', () => {
    const modulus = (1n << 3071n) + 1n;
    // A block that begins as it should and whose end is chosen so that it is a cube (Bleichenbacher 2006).
    const prefix = concat(fromHex('0001ffffffffffffffff00'), fromHex('3031300d060960864801650304020105000420'), hashed);
    const target = bytesToUnsigned(concat(prefix, new Uint8Array(384 - prefix.length).fill(0xff)));
    let root = 0n;
    for (let step = 1n << 1020n; step > 0n; step >>= 1n) {
      if ((root + step) ** 3n <= target) root += step;
    }
    const forged = unsignedToBytes(root, 384);
    expect(Buffer.from(unsignedToBytes(root ** 3n, 384)).toString('hex')).toContain(
      Buffer.from(hashed).toString('hex'),
    );
    expect(verifyRsaPkcs1({ modulus, exponent: 3n }, 'SHA-256', hashed, forged)).toBe(false);
  });

  test('any bytes as a signature end in false', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 128, maxLength: 128 }), (bytes) => {
        expect(verifyRsaPkcs1(key, 'SHA-256', hashed, bytes)).toBe(false);
      }),
    );
  });
});

test('the digest algorithm may come without parameters (RFC 8017 §9.2 note 2)', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const key = numbersOf(privateKey);
  const hashed = digest('SHA-256', message);
  const info = concat(fromHex('302f300b0609608648016503040201'), fromHex('0420'), hashed);
  const fill = new Uint8Array(128 - 3 - info.length).fill(0xff);
  const block = concat(Uint8Array.of(0, 1), fill, Uint8Array.of(0), info);
  const signature = unsignedToBytes(modularPower(bytesToUnsigned(block), key.privateExponent, key.modulus), 128);
  expect(verifyRsaPkcs1(key, 'SHA-256', hashed, signature)).toBe(true);
});

test('a modulus too short for the encoding is refused when signing', () => {
  const key = { modulus: (1n << 511n) + 1n, privateExponent: 3n };
  const hashed = digest('SHA-512', message);
  expect(() => signRsaPkcs1(key, 'SHA-512', hashed)).toThrow(RangeError);
  expect(() => signRsaPss(key, { hash: 'SHA-512', maskHash: 'SHA-512' }, hashed, new Uint8Array(8))).toThrow(
    RangeError,
  );
});
