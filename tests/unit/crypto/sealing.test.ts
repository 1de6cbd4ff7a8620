import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RandomSource } from '../../../main/crypto/random.ts';
import {
  isSignatureOf,
  keyedIndex,
  keyOfPassphrase,
  newSigningKey,
  open,
  publicKeyOfSeed,
  seal,
  sealOverhead,
  sign,
} from '../../../main/crypto/sealing.ts';
import { fromHex, toHex } from '../../../main/result/bytes.ts';
import { passphraseOf } from '../../../main/result/passphrase.ts';

const random: RandomSource = (length) => new Uint8Array(randomBytes(length));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('published vectors', () => {
  it('XChaCha20-Poly1305: draft-irtf-cfrg-xchacha-03 appendix A.3.1', () => {
    const plain = utf8(
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
    );
    const nonce = fromHex('404142434445464748494a4b4c4d4e4f5051525354555657');
    const key = fromHex('808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f');
    const sealed = seal(key, plain, fromHex('50515253c0c1c2c3c4c5c6c7'), () => nonce);
    expect(toHex(sealed)).toBe(
      `${toHex(nonce)}bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49`,
    );
  });

  it('scrypt: RFC 7914 §12, second vector, first half', async () => {
    const key = await keyOfPassphrase(passphraseOf('password'), utf8('NaCl'), {
      cost: 1024,
      blockSize: 8,
      parallelization: 16,
    });
    expect(toHex(key)).toBe('fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162');
  });

  it('HMAC-SHA256: RFC 4231 §4.3', () => {
    const index = keyedIndex(utf8('Jefe'));
    for (const _ of ['first', 'again'])
      expect(toHex(index.of(utf8('what do ya want for nothing?')))).toBe(
        '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      );
  });

  it('Ed25519: RFC 8032 §7.1, second vector', () => {
    const secretKey = fromHex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
    const publicKey = fromHex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
    const signature =
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00';
    expect(toHex(publicKeyOfSeed(secretKey))).toBe(toHex(publicKey));
    expect(toHex(sign(secretKey, fromHex('72')))).toBe(signature);
    expect(isSignatureOf(publicKey, fromHex('72'), fromHex(signature))).toBe(true);
  });
});

describe('a seal', () => {
  it('opens with its key and context alone, and with no byte changed', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 64 }),
        fc.uint8Array({ maxLength: 16 }),
        fc.nat(),
        (plain, context, at) => {
          const key = random(32);
          const sealed = seal(key, plain, context, random);
          expect(sealed.length).toBe(plain.length + sealOverhead);
          expect(open(key, sealed, context)).toEqual(plain);
          expect(open(random(32), sealed, context)).toBeNull();
          expect(open(key, sealed, new Uint8Array([...context, 0]))).toBeNull();
          const changed = new Uint8Array(sealed);
          const place = at % changed.length;
          changed[place] = (changed[place] ?? 0) ^ 0x10;
          expect(open(key, changed, context)).toBeNull();
        },
      ),
    );
  });

  it('of any garbage is none', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => open(random(32), bytes, bytes) === null));
  });
});

describe('a signature', () => {
  it('of another key, another message or of no form is refused', () => {
    const { secretKey, publicKey } = newSigningKey(random);
    const signature = sign(secretKey, utf8('message'));
    expect(isSignatureOf(publicKey, utf8('message'), signature)).toBe(true);
    expect(isSignatureOf(publicKey, utf8('other'), signature)).toBe(false);
    expect(isSignatureOf(newSigningKey(random).publicKey, utf8('message'), signature)).toBe(false);
    expect(isSignatureOf(publicKey, utf8('message'), signature.subarray(1))).toBe(false);
    expect(isSignatureOf(new Uint8Array(3), utf8('message'), signature)).toBe(false);
  });
});
