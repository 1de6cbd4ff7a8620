import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digest } from '../../../main/crypto/hash.ts';
import { contentDigest, contentHash, markingKey, markOf } from '../../../main/crypto/mark.ts';
import { concat, toHex } from '../../../main/result/bytes.ts';

const bytes = fc.uint8Array({ minLength: 0, maxLength: 700 });

test('a mark is the same by the key’s bytes and by the key that the runtime holds', () => {
  const parts = fc.array(fc.oneof(fc.string({ unit: 'binary' }), bytes));
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), parts, (key, marked) => {
      expect(markOf(markingKey(key), marked)).toEqual(markOf(key, marked));
    }),
  );
});

test('a content has the digest of its parts, however it is cut, and by noble', () => {
  fc.assert(
    fc.property(fc.array(bytes), (parts) => {
      const hash = contentHash();
      for (const part of parts) hash.update(part);
      const whole = concat(...parts);
      expect(hash.hex()).toBe(toHex(digest('SHA-256', whole)));
      expect(contentDigest(whole)).toBe(toHex(digest('SHA-256', whole)));
    }),
  );
});
