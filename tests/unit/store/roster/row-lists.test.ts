import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  cursorOf,
  packedCursor,
  packRows,
  type RowCursor,
  unpackRows,
} from '../../../../main/store/roster/row-lists.ts';

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

function readAll(cursor: RowCursor, end: number, atOnce: number): number[] {
  const into = new Uint32Array(atOnce);
  const read: number[] = [];
  for (let count = cursor.read(end, into); count > 0; count = cursor.read(end, into))
    read.push(...into.subarray(0, count));
  return read;
}

it('a list that is read part by part is the same, packed or not', () => {
  fc.assert(
    fc.property(
      rows,
      fc.array(fc.nat(2 ** 31), { maxLength: 5 }),
      fc.integer({ min: 1, max: 9 }),
      (list, stops, atOnce) => {
        for (const cursor of [cursorOf(list), packedCursor(packRows(list), list.length, broken)]) {
          const read: number[] = [];
          for (const end of [...stops.toSorted((a, b) => a - b), 2 ** 31]) {
            read.push(...readAll(cursor, end, atOnce));
            expect(read.every((row) => row < end)).toBe(true);
            expect(read.length).toBe(list.filter((row) => row < end).length);
          }
          expect(read).toEqual([...list]);
        }
      },
    ),
  );
});

it('any bytes that are read part by part are what they are as a whole, or are said to be none', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 40 }),
      fc.nat(50),
      fc.integer({ min: 1, max: 9 }),
      (bytes, count, atOnce) => {
        const whole = unpackRows(bytes, count);
        const reading = (): number[] => readAll(packedCursor(bytes, count, broken), Number.POSITIVE_INFINITY, atOnce);
        if (whole === null) expect(reading).toThrow('broken');
        else expect(reading()).toEqual([...whole]);
      },
    ),
  );
});
