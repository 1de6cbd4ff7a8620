import { withOddParity } from '../crypto/des.ts';
import { digest, type HashName } from '../crypto/hash.ts';
import { concat } from '../result/bytes.ts';
import { SecretBytes } from '../result/secret-bytes.ts';

/** The ciphers of secure messaging (9303-11 §9.8.6, §9.8.7). 3DES is two-key Triple DES. */
export type CipherSuite = '3DES' | 'AES-128' | 'AES-192' | 'AES-256';

/** What a derived key is for: the counter of the key derivation function (9303-11 §9.7.1). */
export const keyCounters = { encryption: 1, messageAuthentication: 2, password: 3 } as const;
export type KeyUse = keyof typeof keyCounters;

const derivations: { readonly [Suite in CipherSuite]: { readonly hash: HashName; readonly keyLength: number } } = {
  '3DES': { hash: 'SHA-1', keyLength: 16 },
  'AES-128': { hash: 'SHA-1', keyLength: 16 },
  'AES-192': { hash: 'SHA-256', keyLength: 24 },
  'AES-256': { hash: 'SHA-256', keyLength: 32 },
};

/** KDF(K, c) of 9303-11 §9.7.1: a key of the suite's length; 3DES keys come with odd parity (§9.7.1.1). */
export function deriveKey(secret: Uint8Array, use: KeyUse, suite: CipherSuite): SecretBytes {
  const { hash, keyLength } = derivations[suite];
  using counted = new SecretBytes(concat(secret, Uint8Array.of(0, 0, 0, keyCounters[use])));
  using hashed = new SecretBytes(digest(hash, counted.reveal()));
  const key = hashed.reveal().subarray(0, keyLength);
  return new SecretBytes(suite === '3DES' ? withOddParity(key) : key.slice());
}

/** Length of the suite's keys in bytes; 3DES has two keys of eight. */
export function keyLengthOf(suite: CipherSuite): number {
  return derivations[suite].keyLength;
}
