import { concat, equal } from '../result/bytes.ts';
import { digest, digestLength, type HashName } from './hash.ts';
import { unsignedToBytes } from './points.ts';
import { type RsaPublicKey, recoverRsa } from './rsa.ts';

/** Partial recovery, no padding between header and message (ISO/IEC 9796-2 §8; 9303-11 App. F). */
const header = Uint8Array.of(0x6a);

// The hash that a trailer stands for (9303-11 §6.1.2.2; ISO/IEC 10118-3).
const trailers: readonly { readonly bytes: Uint8Array; readonly hash: HashName }[] = [
  { bytes: Uint8Array.of(0xbc), hash: 'SHA-1' },
  { bytes: Uint8Array.of(0x33, 0xcc), hash: 'SHA-1' },
  { bytes: Uint8Array.of(0x38, 0xcc), hash: 'SHA-224' },
  { bytes: Uint8Array.of(0x34, 0xcc), hash: 'SHA-256' },
  { bytes: Uint8Array.of(0x36, 0xcc), hash: 'SHA-384' },
  { bytes: Uint8Array.of(0x35, 0xcc), hash: 'SHA-512' },
];

/**
 * Verifies a block as it comes out of RSA: header, the message's first part, the hash over both parts, trailer. The block
 * is built again from its parts and compared whole. The hash where it is right, else null.
 */
export function verifyRecoveredBlock(block: Uint8Array, secondPart: Uint8Array): HashName | null {
  const trailer = trailers.find(({ bytes }) => equal(block.subarray(-bytes.length), bytes));
  if (trailer === undefined) return null;
  const hashAt = block.length - trailer.bytes.length - digestLength(trailer.hash);
  if (hashAt <= header.length) return null;
  const firstPart = block.subarray(header.length, hashAt);
  const expected = concat(header, firstPart, digest(trailer.hash, concat(firstPart, secondPart)), trailer.bytes);
  return equal(expected, block) ? trailer.hash : null;
}

/**
 * ISO/IEC 9796-2 digital signature scheme 1 with partial recovery: `secondPart` is what the signature does not carry. The
 * hash that the trailer names where the signature is right, else null; also for keys beyond the bounds.
 */
export function verifyIso9796(key: RsaPublicKey, secondPart: Uint8Array, signature: Uint8Array): HashName | null {
  const recovered = recoverRsa(key, signature);
  if (recovered === null) return null;
  // The representative ends in the nibble C; a signer may have taken the smaller of it and its complement (§B.6).
  const representative = (recovered & 0xfn) === 0xcn ? recovered : key.modulus - recovered;
  return verifyRecoveredBlock(unsignedToBytes(representative, signature.length), secondPart);
}
