import { createPrivateKey, createPublicKey, createSign, type KeyObject } from 'node:crypto';
import { type Curve, type CurveName, curveByName } from '../../../main/crypto/curves.ts';
import { digest, type HashName } from '../../../main/crypto/hash.ts';
import { bytesToUnsigned, unsignedToBytes } from '../../../main/crypto/points.ts';
import { encodeOid } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { fromHex, toHex } from '../../../main/result/bytes.ts';
import {
  ecTestKey,
  type RsaTestKey,
  type TestKey,
  type TestScheme,
  testPublicKeyInfo,
  testSign,
  testSignatureAlgorithm,
} from '../../support/test-pki.ts';
import keys from './keys.json' with { type: 'json' };

/** A key with the one way in which it signs. */
export interface Signing {
  readonly publicKeyInfo: Uint8Array;
  /** AlgorithmIdentifier of its signatures. */
  readonly algorithm: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

function rsaKey({ modulus, exponent, privateExponent }: (typeof keys)['authority']): RsaTestKey {
  const number = (hex: string): bigint => bytesToUnsigned(fromHex(hex));
  return {
    kind: 'RSA',
    modulus: number(modulus),
    exponent: number(exponent),
    privateExponent: number(privateExponent),
  };
}

/** RSA with 3072 bits, and with 2048. */
export const authorityKey: RsaTestKey = rsaKey(keys.authority);
export const signerKey: RsaTestKey = rsaKey(keys.signer);

/** RSASSA-PSS as the plan wants it: one hash for the message and the mask, a salt of its length. */
export function pss(hash: HashName): TestScheme {
  return { scheme: 'RSASSA-PSS', hash, saltLength: digest(hash, new Uint8Array()).length };
}

export function pkcs1(hash: HashName): TestScheme {
  return { scheme: 'RSASSA-PKCS1-v1_5', hash };
}

export function ecdsa(hash: HashName, plain = false): TestScheme {
  return { scheme: 'ECDSA', hash, plain };
}

/** A key on a curve that follows from its seed. */
export function ecKey(curve: CurveName, seed: number): TestKey {
  return ecTestKey(curve, 'explicit', seed);
}

export function signing(key: TestKey, scheme: TestScheme, algorithm = testSignatureAlgorithm(scheme)): Signing {
  const sign = (message: Uint8Array): Uint8Array => testSign(key, scheme, message);
  return { publicKeyInfo: testPublicKeyInfo(key), algorithm, sign: remembered(sign) };
}

// The same certificates and lists stand behind most documents: signed once, and always with the same bytes.
function remembered(sign: Signing['sign']): Signing['sign'] {
  const signatures = new Map<string, Uint8Array>();
  return (message) => {
    const name = toHex(digest('SHA-256', message));
    const signature = signatures.get(name) ?? sign(message);
    signatures.set(name, signature);
    return signature;
  };
}

/** PKCS#1 v1.5 whose SignerInfo names the key alone: rsaEncryption. */
export function unnamedPkcs1(key: TestKey, hash: HashName): Signing {
  const algorithm = encodeTlv(0x30, encodeOid('1.2.840.113549.1.1.1'), encodeTlv(0x05));
  return signing(key, pkcs1(hash), algorithm);
}

/** PKCS#1 v1.5 with MD5. */
export function md5Signing(key: RsaTestKey): Signing {
  const base64 = (number: bigint): string =>
    Buffer.from(unsignedToBytes(number, Math.ceil(number.toString(16).length / 2))).toString('base64url');
  const modulus = key.modulus;
  const jwk = { kty: 'RSA', n: base64(modulus), e: base64(key.exponent), d: base64(key.privateExponent) };
  // The factors of a modulus follow from both exponents; Node wants them stated.
  const { p, q } = factors(key);
  const numbers = { p, q, dp: key.privateExponent % (p - 1n), dq: key.privateExponent % (q - 1n), qi: inverse(q, p) };
  const stated = Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, base64(number)]));
  const privateKey = createPrivateKey({ key: { ...jwk, ...stated }, format: 'jwk' });
  return {
    publicKeyInfo: testPublicKeyInfo(key),
    algorithm: encodeTlv(0x30, encodeOid('1.2.840.113549.1.1.4'), encodeTlv(0x05)),
    sign: (message) => signed('RSA-MD5', privateKey, message),
  };
}

const dsaNames = {
  'SHA-1': ['1.2.840.10040.4.3', 'DSA-SHA1'],
  'SHA-224': ['2.16.840.1.101.3.4.3.1', 'SHA224'],
  'SHA-256': ['2.16.840.1.101.3.4.3.2', 'SHA256'],
} as const;

/** DSA with a prime of 3072 bits for the authority, of 2048 for the signer. */
export function dsaSigning(whose: 'authority' | 'signer', hash: keyof typeof dsaNames): Signing {
  const der = fromHex(keys[`dsa-${whose}`]);
  const privateKey = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  const [identifier, name] = dsaNames[hash];
  return {
    publicKeyInfo: new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' })),
    algorithm: encodeTlv(0x30, encodeOid(identifier)),
    sign: (message) => signed(name.replace('DSA-', ''), privateKey, message),
  };
}

function signed(name: string, privateKey: KeyObject, message: Uint8Array): Uint8Array {
  return new Uint8Array(createSign(name).update(message).sign(privateKey));
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

function inverse(value: bigint, modulus: bigint): bigint {
  return power(value, modulus - 2n, modulus);
}

function greatestCommonDivisor(first: bigint, second: bigint): bigint {
  return second === 0n ? first : greatestCommonDivisor(second, first % second);
}

// NIST SP 800-56B appendix C.1, with small bases in the place of random ones.
function factors({ modulus, exponent, privateExponent }: RsaTestKey): { readonly p: bigint; readonly q: bigint } {
  let odd = exponent * privateExponent - 1n;
  while ((odd & 1n) === 0n) odd >>= 1n;
  for (let base = 2n; base < 100n; base++) {
    let value = power(base, odd, modulus);
    for (let square = (value * value) % modulus; square !== 1n; square = (value * value) % modulus) value = square;
    const p = greatestCommonDivisor(value - 1n, modulus);
    if (p > 1n && p < modulus) return { p, q: modulus / p };
  }
  throw new RangeError('no factors');
}

/** A curve of the plan's key lengths. The plan names none but the only one with 512 bits. */
export function curveOfLength(bits: 224 | 256 | 384 | 512): Curve {
  return curveByName(`brainpoolP${bits}r1`);
}
