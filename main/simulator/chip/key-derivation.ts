import { digest } from '../../crypto/hash.ts';
import { concat } from '../../result/bytes.ts';

/** The ciphers of secure messaging (9303-11 §9.8.1). */
export const ciphers = ['3DES', 'AES-128', 'AES-192', 'AES-256'] as const;
export type Cipher = (typeof ciphers)[number];

/** What a key is for: the counter of the key derivation function (9303-11 §9.7.1). */
export const keyUse = { encryption: 1, authentication: 2, password: 3 } as const;
type KeyUse = (typeof keyUse)[keyof typeof keyUse];

/** Key derivation function (9303-11 §9.7.1.1–§9.7.1.4). DES parity is left as it falls: no cipher looks at it. */
export function deriveKey(cipher: Cipher, secret: Uint8Array, use: KeyUse): Uint8Array {
  const seed = concat(secret, Uint8Array.of(0, 0, 0, use));
  if (cipher === 'AES-256') return digest('SHA-256', seed);
  if (cipher === 'AES-192') return digest('SHA-256', seed).subarray(0, 24);
  return digest('SHA-1', seed).subarray(0, 16);
}
