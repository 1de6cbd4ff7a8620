import type { RowCursor } from './row-lists.ts';

/** Of fewer rows than this, all lists together, a set is quicker than an array that has a place for each person on file. */
const fewRows = 20_000;
/** About so many rows are read before anybody asks whether that is enough. */
const rowsPerWindow = 40_000;
const widest = 2 ** 20;
/** So many rows of a list are taken at once. */
const rowsAtOnce = 4_096;

/** Rows that are in a list of every part, rising. */
interface CommonRows {
  readonly rows: Uint32Array;
  /** How much of everybody was looked at, from 0 to 1: less than 1 where there were enough before the end. */
  readonly part: number;
}

/**
 * The rows below `end` that are in any list of each part. Ends as soon as there are more than `enough`: who has a common name lies
 * anywhere, so that what was read so far tells how many there are, about. `total` is how many rows the lists have together.
 */
export function commonRows(
  parts: readonly (readonly RowCursor[])[],
  { end, total, enough }: { readonly end: number; readonly total: number; readonly enough: number },
): CommonRows {
  if (total <= fewRows) return { rows: amongFew(parts, end), part: 1 };
  const windows = Math.ceil(total / rowsPerWindow);
  const width = Math.max(1, Math.min(widest, Math.ceil(end / windows)));
  // How many parts have the row, of those that come before.
  const reached = new Uint8Array(width);
  const taken = new Uint32Array(rowsAtOnce);
  const found: number[] = [];
  let from = 0;
  while (from < end && found.length <= enough) {
    reached.fill(0);
    const until = from + width;
    const below = Math.min(until, end);
    for (const [position, lists] of parts.entries()) {
      const isLast = position === parts.length - 1;
      for (const list of lists)
        for (let count = list.read(below, taken); count > 0; count = list.read(below, taken))
          for (let at = 0; at < count; at++) {
            const row = taken[at] ?? 0;
            if (reached[row - from] !== position) continue;
            reached[row - from] = position + 1;
            if (isLast) found.push(row);
          }
    }
    from = until;
  }
  return { rows: Uint32Array.from(found).sort(), part: Math.min(1, from / end) };
}

function amongFew(parts: readonly (readonly RowCursor[])[], end: number): Uint32Array {
  const taken = new Uint32Array(rowsAtOnce);
  let common: Set<number> | null = null;
  for (const lists of parts) {
    const before: Set<number> | null = common;
    const next = new Set<number>();
    for (const list of lists)
      for (let count = list.read(end, taken); count > 0; count = list.read(end, taken))
        for (const row of taken.subarray(0, count)) if (before === null || before.has(row)) next.add(row);
    common = next;
  }
  return Uint32Array.from(common ?? []).sort();
}
