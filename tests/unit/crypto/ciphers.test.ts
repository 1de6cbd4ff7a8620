import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aesCmac, decryptAesCbc, encryptAesBlock, encryptAesCbc } from '../../../main/crypto/aes.ts';
import { decryptTripleDesCbc, encryptTripleDesCbc, retailMac, withOddParity } from '../../../main/crypto/des.ts';
import { digest, digestLength, hashNames } from '../../../main/crypto/hash.ts';
import { padMethod2, unpadMethod2 } from '../../../main/crypto/padding.ts';
import { fromHex, toHex } from '../../../main/result/bytes.ts';

const message = fromHex(
  '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710',
);
const keys = {
  128: fromHex('2b7e151628aed2a6abf7158809cf4f3c'),
  192: fromHex('8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b'),
  256: fromHex('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4'),
};

describe('hashes', () => {
  // FIPS 180-4 examples, message "abc".
  test.each([
    ['SHA-1', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['SHA-224', '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7'],
    ['SHA-256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['SHA-384', 'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7'],
    [
      'SHA-512',
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    ],
  ] as const)('%s of abc', (name, expected) => {
    expect(toHex(digest(name, new TextEncoder().encode('abc')))).toBe(expected);
  });

  test.each(hashNames)('%s has its stated length', (name) => {
    expect(digest(name, new Uint8Array())).toHaveLength(digestLength(name));
  });
});

describe('AES', () => {
  // SP 800-38A F.1.1, F.1.3, F.1.5, first block.
  test.each([
    [128, '3ad77bb40d7a3660a89ecaf32466ef97'],
    [192, 'bd334f1d6e45f25ff712a214571fa5cc'],
    [256, 'f3eed1bdb5d2a03c064b5a7e3db181f8'],
  ] as const)('one block with %i bits', (bits, expected) => {
    expect(toHex(encryptAesBlock(keys[bits], message.subarray(0, 16)))).toBe(expected);
  });

  // SP 800-38A F.2.1, F.2.3, F.2.5, first two blocks.
  test.each([
    [128, '7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2'],
    [192, '4f021db243bc633d7178183a9fa071e8b4d9ada9ad7dedf4e5e738763f69145a'],
    [256, 'f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d'],
  ] as const)('CBC with %i bits', (bits, expected) => {
    const iv = fromHex('000102030405060708090a0b0c0d0e0f');
    const cipher = encryptAesCbc(keys[bits], iv, message.subarray(0, 32));
    expect(toHex(cipher)).toBe(expected);
    expect(decryptAesCbc(keys[bits], iv, cipher)).toEqual(message.subarray(0, 32));
  });

  // RFC 4493 §4; SP 800-38B D.2, D.3.
  test.each([
    [128, 0, 'bb1d6929e95937287fa37d129b756746'],
    [128, 16, '070a16b46b4d4144f79bdd9dd04a287c'],
    [128, 40, 'dfa66747de9ae63030ca32611497c827'],
    [128, 64, '51f0bebf7e3b9d92fc49741779363cfe'],
    [192, 0, 'd17ddf46adaacde531cac483de7a9367'],
    [192, 16, '9e99a7bf31e710900662f65e617c5184'],
    [192, 40, '8a1de5be2eb31aad089a82e6ee908b0e'],
    [192, 64, 'a1d5df0eed790f794d77589659f39a11'],
    [256, 0, '028962f61b7bf89efc6b551f4667d983'],
    [256, 16, '28a7023f452e8f82bd4bf28d8c37c35c'],
    [256, 40, 'aaf3d8f1de5640c232f5b169b9c911e6'],
    [256, 64, 'e1992190549f6ed5696a2c056c315410'],
  ] as const)('CMAC with %i bits over %i bytes', (bits, length, expected) => {
    expect(toHex(aesCmac(keys[bits], message.subarray(0, length)))).toBe(expected);
  });

  test('refuses what is not whole blocks', () => {
    expect(() => encryptAesCbc(keys[128], new Uint8Array(16), new Uint8Array(15))).toThrow();
    expect(() => decryptAesCbc(keys[128], new Uint8Array(16), new Uint8Array(17))).toThrow();
    expect(() => encryptAesBlock(keys[128], new Uint8Array(32))).toThrow(RangeError);
  });
});

describe('Triple DES', () => {
  // 9303-11 D.3: E.IFD and M.IFD.
  const encryption = fromHex('ab94fdecf2674fdfb9b391f85d7f76f2');
  const authentication = fromHex('7962d9ece03d1acd4c76089dce131543');
  const plain = fromHex('781723860c06c2264608f919887022120b795240cb7049b01c19b33e32804f0b');
  const cipher = fromHex('72c29c2371cc9bdb65b779b8e8d37b29ecc154aa56a8799fae2f498f76ed92f2');

  test('CBC of the worked example of BAC', () => {
    expect(encryptTripleDesCbc(encryption, new Uint8Array(8), plain)).toEqual(cipher);
    expect(decryptTripleDesCbc(encryption, new Uint8Array(8), cipher)).toEqual(plain);
  });

  test('retail MAC of the worked example of BAC', () => {
    expect(toHex(retailMac(authentication, padMethod2(cipher, 8)))).toBe('5f1448eea8ad90a7');
  });

  test('retail MAC over one block', () => {
    const block = fromHex('0102030405060708');
    expect(retailMac(authentication, block)).toEqual(encryptTripleDesCbc(authentication, new Uint8Array(8), block));
  });

  test('refuses other keys and parts of blocks', () => {
    expect(() => encryptTripleDesCbc(new Uint8Array(8), new Uint8Array(8), plain)).toThrow(RangeError);
    expect(() => encryptTripleDesCbc(encryption, new Uint8Array(8), plain.subarray(1))).toThrow();
    expect(() => retailMac(authentication, new Uint8Array())).toThrow(RangeError);
    expect(() => retailMac(authentication, new Uint8Array(7))).toThrow(RangeError);
  });

  test('parity is odd, and no other bit changes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (key) => {
        const adjusted = withOddParity(key);
        for (const [index, byte] of adjusted.entries()) {
          expect(byte.toString(2).replaceAll('0', '').length % 2).toBe(1);
          expect(byte >> 1).toBe((key[index] ?? 0) >> 1);
        }
      }),
    );
  });
});

describe('padding method 2', () => {
  test('comes off again', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(8, 16), (bytes, blockLength) => {
        const padded = padMethod2(bytes, blockLength);
        expect(padded.length % blockLength).toBe(0);
        expect(padded.length).toBeGreaterThan(bytes.length);
        expect(padded.length).toBeLessThanOrEqual(bytes.length + blockLength);
        expect(unpadMethod2(padded, blockLength)).toEqual(bytes);
      }),
    );
  });

  test.each(['', '00', '0000000000000000', '0102030405060708', '8000000000000001', '80000000000000000000000000000000'])(
    'is refused in %j',
    (hex) => {
      expect(unpadMethod2(fromHex(hex), 8)).toBeNull();
    },
  );
});
