import fc from 'fast-check';
import { expect, it } from 'vitest';
import { likenessOf } from '../../../renderer/face-model/likeness.ts';

const numbers = fc.array(fc.float({ min: -50, max: 50, noNaN: true }), { minLength: 2, maxLength: 40 });

it('is symmetric, whole, between 0 and 1000, and 1000 of what is the same however long', () => {
  fc.assert(
    fc.property(numbers, numbers, (one, other) => {
      const [cut, beside] = [one.slice(0, other.length), other.slice(0, one.length)];
      const likeness = likenessOf(cut, beside);
      expect(likenessOf(beside, cut)).toBe(likeness);
      if (likeness === null) return;
      expect(Number.isInteger(likeness)).toBe(true);
      expect(likeness).toBeGreaterThanOrEqual(0);
      expect(likeness).toBeLessThanOrEqual(1_000);
    }),
  );
  expect(likenessOf([1, 2, 3], [2, 4, 6])).toBe(1_000);
  expect(likenessOf([1, 0], [0, 1])).toBe(0);
  expect(likenessOf([1, 0], [-1, 0])).toBe(0);
});

it('is none of what cannot be compared', () => {
  expect(likenessOf([], [])).toBeNull();
  expect(likenessOf([1], [1, 2])).toBeNull();
  expect(likenessOf([0, 0], [1, 2])).toBeNull();
  expect(likenessOf([Number.NaN, 1], [1, 2])).toBeNull();
  expect(likenessOf([Number.POSITIVE_INFINITY, 1], [1, 2])).toBeNull();
});
