import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commonRows } from '../../../../main/store/roster/common-rows.ts';
import { cursorOf, packedCursor, packRows } from '../../../../main/store/roster/row-lists.ts';

const broken = (): Error => new RangeError('broken');
const end = 3_000;
const list = fc.uniqueArray(fc.nat(end - 1), { maxLength: 40 }).map((rows) => Uint32Array.from(rows).sort());
const parts = fc.array(fc.array(list, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
const cursors = (lists: readonly (readonly Uint32Array[])[]) =>
  lists.map((part) =>
    part.map((rows, position) =>
      position % 2 === 0 ? cursorOf(rows) : packedCursor(packRows(rows), rows.length, broken),
    ),
  );

it('the rows that every part has, whether they are gathered one by one or window by window', () => {
  fc.assert(
    fc.property(parts, (lists) => {
      const [first = [], ...others] = lists.map((part) => new Set(part.flatMap((rows) => [...rows])));
      const expected = [...first].filter((row) => others.every((part) => part.has(row))).sort((a, b) => a - b);
      for (const total of [1, 50_000, 400_000]) {
        const found = commonRows(cursors(lists), { end, total, enough: end });
        expect([...found.rows], `as of ${total}`).toEqual(expected);
        expect(found.part).toBe(1);
      }
    }),
  );
});

it('ends as soon as there are enough, and tells by how much it read how many there are, about', () => {
  const rows = Uint32Array.from({ length: 100_000 }, (_, index) => index * 10);
  const every = Uint32Array.from({ length: 500_000 }, (_, index) => index * 2);
  const { rows: found, part } = commonRows([[cursorOf(rows)], [cursorOf(every)]], {
    end: 1_000_000,
    total: 600_000,
    enough: 40,
  });
  expect(part).toBeLessThan(0.1);
  expect(found.length).toBeGreaterThan(40);
  expect(found.length / part).toBeCloseTo(100_000, -3);
});
