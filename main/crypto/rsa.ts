import type { HashName } from './hash.ts';

export interface RsaPublicKey {
  readonly modulus: bigint;
  readonly exponent: bigint;
}

/** RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.2) over a digest. False for any deviation, also for keys beyond the bounds. */
export function verifyRsaPkcs1(
  _key: RsaPublicKey,
  _hash: HashName,
  _digest: Uint8Array,
  _signature: Uint8Array,
): boolean {
  throw new Error('being written');
}

/** RSASSA-PSS (RFC 8017 §8.1.2) over a digest with MGF1. `saltLength` in bytes as the parameters state it. */
export function verifyRsaPss(
  _key: RsaPublicKey,
  _parameters: { readonly hash: HashName; readonly maskHash: HashName; readonly saltLength: number },
  _digest: Uint8Array,
  _signature: Uint8Array,
): boolean {
  throw new Error('being written');
}
