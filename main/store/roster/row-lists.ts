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

/** The rows of a rising list, one after the other: what nobody asks for is not read. */
export interface RowCursor {
  /** Hands over each of those that are left below `end`. */
  readonly each: (end: number, take: (row: number) => void) => void;
}

/** A list that lies in memory. */
export function cursorOf(rows: Uint32Array): RowCursor {
  let at = 0;
  return {
    each: (end, take) => {
      for (let row = rows[at]; row !== undefined && row < end; row = rows[++at]) take(row);
    },
  };
}

/** A packed list of `count` rows. Where the bytes are none it throws what `broken` makes, at the latest at its end. */
export function packedCursor(packed: Uint8Array, count: number, broken: () => Error): RowCursor {
  let at = 0;
  let row = 0;
  let read = 0;
  let waits = false;
  const next = (): void => {
    let step = 0;
    let factor = 1;
    for (;;) {
      const byte = packed[at++];
      if (byte === undefined || factor > 2 ** 28) throw broken();
      step += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
      factor *= 128;
    }
    if (step === 0 && read > 0) throw broken();
    row += step;
    read++;
  };
  return {
    each: (end, take) => {
      for (;;) {
        if (!waits && read === count) {
          if (at !== packed.length) throw broken();
          return;
        }
        if (!waits) next();
        waits = row >= end;
        if (waits) return;
        take(row);
      }
    },
  };
}
