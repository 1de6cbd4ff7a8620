import { cbc, cmac, ecb } from '@noble/ciphers/aes.js';
import { runtimeAesCbc } from './runtime.ts';

/** Length of an AES block in bytes. */
export const aesBlockLength = 16;

/** A shorter message costs more in three calls than in one of noble's. */
const shortestByCbc = 256;

// Padding is the protocols' own (ISO/IEC 9797-1 method 2) or none; the cipher never pads.
const noPadding = { disablePadding: true };

/** AES-CBC without padding; key of 16, 24 or 32 bytes, whole blocks only (throws otherwise). */
export function encryptAesCbc(key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Uint8Array {
  return runtimeAesCbc('encrypt', key, iv, plain) ?? cbc(key, iv, noPadding).encrypt(plain);
}

/** AES-CBC without padding; key of 16, 24 or 32 bytes, whole blocks only (throws otherwise). */
export function decryptAesCbc(key: Uint8Array, iv: Uint8Array, cipher: Uint8Array): Uint8Array {
  return runtimeAesCbc('decrypt', key, iv, cipher) ?? cbc(key, iv, noPadding).decrypt(cipher);
}

/** One block under the key. */
export function encryptAesBlock(key: Uint8Array, block: Uint8Array): Uint8Array {
  if (block.length !== aesBlockLength) throw new RangeError('not one block');
  return ecb(key, noPadding).encrypt(block);
}

/** AES-CMAC (RFC 4493, SP 800-38B), all 16 bytes; key of 16, 24 or 32 bytes. */
export function aesCmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return longCmac(key, message) ?? cmac(message, key);
}

// CMAC is the last block of CBC over the message with a subkey in its last block (SP 800-38B §6.2): the runtime has CBC alone.
function longCmac(key: Uint8Array, message: Uint8Array): Uint8Array | null {
  if (message.length < shortestByCbc) return null;
  const whole = message.length % aesBlockLength === 0;
  const blocks = new Uint8Array(Math.ceil(message.length / aesBlockLength) * aesBlockLength);
  blocks.set(message);
  if (!whole) blocks[message.length] = 0x80;
  const subkey = doubled(encryptAesBlock(key, new Uint8Array(aesBlockLength)));
  const used = whole ? subkey : doubled(subkey);
  const last = blocks.length - aesBlockLength;
  for (const [at, byte] of used.entries()) blocks[last + at] = (blocks[last + at] ?? 0) ^ byte;
  const chained = runtimeAesCbc('encrypt', key, new Uint8Array(aesBlockLength), blocks);
  for (const bytes of [subkey, used, blocks]) bytes.fill(0);
  return chained === null ? null : chained.slice(-aesBlockLength);
}

// Multiplication by x in GF(2^128) (SP 800-38B §5.3, R = 0^120 10000111).
function doubled(block: Uint8Array): Uint8Array {
  const result = block.map((byte, at) => ((byte << 1) & 0xff) | ((block[at + 1] ?? 0) >> 7));
  const carry = (block[0] ?? 0) >> 7;
  result[aesBlockLength - 1] = (result[aesBlockLength - 1] ?? 0) ^ (carry * 0x87);
  return result;
}
