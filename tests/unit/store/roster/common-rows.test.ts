import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commonRows } from '../../../../main/store/roster/common-rows.ts';
import { cursorOf, packedCursor, packRows } from '../../../../main/store/roster/row-lists.ts';

const broken = (): Error => new RangeError('broken');
const end = 3_000;
const list = fc.uniqueArray(fc.nat(end - 1), { maxLength: 40 }).map((rows) => Uint32Array.from(rows).sort());
const parts = fc.array(fc.array(list, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
/** As if the first part had so many rows, and each of the others so many. */
const cursors = (lists: readonly (readonly Uint32Array[])[], first: number, others: number) =>
  lists.map((part, place) => ({
    lists: part.map((rows, position) =>
      position % 2 === 0 ? cursorOf(rows) : packedCursor(packRows(rows), rows.length, broken),
    ),
    count: place === 0 ? first : others,
  }));

it('the rows that every part has, whether they are gathered one by one, window by window, or looked for', () => {
  fc.assert(
    fc.property(parts, (lists) => {
      const [first = [], ...others] = lists.map((part) => new Set(part.flatMap((rows) => [...rows])));
      const expected = [...first].filter((row) => others.every((part) => part.has(row))).sort((a, b) => a - b);
      for (const [first, each] of [
        [1, 1],
        [50_000, 50_000],
        [400_000, 400_000],
        [1, 50_000],
        [1_000, 900_000],
      ] as const) {
        const found = commonRows(cursors(lists, first, each), { end, enough: end });
        expect([...found.rows], `as of ${first} and ${each}`).toEqual(expected);
        expect(found.part).toBe(1);
      }
    }),
  );
});

// Rows of a million people, by a generator that is the same in each run: whether somebody is in a list says nothing of the next.
const everybody = 1_000_000;
function scattered(seed: number, share: number): Uint32Array {
  let state = seed;
  const rows: number[] = [];
  for (let row = 0; row < everybody; row++) {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    if ((state ^ (state >>> 13)) >>> 0 < share * 2 ** 32) rows.push(row);
  }
  return Uint32Array.from(rows);
}

function common(lists: readonly Uint32Array[], enough: number) {
  const parts = lists.map((rows) => ({ lists: [cursorOf(rows)], count: rows.length }));
  const found = commonRows(parts, { end: everybody, enough });
  return { ...found, taken: parts.reduce((sum, { lists: [list] }) => sum + (list?.passed() ?? 0), 0) };
}

const inBoth = (one: Uint32Array, other: Uint32Array): number => {
  const rows = new Set(one);
  return other.filter((row) => rows.has(row)).length;
};

it('ends as soon as there are enough, and tells by how much it read how many there are, about', () => {
  const rows = Uint32Array.from({ length: 100_000 }, (_, index) => index * 10);
  const every = Uint32Array.from({ length: 500_000 }, (_, index) => index * 2);
  const { rows: found, part } = common([rows, every], 40);
  expect(part).toBeLessThan(0.1);
  expect(found.length).toBeGreaterThan(40);
  expect(found.length / part).toBeCloseTo(100_000, -3);
});

it('beside a name that half of all bear a rare one is looked for, and no further than there are enough', () => {
  const [rare, every] = [scattered(5, 0.0006), Uint32Array.from({ length: 500_000 }, (_, index) => index * 2)];
  const all = inBoth(rare, every);
  expect(all).toBeGreaterThan(200);
  const { rows, part, taken } = common([rare, every], 20);
  expect(rows.length).toBeGreaterThan(20);
  expect(part).toBeLessThan(0.2);
  expect(taken).toBeLessThan((rare.length + every.length) * 0.2);
  expect(rows.length / part).toBeGreaterThan(all * 0.5);
  expect(rows.length / part).toBeLessThan(all * 2);
  expect(common([rare, every], all)).toMatchObject({ part: 1, rows: { length: all } });
});

it('where far more will be found than are enough, the first of them tell it', () => {
  const [one, other] = [scattered(1, 0.1), scattered(2, 0.02)];
  const all = inBoth(one, other);
  expect(all).toBeGreaterThan(1_500);
  const { rows, part, taken } = common([one, other], 1_000);
  expect(rows.length).toBeLessThanOrEqual(1_000);
  expect(part).toBeLessThan(1);
  expect(taken).toBeLessThan((one.length + other.length) / 2);
  // Within a third of what there is: staff are told "about".
  expect(rows.length / part).toBeGreaterThan(all * 0.67);
  expect(rows.length / part).toBeLessThan(all * 1.5);
});

it('of as many as are enough, or fewer, all are found: no sample tells that they are too many', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const [one, other] = [scattered(seed, 0.06), scattered(1_000 + seed, 0.03)];
    const all = inBoth(one, other);
    const { rows, part } = common([one, other], all);
    expect(rows.length, `seed ${seed}`).toBe(all);
    expect(part).toBe(1);
  }
});

it('nor does one where a rare name is looked for in the list of a common one', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const [rare, given] = [scattered(seed, 0.004), scattered(1_000 + seed, 0.15)];
    const all = inBoth(rare, given);
    expect(all).toBeGreaterThan(100);
    const { rows, part } = common([rare, given], all);
    expect(rows.length, `seed ${seed}`).toBe(all);
    expect(part).toBe(1);
  }
});

it('in a file that was sorted by name the first ones tell nothing: those of one name lie together', () => {
  // A surname that lies within a fiftieth of the file, not much after its beginning, and a given name that lies everywhere.
  const surname = Uint32Array.from({ length: 20_000 }, (_, index) => 10_000 + index);
  const given = scattered(3, 0.02);
  const all = inBoth(surname, given);
  expect(all).toBeGreaterThan(300);
  const { rows, part } = common([surname, given], all);
  expect(part).toBe(1);
  expect(rows.length).toBe(all);
});
