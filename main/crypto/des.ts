import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import { concat } from '../result/bytes.ts';

/** Length of a DES block in bytes. */
export const desBlockLength = 8;

/**
 * The one DES that Node and Electron's BoringSSL both have: Node's own OpenSSL keeps single DES in a provider that is not
 * loaded, and BoringSSL does not always know the two-key alias.
 */
const algorithm = 'des-ede3-cbc';

const zeroIv = new Uint8Array(desBlockLength);

// Two-key Triple DES (9303-11 §9.8.6.1): K1 K2 K1. With K1 = K2 it is single DES.
function threeKeys(first: Uint8Array, second: Uint8Array): Uint8Array {
  return concat(first, second, first);
}

function split(key: Uint8Array): { readonly first: Uint8Array; readonly second: Uint8Array } {
  if (key.length !== 16) throw new RangeError('not a two-key Triple DES key');
  return { first: key.subarray(0, 8), second: key.subarray(8) };
}

function encrypt(keys: Uint8Array, iv: Uint8Array, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv(algorithm, createSecretKey(keys), iv).setAutoPadding(false);
  // The cipher has taken them over.
  keys.fill(0);
  return concat(cipher.update(plain), cipher.final());
}

/** Two-key Triple DES in CBC without padding; key of 16 bytes, whole blocks only (throws otherwise). */
export function encryptTripleDesCbc(key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Uint8Array {
  const { first, second } = split(key);
  return encrypt(threeKeys(first, second), iv, plain);
}

/** Two-key Triple DES in CBC without padding; key of 16 bytes, whole blocks only (throws otherwise). */
export function decryptTripleDesCbc(key: Uint8Array, iv: Uint8Array, cipher: Uint8Array): Uint8Array {
  const { first, second } = split(key);
  const keys = threeKeys(first, second);
  const decipher = createDecipheriv(algorithm, createSecretKey(keys), iv).setAutoPadding(false);
  keys.fill(0);
  return concat(decipher.update(cipher), decipher.final());
}

/**
 * Retail MAC: ISO/IEC 9797-1 algorithm 3 with DES, IV zero, 8 bytes (9303-11 §9.8.6.3). The message is already padded:
 * whole blocks, at least one (throws otherwise).
 */
export function retailMac(key: Uint8Array, padded: Uint8Array): Uint8Array {
  if (padded.length === 0 || padded.length % desBlockLength !== 0) throw new RangeError('not whole blocks');
  const { first, second } = split(key);
  const lastBlockAt = padded.length - desBlockLength;
  const chained = encrypt(threeKeys(first, first), zeroIv, padded.subarray(0, lastBlockAt));
  const state = lastBlockAt === 0 ? zeroIv : chained.subarray(-desBlockLength);
  return encrypt(threeKeys(first, second), state, padded.subarray(lastBlockAt));
}

/** The key with each byte's lowest bit set so that its number of ones is odd (9303-11 §9.7.1.1). DES ignores these bits. */
export function withOddParity(key: Uint8Array): Uint8Array {
  return key.map((byte) => {
    let ones = 0;
    for (let bits = byte >> 1; bits > 0; bits >>= 1) ones += bits & 1;
    return (byte & 0xfe) | (ones % 2 === 0 ? 1 : 0);
  });
}
