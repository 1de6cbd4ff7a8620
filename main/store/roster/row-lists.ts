/*
 * Lists of rows, each row once and in rising order. In a file they are the steps from one to the next, seven bits to a byte with
 * the eighth set on all but the last: of common names a byte or two for each person.
 */

/** The first `length` rows of a rising list as bytes. */
export function packRows(rows: ArrayLike<number>, length = rows.length): Uint8Array {
  const packed = new Uint8Array(length * 5);
  let at = 0;
  let before = 0;
  for (let position = 0; position < length; position++) {
    const row = rows[position] ?? 0;
    let step = row - before;
    before = row;
    while (step > 0x7f) {
      packed[at++] = (step & 0x7f) | 0x80;
      step >>>= 7;
    }
    packed[at++] = step;
  }
  return packed.slice(0, at);
}

/** The rows of a packed list; null where it is none, or not of so many. */
export function unpackRows(packed: Uint8Array, count: number): Uint32Array | null {
  if (count < 0 || count > packed.length) return null;
  const rows = new Uint32Array(count);
  let at = 0;
  let row = 0;
  for (let position = 0; position < count; position++) {
    let step = 0;
    let factor = 1;
    for (;;) {
      const byte = packed[at++];
      if (byte === undefined || factor > 2 ** 28) return null;
      step += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
      factor *= 128;
    }
    if (step === 0 && position > 0) return null;
    row += step;
    rows[position] = row;
  }
  return at === packed.length ? rows : null;
}

/** Rows that are in both lists. */
export function inBoth(one: Uint32Array, other: Uint32Array): Uint32Array {
  const both = new Uint32Array(Math.min(one.length, other.length));
  let length = 0;
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    const a = one[i] ?? 0;
    const b = other[j] ?? 0;
    if (a === b) both[length++] = a;
    if (a <= b) i++;
    if (b <= a) j++;
  }
  return both.subarray(0, length);
}

/** Rows that are in any of the lists. */
export function inAny(lists: readonly Uint32Array[]): Uint32Array {
  const [first = new Uint32Array(), ...others] = lists.filter(({ length }) => length > 0);
  if (others.length === 0) return first;
  const all = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of [first, ...others]) {
    all.set(list, at);
    at += list.length;
  }
  all.sort();
  let length = 0;
  for (const row of all) if (length === 0 || all[length - 1] !== row) all[length++] = row;
  return all.subarray(0, length);
}
