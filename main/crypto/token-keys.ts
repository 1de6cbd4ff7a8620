import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { concat } from '../result/bytes.ts';
import type { RandomSource } from './random.ts';

/** Length in bytes of a coordinate, and of a secret, of Ed25519 and P-256. */
const length = 32;
/** So many random bytes make an even secret of P-256 (FIPS 186-5 §A.2.1). */
const seedLength = 48;
const uncompressed = new Uint8Array([4]);

/**
 * Whether these 32 bytes are a public key of Ed25519 (RFC 8032 §5.1.3) under which not everybody has signed: a point of small
 * order verifies what its owner never saw.
 */
export function isEd25519Key(x: Uint8Array): boolean {
  try {
    return x.length === length && !ed25519.Point.fromBytes(x).isSmallOrder();
  } catch {
    return false;
  }
}

/** Whether these coordinates, 32 bytes each, are a point of P-256 (FIPS 186-5 §A.2). */
export function isP256Key(x: Uint8Array, y: Uint8Array): boolean {
  try {
    if (x.length !== length || y.length !== length) return false;
    p256.Point.fromBytes(concat(uncompressed, x, y)).assertValidity();
    return true;
  } catch {
    return false;
  }
}

/** A fresh secret of P-256, 32 bytes. */
export function newP256Secret(random: RandomSource): Uint8Array {
  return p256.keygen(random(seedLength)).secretKey;
}

/** The coordinates of a secret's public key, 32 bytes each. */
export function p256PublicKey(secretKey: Uint8Array): { readonly x: Uint8Array; readonly y: Uint8Array } {
  const point = p256.getPublicKey(secretKey, false);
  return { x: point.slice(1, 1 + length), y: point.slice(1 + length) };
}

/** ES256 (RFC 7518 §3.4): ECDSA over SHA-256 of the message, `r ‖ s`, 64 bytes. */
export function signP256(secretKey: Uint8Array, message: Uint8Array): Uint8Array {
  return p256.sign(message, secretKey);
}
