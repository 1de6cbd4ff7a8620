import { digest, digestLength, type HashName } from '../../crypto/hash.ts';
import { modularPower } from '../../crypto/modular.ts';
import { bytesToUnsigned, unsignedToBytes } from '../../crypto/points.ts';
import type { RandomSource } from '../../crypto/random.ts';
import { concat } from '../../result/bytes.ts';

/** Partial recovery, no padding needed (ISO/IEC 9796-2 §8.1; 9303-11 appendix F). */
const header = 0x6a;

/** The explicit trailers of ISO/IEC 9796-2: the hash function, then CC (9303-11 §6.1.2.2; SHA-1 by ISO/IEC 10118-3). */
const explicitTrailers: Readonly<Record<HashName, number>> = {
  'SHA-1': 0x33,
  'SHA-224': 0x38,
  'SHA-256': 0x34,
  'SHA-384': 0x36,
  'SHA-512': 0x35,
};

export interface RecoverableScheme {
  readonly hash: HashName;
  /** `implicit` is the one byte BC, which leaves the hash function to agreement: SHA-1. */
  readonly trailer: 'implicit' | 'explicit';
}

/**
 * Digital signature scheme 1 of ISO/IEC 9796-2 over a chosen M1 and the challenge M2 (9303-11 §6.1.2.2). The modulus has a
 * whole number of bytes. Throws a RangeError where it is too short.
 */
export function signRecoverably(
  { modulus, privateExponent }: { readonly modulus: bigint; readonly privateExponent: bigint },
  { hash, trailer }: RecoverableScheme,
  challenge: Uint8Array,
  random: RandomSource,
): Uint8Array {
  const length = Math.ceil(modulus.toString(16).length / 2);
  const end = trailer === 'implicit' ? Uint8Array.of(0xbc) : Uint8Array.of(explicitTrailers[hash], 0xcc);
  const recoverableLength = length - 1 - digestLength(hash) - end.length;
  if (recoverableLength < 0) throw new RangeError('modulus too short');
  const recoverable = random(recoverableLength);
  const hashed = digest(hash, concat(recoverable, challenge));
  const block = concat(Uint8Array.of(header), recoverable, hashed, end);
  return unsignedToBytes(modularPower(bytesToUnsigned(block), privateExponent, modulus), length);
}
