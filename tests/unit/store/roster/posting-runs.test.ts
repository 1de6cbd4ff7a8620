import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PostingRuns } from '../../../../main/store/roster/posting-runs.ts';
import { rowBits } from '../../../../main/store/roster/seal-piece.ts';
import { temporaryFolder } from '../support.ts';

const tokenLow = 2 ** (32 - rowBits);
/** Few tokens, so that runs share them, and some that need all 40 bits. */
const token = fc.oneof(fc.nat(6), fc.constantFrom(2 ** 40 - 1, 2 ** 40 - 2, 2 ** 32, 2 ** 32 + 1));
const posting = fc.record({ token, row: fc.nat(30) });
const isSame = (one: { token: number; row: number }, other: { token: number; row: number }): boolean =>
  one.token === other.token && one.row === other.row;
const lists = fc.array(fc.uniqueArray(posting, { comparator: isSame, maxLength: 40 }), { maxLength: 9 });

it('of any runs each token comes once, rising, with the rows of all of them in order', () => {
  const path = join(temporaryFolder(), 'runs');
  fc.assert(
    fc.property(lists, (pieces) => {
      const runs = new PostingRuns(path);
      try {
        expect(runs.keepOnly([])).toBe(true);
        const kept = pieces.map((piece, position) => {
          runs.add(
            Uint32Array.from(
              piece.flatMap(({ token, row }) => [
                (token % tokenLow) * 2 ** rowBits + row,
                Math.floor(token / tokenLow),
              ]),
            ),
          );
          return { firstRow: position * 100, postings: piece.length };
        });
        const expected = new Map<number, number[]>();
        for (const [position, piece] of pieces.entries())
          for (const { token, row } of piece)
            expected.set(token, [...(expected.get(token) ?? []), position * 100 + row]);
        const merged: [number, number[]][] = [];
        runs.merge(kept, (token, rows, count) => merged.push([token, [...rows.subarray(0, count)]]));
        expect(merged).toEqual(
          [...expected]
            .map(([token, rows]): [number, number[]] => [token, rows.toSorted((a, b) => a - b)])
            .sort(([one], [other]) => one - other),
        );
      } finally {
        runs.close();
      }
    }),
  );
});
