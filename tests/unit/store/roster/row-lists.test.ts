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

/** Lists of steps of one byte and of more, as those of common names and of rarer ones are. */
const rising = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 100, max: 300 }), fc.constant(2 ** 21)), {
    maxLength: 80,
  })
  .map((steps) => {
    let row = -1;
    return Uint32Array.from(steps, (step) => (row += step));
  });
/** Rows of a list, and some that may lie between them; a row of the list is named by its place. */
const asked = fc.array(fc.oneof(fc.record({ place: fc.nat(80) }), fc.nat(2_000)), { maxLength: 30 });
const isWanted = (list: Uint32Array, of: readonly ({ place: number } | number)[]): Uint32Array =>
  Uint32Array.from(new Set(of.map((each) => (typeof each === 'number' ? each : (list[each.place] ?? 0))))).sort();
/** The packed list where it does not begin at a whole word of its buffer. */
const packedAt = (list: Uint32Array, offset: number): Uint8Array => {
  const packed = packRows(list);
  const buffer = new Uint8Array(packed.length + offset + 3).fill(0xff);
  buffer.set(packed, offset);
  return buffer.subarray(offset, offset + packed.length);
};

it('of wanted rows those are met that the list has, whatever is read or passed by between', () => {
  fc.assert(
    fc.property(
      rising,
      asked,
      fc.array(fc.record({ until: fc.nat(3_000), isRead: fc.boolean() }), { maxLength: 6 }),
      fc.nat(3),
      (list, of, windows, offset) => {
        const wanted = isWanted(list, of);
        const all = [...windows.toSorted((a, b) => a.until - b.until), { until: 2 ** 32, isRead: false }];
        for (const cursor of [cursorOf(list), packedCursor(packedAt(list, offset), list.length, broken)]) {
          let from = 0;
          for (const { until, isRead } of all) {
            const within = (rows: Uint32Array): Uint32Array => rows.filter((row) => row >= from && row < until);
            const into = new Uint32Array(within(wanted).length);
            if (isRead) expect(readAll(cursor, until, 7)).toEqual([...within(list)]);
            else {
              const met = into.subarray(0, cursor.meet(within(wanted), until, into));
              expect(met).toEqual(within(wanted).filter((row) => list.includes(row)));
            }
            expect(cursor.passed()).toBe(list.filter((row) => row < until).length);
            from = until;
          }
        }
      },
    ),
  );
});

it('any bytes in which rows are looked for are the list that they are as a whole, or are said to be none', () => {
  const byte = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 0x7f }) }, fc.nat(0xff));
  const bytes = fc.array(byte, { maxLength: 40 }).map((list) => Uint8Array.from(list));
  const counted = bytes.chain((list) => fc.tuple(fc.constant(list), fc.oneof(fc.constant(list.length), fc.nat(50))));
  fc.assert(
    fc.property(counted, asked, ([packed, count], of) => {
      const list = unpackRows(packed, count);
      const wanted = isWanted(list ?? new Uint32Array(), of);
      const into = new Uint32Array(wanted.length);
      const meeting = (): number => packedCursor(packed, count, broken).meet(wanted, Number.POSITIVE_INFINITY, into);
      if (list === null) expect(meeting).toThrow('broken');
      else expect(into.subarray(0, meeting())).toEqual(wanted.filter((row) => list.includes(row)));
    }),
  );
});
