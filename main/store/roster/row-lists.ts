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

/** The rows of a rising list, part by part: what nobody asks for is not read. Each part begins where the one before it ended. */
export interface RowCursor {
  /** Puts the next rows below `end` into the array, as many as it holds, and answers how many; 0 where none is left below `end`. */
  readonly read: (end: number, into: Uint32Array) => number;
  /**
   * Puts those of the `wanted` rows that the list has into the array, and answers how many; all others below `end` are passed by.
   * Wanted rows rise and lie below `end`, and the array holds as many as they are.
   */
  readonly meet: (wanted: Uint32Array, end: number, into: Uint32Array) => number;
  /** How many rows were read or passed by so far. */
  readonly passed: () => number;
}

/** A list that lies in memory. */
export function cursorOf(rows: Uint32Array): RowCursor {
  let at = 0;
  const passTo = (end: number): void => {
    while (at < rows.length && (rows[at] ?? end) < end) at++;
  };
  return {
    read: (end, into) => {
      let count = 0;
      for (let row = rows[at]; count < into.length && row !== undefined && row < end; row = rows[++at])
        into[count++] = row;
      return count;
    },
    meet: (wanted, end, into) => {
      let met = 0;
      for (const row of wanted) {
        passTo(row);
        if (rows[at] === row) into[met++] = row;
      }
      passTo(end);
      return met;
    },
    passed: () => at,
  };
}

/** A packed list of `count` rows. Where the bytes are none it throws what `broken` makes, at the latest at its end. */
export function packedCursor(packed: Uint8Array, count: number, broken: () => Error): RowCursor {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  let at = 0;
  let row = 0;
  let left = count;
  let waits = false;

  // One loop over variables of its own: of a common name half a million rows are read while somebody waits.
  const read = (end: number, into: Uint32Array): number => {
    let filled = 0;
    let place = at;
    let last = row;
    while (filled < into.length) {
      if (!waits) {
        if (left === 0) {
          if (place !== packed.length) throw broken();
          break;
        }
        let byte = packed[place++] ?? noByte;
        let step = byte & 0x7f;
        for (let factor = 128; byte >= 0x80; factor *= 128) {
          byte = packed[place++] ?? noByte;
          if (factor > 2 ** 28 || byte === noByte) throw broken();
          step += (byte & 0x7f) * factor;
        }
        if (step === 0 && left < count) throw broken();
        last += step;
        left--;
      }
      waits = last >= end;
      if (waits) break;
      into[filled++] = last;
    }
    at = place;
    row = last;
    return filled;
  };

  // As long as four steps together end below `end`: of a common name nearly all steps are one byte, and a sum is enough to pass by.
  const passTogether = (end: number): void => {
    if (waits && row >= end) return;
    waits = false;
    let place = at;
    let last = row;
    let behind = left;
    for (; behind >= stepsAtOnce && place + stepsAtOnce <= packed.length; behind -= stepsAtOnce) {
      const steps = view.getInt32(place, true);
      // Neither a byte that is not the last of its step, nor a step of nothing: of these `read` knows.
      if (((steps | (steps - 0x01010101)) & 0x80808080) !== 0) break;
      const pairs = (steps & 0x00ff00ff) + ((steps >>> 8) & 0x00ff00ff);
      const sum = (pairs & 0xffff) + (pairs >>> 16);
      if (last + sum >= end) break;
      last += sum;
      place += stepsAtOnce;
    }
    at = place;
    row = last;
    left = behind;
  };
  const passTo = (end: number): void => {
    do passTogether(end);
    while (read(end, passing) === stepsAtOnce);
  };

  return {
    read,
    meet: (wanted, end, into) => {
      let met = 0;
      for (const each of wanted) {
        passTo(each);
        if (waits && row === each) into[met++] = each;
      }
      passTo(end);
      return met;
    },
    passed: () => count - left - Number(waits),
  };
}

/** Above every byte: there is none. */
const noByte = 0x180;
/** So many bytes are a number of 32 bits. */
const stepsAtOnce = 4;
/** What is passed by nobody looks at. */
const passing = new Uint32Array(stepsAtOnce);
