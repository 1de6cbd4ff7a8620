import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { join } from './data-objects.ts';

/** The symmetric side of PACE, BAC and secure messaging (9303-11 §9.7.1, §9.8.6, §9.8.7). */
export interface Suite {
  /** Of the cipher and so of the send sequence counter, in bytes. */
  readonly blockLength: 8 | 16;
  encrypt(key: Uint8Array, iv: Uint8Array, blocks: Uint8Array): Uint8Array;
  decrypt(key: Uint8Array, iv: Uint8Array, blocks: Uint8Array): Uint8Array;
  /** The IV of one protected message. */
  messageIv(key: Uint8Array, counter: Uint8Array): Uint8Array;
  /** Over a message that secure messaging has padded already (§9.8.1 note). */
  macOfPadded(key: Uint8Array, message: Uint8Array): Uint8Array;
  /** Over a message of any length: the authentication token pads inside the code (§4.4.3.4 note). */
  mac(key: Uint8Array, message: Uint8Array): Uint8Array;
}

export function sha1(...pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(
    createHash('sha1')
      .update(join(...pieces))
      .digest(),
  );
}

/** KDF(K, c) for 3DES and AES-128 (§9.7.1): the first 16 bytes of SHA-1 over the secret and a counter of 32 bits. */
export function deriveKey(secret: Uint8Array, counter: 1 | 2 | 3): Uint8Array {
  return sha1(secret, Uint8Array.of(0, 0, 0, counter)).slice(0, 16);
}

/** ISO/IEC 9797-1 padding method 2. */
export function pad(message: Uint8Array, blockLength: number): Uint8Array {
  return join(message, Uint8Array.of(0x80), new Uint8Array(blockLength - 1 - (message.length % blockLength)));
}

/** Takes padding method 2 off; null where it is not there. */
export function unpad(padded: Uint8Array): Uint8Array | null {
  const mark = padded.findLastIndex((byte) => byte !== 0);
  return padded[mark] === 0x80 ? padded.slice(0, mark) : null;
}

function cipher(name: string, key: Uint8Array, iv: Uint8Array | null, blocks: Uint8Array): Uint8Array {
  const made = createCipheriv(name, key, iv).setAutoPadding(false);
  return join(made.update(blocks), made.final());
}

function decipher(name: string, key: Uint8Array, iv: Uint8Array | null, blocks: Uint8Array): Uint8Array {
  const made = createDecipheriv(name, key, iv).setAutoPadding(false);
  return join(made.update(blocks), made.final());
}

const noIv8 = new Uint8Array(8);
const noIv16 = new Uint8Array(16);

// Two-key 3DES is EDE with the first key again; single DES is EDE with one key three times.
const two = (key: Uint8Array): Uint8Array => join(key, key.slice(0, 8));
const single = (key: Uint8Array): Uint8Array => join(key, key, key);

/** ISO/IEC 9797-1 MAC algorithm 3 over whole blocks. */
function retailMac(key: Uint8Array, blocks: Uint8Array): Uint8Array {
  const [left, right] = [single(key.slice(0, 8)), single(key.slice(8, 16))];
  const chained = cipher('des-ede3-cbc', left, noIv8, blocks).slice(-8);
  return cipher('des-ede3-cbc', left, noIv8, decipher('des-ede3-cbc', right, noIv8, chained));
}

export const tripleDes: Suite = {
  blockLength: 8,
  encrypt: (key, iv, blocks) => cipher('des-ede3-cbc', two(key), iv, blocks),
  decrypt: (key, iv, blocks) => decipher('des-ede3-cbc', two(key), iv, blocks),
  messageIv: () => noIv8,
  macOfPadded: retailMac,
  mac: (key, message) => retailMac(key, pad(message, 8)),
};

// Doubling in GF(2^128) (SP 800-38B §6.1).
function doubled(block: Uint8Array): Uint8Array {
  const number = BigInt(`0x${Buffer.from(block).toString('hex')}`) << 1n;
  const reduced = number >> 128n === 0n ? number : (number & ((1n << 128n) - 1n)) ^ 0x87n;
  return Uint8Array.from(Buffer.from(reduced.toString(16).padStart(32, '0'), 'hex'));
}

/** SP 800-38B, cut to 8 bytes. */
function cmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  const whole = message.length > 0 && message.length % 16 === 0;
  const subkey = doubled(cipher('aes-128-ecb', key, null, noIv16));
  const mask = whole ? subkey : doubled(subkey);
  const blocks = whole ? message.slice() : pad(message, 16);
  const last = blocks.length - 16;
  mask.forEach((byte, index) => {
    blocks[last + index] = (blocks[last + index] ?? 0) ^ byte;
  });
  return cipher('aes-128-cbc', key, noIv16, blocks).slice(-16, -8);
}

export const aes128: Suite = {
  blockLength: 16,
  encrypt: (key, iv, blocks) => cipher('aes-128-cbc', key, iv, blocks),
  decrypt: (key, iv, blocks) => decipher('aes-128-cbc', key, iv, blocks),
  messageIv: (key, counter) => cipher('aes-128-ecb', key, null, counter),
  macOfPadded: cmac,
  mac: cmac,
};
