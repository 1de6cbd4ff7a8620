import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inAny, inBoth, packRows, unpackRows } from '../../../../main/store/roster/row-lists.ts';

const rows = fc
  .uniqueArray(fc.oneof(fc.nat(300), fc.nat(2 ** 31 - 1)), { maxLength: 60 })
  .map((list) => Uint32Array.from(list).sort());

it('a list comes back as it was packed, and of another count not at all', () => {
  fc.assert(
    fc.property(rows, (list) => {
      const packed = packRows(list);
      expect(unpackRows(packed, list.length)).toEqual(list);
      expect(unpackRows(packed, list.length + 1)).toBeNull();
      if (list.length > 0) expect(unpackRows(packed, list.length - 1)).toBeNull();
    }),
  );
});

it('any bytes are a rising list or none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(50), (bytes, count) => {
      const list = unpackRows(bytes, count);
      if (list !== null) expect(packRows(list).length).toBeLessThanOrEqual(bytes.length);
    }),
  );
});

it('both and any are those of sets', () => {
  fc.assert(
    fc.property(rows, rows, (one, other) => {
      const set = new Set(other);
      expect([...inBoth(one, other)]).toEqual([...one].filter((row) => set.has(row)));
      expect([...inAny([one, other])]).toEqual([...new Set([...one, ...other])].sort((a, b) => a - b));
    }),
  );
});
