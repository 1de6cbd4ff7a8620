import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cursorOf, packedCursor, packRows, unpackRows } from '../../../../main/store/roster/row-lists.ts';

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

const broken = (): Error => new RangeError('broken');

it('a list that is read part by part is the same, packed or not', () => {
  fc.assert(
    fc.property(rows, fc.array(fc.nat(2 ** 31), { maxLength: 5 }), (list, stops) => {
      for (const cursor of [cursorOf(list), packedCursor(packRows(list), list.length, broken)]) {
        const read: number[] = [];
        for (const end of [...stops.toSorted((a, b) => a - b), 2 ** 31]) {
          cursor.each(end, (row) => read.push(row));
          expect(read.every((row) => row < end)).toBe(true);
          expect(read.length).toBe(list.filter((row) => row < end).length);
        }
        expect(read).toEqual([...list]);
      }
    }),
  );
});

it('any bytes that are read part by part are what they are as a whole, or are said to be none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(50), (bytes, count) => {
      const whole = unpackRows(bytes, count);
      const read: number[] = [];
      const reading = (): void =>
        packedCursor(bytes, count, broken).each(Number.POSITIVE_INFINITY, (row) => read.push(row >>> 0));
      if (whole === null) expect(reading).toThrow('broken');
      else {
        reading();
        expect(read).toEqual([...whole]);
      }
    }),
  );
});
