import { createCipheriv, createDecipheriv, createHash, createSecretKey } from 'node:crypto';
import { concat } from '../result/bytes.ts';
import type { RandomSource } from './random.ts';

/*
 * Sealing and keyed tokens in great numbers, by the runtime's own AES: a register of ten million people is millions of
 * tokens. A call of its ciphers costs tens of microseconds however little it is given, so that many messages share one; with
 * a key that is no object of the runtime's yet, Node 24 takes four times as long.
 */

const block = 16;
const blockWords = block / 4;
/** What a cipher is given at a time: of more, each answer would be memory for the collector to find. */
const atOnce = 64 * 1024;
const nonceLength = 12;
const tagLength = 16;
const reduction = 0x87;

/**
 * AES-CMAC (NIST SP 800-38B) of many messages at once, each of `length` bytes, a multiple of 16: their macs of 16 bytes one
 * after the other. `key` is one of AES-256.
 */
export function macsOf(key: Uint8Array, messages: Uint8Array, length: number): Uint8Array {
  const count = messages.length / length;
  if (length % block !== 0 || !Number.isInteger(count)) throw new RangeError('messages are of whole blocks');
  const cipher = createCipheriv('aes-256-ecb', createSecretKey(key), null).setAutoPadding(false);
  const lastKey = doubled(cipher.update(new Uint8Array(block)));
  // Word by word: the order of bytes within them is the same on both sides.
  const text = wordsOf(messages);
  const last = wordsOf(lastKey);
  const state = new Uint32Array(count * blockWords);
  const stateBytes = new Uint8Array(state.buffer);
  for (let start = 0; start < length; start += block) {
    const isLast = start + block === length;
    for (let message = 0, at = 0; message < count; message++) {
      const from = (message * length + start) / 4;
      for (let word = 0; word < blockWords; word++, at++) {
        const mixed = (state[at] ?? 0) ^ (text[from + word] ?? 0);
        state[at] = isLast ? mixed ^ (last[word] ?? 0) : mixed;
      }
    }
    for (let at = 0; at < stateBytes.length; at += atOnce)
      stateBytes.set(cipher.update(stateBytes.subarray(at, at + atOnce)), at);
  }
  return stateBytes;
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}

// SP 800-38B §6.1: the subkey for messages of whole blocks.
function doubled(zero: Uint8Array): Uint8Array {
  const result = new Uint8Array(block);
  for (let byte = 0; byte < block; byte++) result[byte] = ((zero[byte] ?? 0) << 1) | ((zero[byte + 1] ?? 0) >> 7);
  if (((zero[0] ?? 0) & 0x80) !== 0) result[block - 1] = (result[block - 1] ?? 0) ^ reduction;
  return result;
}

/**
 * Seals with AES-256-GCM (NIST SP 800-38D): `nonce ‖ ciphertext ‖ tag`. The nonce is random, which its 96 bits allow for 2^32
 * messages under one key (§8.3): many rows go into one.
 */
export function sealMany(key: Uint8Array, plain: Uint8Array, context: Uint8Array, random: RandomSource): Uint8Array {
  const nonce = random(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), nonce).setAAD(context);
  const sealed = cipher.update(plain);
  return concat(nonce, sealed, cipher.final(), cipher.getAuthTag());
}

/** What was sealed, or null where key, context or bytes are not those of the seal. */
export function openMany(key: Uint8Array, sealed: Uint8Array, context: Uint8Array): Uint8Array | null {
  if (sealed.length < nonceLength + tagLength) return null;
  const cipher = createDecipheriv('aes-256-gcm', createSecretKey(key), sealed.subarray(0, nonceLength), {
    authTagLength: tagLength,
  });
  cipher.setAAD(context).setAuthTag(sealed.subarray(-tagLength));
  const plain = cipher.update(sealed.subarray(nonceLength, -tagLength));
  try {
    cipher.final();
    return plain;
  } catch {
    return null;
  }
}

/** SHA-256 of what comes bit by bit; `end` answers it in lower-case hex. */
export function streamDigest(): { readonly add: (bytes: Uint8Array) => void; readonly end: () => string } {
  const hash = createHash('sha256');
  return { add: (bytes) => void hash.update(bytes), end: () => hash.digest('hex') };
}
