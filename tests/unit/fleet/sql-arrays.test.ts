import { expect, it } from 'vitest';
import { isOfColumn, sqlArray } from '../../../main/fleet/sql-arrays.ts';

// array_send of PostgreSQL's src/backend/utils/adt/arrayfuncs.c: dimensions, whether some are null, type, length and lower bound of the
// dimension, then each element's length (-1: null) and bytes; all numbers of 32 bits, most significant byte first.
const words = (...numbers: readonly number[]): string =>
  numbers.map((number) => (number >>> 0).toString(16).padStart(8, '0')).join('');

it.each([
  ['text', ['å', null, ''], `${words(1, 1, 25, 3, 1, 2)}c3a5${words(-1, 0)}`],
  ['bytea', [Buffer.of(0, 255)], `${words(1, 0, 17, 1, 1, 2)}00ff`],
  ['bigint', [1, 2 ** 53 - 1], `${words(1, 0, 20, 2, 1, 8, 0, 1, 8)}001fffffffffffff`],
  ['bytea', [], words(1, 0, 17, 0, 1)],
] as const)('a column of %s is one value', (type, values, expected) => {
  expect(sqlArray(type, values).toString('hex')).toBe(expected);
});

it('a value of another type is none of that column', () => {
  expect(() => sqlArray('bigint', ['1'])).toThrow(TypeError);
  expect(isOfColumn('bigint', 1.5)).toBe(false);
  // PostgreSQL's text holds no zero.
  expect(isOfColumn('text', 'a\0')).toBe(false);
  expect(isOfColumn('bytea', 'a')).toBe(false);
  for (const type of ['bigint', 'text', 'bytea'] as const) expect(isOfColumn(type, null)).toBe(true);
});
