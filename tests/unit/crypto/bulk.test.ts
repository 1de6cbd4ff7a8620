import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { macsOf, openMany, sealMany } from '../../../main/crypto/bulk.ts';
import type { RandomSource } from '../../../main/crypto/random.ts';
import { concat, fromHex, toHex } from '../../../main/result/bytes.ts';

const random: RandomSource = (length) => new Uint8Array(randomBytes(length));

// NIST SP 800-38B, examples of AES-256-CMAC: key, messages of one and of four whole blocks.
const key = fromHex('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4');
const message = fromHex(
  '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710',
);

describe('macs of many messages', () => {
  it('are those of SP 800-38B, for each message by itself', () => {
    expect(toHex(macsOf(key, message.slice(0, 16), 16))).toBe('28a7023f452e8f82bd4bf28d8c37c35c');
    const four = 'e1992190549f6ed5696a2c056c315410';
    expect(toHex(macsOf(key, concat(message, message), 64))).toBe(four + four);
    expect(toHex(macsOf(key, concat(new Uint8Array(64), message), 64)).slice(32)).toBe(four);
    expect(macsOf(key, new Uint8Array(), 16)).toHaveLength(0);
  });

  it('are of whole blocks alone', () => {
    expect(() => macsOf(key, new Uint8Array(17), 17)).toThrow(RangeError);
    expect(() => macsOf(key, new Uint8Array(40), 16)).toThrow(RangeError);
  });
});

describe('a seal', () => {
  // McGrew and Viega, The Galois/Counter Mode of Operation, appendix B, test case 16.
  it('is AES-256-GCM', () => {
    const gcmKey = fromHex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308');
    const nonce = fromHex('cafebabefacedbaddecaf888');
    const plain = fromHex(
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
    );
    const context = fromHex('feedfacedeadbeeffeedfacedeadbeefabaddad2');
    const sealed = sealMany(gcmKey, plain, context, () => nonce);
    expect(toHex(sealed.subarray(12))).toBe(
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662' +
        '76fc6ece0f4e1768cddf8853bb2d551b',
    );
    expect(openMany(gcmKey, sealed, context)).toEqual(Buffer.from(plain));
  });

  it('opens with its key and context alone, and with no byte changed', () => {
    const plain = random(70);
    const context = random(5);
    const sealed = sealMany(key, plain, context, random);
    expect(openMany(random(32), sealed, context)).toBeNull();
    expect(openMany(key, sealed, random(5))).toBeNull();
    for (let at = 0; at < sealed.length; at++) {
      const changed = new Uint8Array(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(openMany(key, changed, context)).toBeNull();
    }
    for (let length = 0; length < 29; length++) expect(openMany(key, sealed.subarray(0, length), context)).toBeNull();
  });
});
