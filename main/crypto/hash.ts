import { sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { runtimeDigest } from './runtime.ts';

/** The hash functions of Doc 9303, by their standard names (FIPS 180-4). */
export const hashNames = ['SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512'] as const;
export type HashName = (typeof hashNames)[number];

const functions = { 'SHA-1': sha1, 'SHA-224': sha224, 'SHA-256': sha256, 'SHA-384': sha384, 'SHA-512': sha512 };

/** The digest of `bytes`. */
export function digest(hash: HashName, bytes: Uint8Array): Uint8Array {
  return runtimeDigest(hash, bytes) ?? functions[hash](bytes);
}

/** Length of a digest in bytes. */
export function digestLength(hash: HashName): number {
  return functions[hash].outputLen;
}

/** noble's own hash object, for its constructions that ask for one. Only for this room. */
export function hashFunction(hash: HashName): (typeof functions)[HashName] {
  return functions[hash];
}
