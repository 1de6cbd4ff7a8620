import { cbc, cmac, ecb } from '@noble/ciphers/aes.js';

/** Length of an AES block in bytes. */
export const aesBlockLength = 16;

// Padding is the protocols' own (ISO/IEC 9797-1 method 2) or none; the cipher never pads.
const noPadding = { disablePadding: true };

/** AES-CBC without padding; key of 16, 24 or 32 bytes, whole blocks only (throws otherwise). */
export function encryptAesCbc(key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Uint8Array {
  return cbc(key, iv, noPadding).encrypt(plain);
}

/** AES-CBC without padding; key of 16, 24 or 32 bytes, whole blocks only (throws otherwise). */
export function decryptAesCbc(key: Uint8Array, iv: Uint8Array, cipher: Uint8Array): Uint8Array {
  return cbc(key, iv, noPadding).decrypt(cipher);
}

/** One block under the key. */
export function encryptAesBlock(key: Uint8Array, block: Uint8Array): Uint8Array {
  if (block.length !== aesBlockLength) throw new RangeError('not one block');
  return ecb(key, noPadding).encrypt(block);
}

/** AES-CMAC (RFC 4493, SP 800-38B), all 16 bytes; key of 16, 24 or 32 bytes. */
export function aesCmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return cmac(message, key);
}
