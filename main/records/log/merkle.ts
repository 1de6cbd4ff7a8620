import { hexDigest } from '../../crypto/sealing.ts';

/** Length in bytes of every hash of the tree. */
export const hashLength = 32;

/** The hash of an entry (RFC 6962 §2.1): SHA-256 over 0x00 and the entry. */
export function leafHash(entry: Uint8Array): Uint8Array {
  const framed = new Uint8Array(1 + entry.length);
  framed.set(entry, 1);
  return hashOf(framed);
}

/** The hash of an inner node (RFC 6962 §2.1): SHA-256 over 0x01 and its two children. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const framed = new Uint8Array(1 + 2 * hashLength);
  framed[0] = 1;
  framed.set(left, 1);
  framed.set(right, 1 + hashLength);
  return hashOf(framed);
}

/** The root of a tree without entries (RFC 6962 §2.1): SHA-256 of nothing. */
export function emptyRoot(): Uint8Array {
  return hashOf(new Uint8Array(0));
}

// Every check makes two of them for each record: by way of a text that takes a quarter of the time.
function hashOf(framed: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.from(hexDigest(framed), 'hex'));
}

/*
 * Sizes and indexes go up to 2^53 - 1, past what JavaScript's bit operators take: halves and remainders are reckoned.
 */

/** The number without its last bit. */
export function half(number: number): number {
  return Math.floor(number / 2);
}

/** Whether the last bit is set. */
export function isOdd(number: number): boolean {
  return number % 2 === 1;
}
