/*
 * Columns of many rows as one value each: PostgreSQL's binary form of a one-dimensional array (array_send in its
 * src/backend/utils/adt/arrayfuncs.c; the client hands a Buffer on in binary). One statement of a few values serves any number of
 * rows, is prepared once, and no byte is written as text.
 */

/** A column's type in headquarters' tables, by its object identifier (pg_type.dat). */
const columnTypes = { bigint: 20, text: 25, bytea: 17 } as const;
export type ColumnType = keyof typeof columnTypes;

/** A value of a row as it goes to PostgreSQL. */
export type SqlValue = string | number | Buffer | null;

const headLength = 20;

/** The values of one column, in the order of their rows, as `TYPE[]`. Throws a TypeError for a value of another type. */
export function sqlArray(type: ColumnType, values: readonly SqlValue[]): Buffer {
  // Each value is written where it stays: one array is made for a column, and none for a value.
  const lengths = values.map((value) => (value === null ? null : lengthOf(type, value)));
  const array = Buffer.allocUnsafe(lengths.reduce<number>((sum, length) => sum + 4 + (length ?? 0), headLength));
  // One dimension; whether some are null; of what; so many; the first has place 1.
  for (const [place, word] of [1, lengths.includes(null) ? 1 : 0, columnTypes[type], values.length, 1].entries())
    array.writeInt32BE(word, place * 4);
  let at = headLength;
  for (const [index, length] of lengths.entries()) {
    at = array.writeInt32BE(length ?? -1, at);
    const value = values[index] ?? null;
    if (typeof value === 'number') array.writeBigInt64BE(BigInt(value), at);
    else if (typeof value === 'string') array.write(value, at, 'utf8');
    else if (value !== null) array.set(value, at);
    at += length ?? 0;
  }
  return array;
}

/** Whether a value can stand in such a column. */
export function isOfColumn(type: ColumnType, value: SqlValue): boolean {
  if (value === null) return true;
  if (type === 'bytea') return Buffer.isBuffer(value);
  return type === 'bigint' ? Number.isSafeInteger(value) : typeof value === 'string' && !value.includes('\0');
}

function lengthOf(type: ColumnType, value: string | number | Buffer): number {
  if (type === 'bigint' && typeof value === 'number') return 8;
  if (type === 'text' && typeof value === 'string') return Buffer.byteLength(value, 'utf8');
  if (type === 'bytea' && Buffer.isBuffer(value)) return value.length;
  throw new TypeError(`no ${type}`);
}
