import { decodeEcdsaSignature, type EcdsaSignature } from './ecdsa.ts';
import { modularPower } from './modular.ts';
import { bytesToUnsigned } from './points.ts';

/** A public key of DSA with its domain parameters (FIPS 186-4 §4.1). */
export interface DsaPublicKey {
  readonly p: bigint;
  readonly q: bigint;
  readonly g: bigint;
  readonly y: bigint;
}

/** Whether the numbers can be a key: g and y in the subgroup of order q, neither of them 1 (FIPS 186-4 §4.3, SP 800-89 §5.3.1). */
export function isDsaKey({ p, q, g, y }: DsaPublicKey): boolean {
  const inSubgroup = (number: bigint): boolean => number > 1n && number < p - 1n && modularPower(number, q, p) === 1n;
  return q > 1n && (p - 1n) % q === 0n && inSubgroup(g) && inSubgroup(y);
}

/**
 * DSA (FIPS 186-4 §4.7) over a digest, cut to q's length by the standard's rule. `signature` is the DER SEQUENCE of r and
 * s, or both as numbers. False for a malformed signature or one that does not verify. The key is one that `isDsaKey` knows.
 */
export function verifyDsa({ p, q, g, y }: DsaPublicKey, digest: Uint8Array, signature: EcdsaSignature): boolean {
  const numbers = signature instanceof Uint8Array ? decodeEcdsaSignature(signature) : signature;
  if (numbers === null) return false;
  const { r, s } = numbers;
  if (r < 1n || s < 1n || r >= q || s >= q) return false;
  const surplus = digest.length * 8 - q.toString(2).length;
  const whole = bytesToUnsigned(digest);
  const z = surplus > 0 ? whole >> BigInt(surplus) : whole;
  // q is a prime: by Fermat's little theorem this is the inverse.
  const w = modularPower(s, q - 2n, q);
  const v = (modularPower(g, (z * w) % q, p) * modularPower(y, (r * w) % q, p)) % p;
  return v % q === r;
}
