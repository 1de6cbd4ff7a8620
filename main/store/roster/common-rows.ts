import type { RowCursor } from './row-lists.ts';

/** Of fewer rows than this, all lists together, a set is quicker than an array that has a place for each person on file. */
const fewRows = 20_000;
/** About so many rows are read before anybody asks whether that is enough. */
const rowsPerWindow = 20_000;
const widest = 2 ** 20;
/** So many rows of a list are taken at once. */
const rowsAtOnce = 4_096;

/** To look for a row in a list costs about as much as to read so many of its rows. */
const rowsPerWanted = 8;

/** So many rows in common, at least, before they tell how many there are in all. */
const fewestTelling = 30;
/** By so much of itself a list may lie otherwise than evenly among everybody. */
const mostUneven = 0.25;

/** Lists any of which has the rows of one part of what is asked, and how many rows they have together. */
export interface RowPart {
  readonly lists: readonly RowCursor[];
  readonly count: number;
}

/** Rows that are in a list of every part, rising. */
interface CommonRows {
  readonly rows: Uint32Array;
  /** How much of everybody was looked at, from 0 to 1: less than 1 where it was told before the end that there are too many. */
  readonly part: number;
}

/**
 * The rows below `end` that are in any list of each part. Ends as soon as there are more than `enough`, or by all likelihood will be:
 * who has a common name lies anywhere, so that what was read so far tells how many there are, about.
 */
export function commonRows(
  parts: readonly RowPart[],
  { end, enough }: { readonly end: number; readonly enough: number },
): CommonRows {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  if (total <= fewRows) return { rows: amongFew(parts, end), part: 1 };
  const windows = Math.ceil(total / rowsPerWindow);
  const width = Math.max(1, Math.min(widest, Math.ceil(end / windows)));
  const within = isSought(parts) ? sought(parts) : marked(parts, width);
  const found: number[] = [];
  let from = 0;
  while (from < end && found.length <= enough) {
    const until = from + width;
    within(found, from, Math.min(until, end));
    from = until;
    if (from < end && isToldBySample(parts, { found: found.length, part: from / end, enough })) break;
  }
  return { rows: Uint32Array.from(found).sort(), part: Math.min(1, from / end) };
}

/** Adds to `found` the rows in common that lie in one window, each window behind the one before. */
type Within = (found: number[], from: number, below: number) => void;

// Where one part has few rows and others very many, the few are looked for, and those between them are passed by.
function isSought([first, ...others]: readonly RowPart[]): boolean {
  const lists = others.reduce((sum, part) => sum + part.lists.length, 0);
  const rows = others.reduce((sum, { count }) => sum + count, 0);
  return first !== undefined && lists > 0 && first.count * lists * rowsPerWanted <= rows;
}

function sought([first, ...others]: readonly RowPart[]): Within {
  return (found, _from, below) => {
    let common = readUpTo(first?.lists ?? [], below);
    for (const { lists } of others) common = metIn(lists, common, below);
    for (const row of common) found.push(row);
  };
}

function readUpTo(lists: readonly RowCursor[], below: number): Uint32Array {
  const taken = new Uint32Array(rowsAtOnce);
  const rows: number[] = [];
  for (const list of lists)
    for (let count = list.read(below, taken); count > 0; count = list.read(below, taken))
      for (let at = 0; at < count; at++) rows.push(taken[at] ?? 0);
  return lists.length === 1 ? Uint32Array.from(rows) : risingOnce(rows);
}

function metIn(lists: readonly RowCursor[], wanted: Uint32Array, below: number): Uint32Array {
  const taken = new Uint32Array(wanted.length);
  const rows: number[] = [];
  for (const list of lists) {
    const count = list.meet(wanted, below, taken);
    for (let at = 0; at < count; at++) rows.push(taken[at] ?? 0);
  }
  return lists.length === 1 ? Uint32Array.from(rows) : risingOnce(rows);
}

// Lists of one part may have a row in common.
const risingOnce = (rows: readonly number[]): Uint32Array => Uint32Array.from(new Set(rows)).sort();

function marked(parts: readonly RowPart[], width: number): Within {
  // How many parts have the row, of those that come before.
  const reached = new Uint8Array(width);
  const taken = new Uint32Array(rowsAtOnce);
  return (found, from, below) => {
    reached.fill(0);
    for (const [position, { lists }] of parts.entries()) {
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
  };
}

/*
 * Whether what was found so far tells that there will be more than `enough`: fewer than that would have shown so many with a chance
 * of one in a thousand (three standard deviations of a count). Only where every list lies evenly: in a file that came sorted by name,
 * those of one name lie together, and the first of them tell nothing of how many follow.
 */
function isToldBySample(
  parts: readonly RowPart[],
  sample: {
    readonly found: number;
    readonly part: number;
    readonly enough: number;
  },
): boolean {
  const { found, part, enough } = sample;
  if (found < fewestTelling || found - 3 * Math.sqrt(found) <= enough * part) return false;
  return parts.every(({ lists, count }) => {
    const expected = count * part;
    const passed = lists.reduce((sum, list) => sum + list.passed(), 0);
    return Math.abs(passed - expected) <= mostUneven * expected;
  });
}

function amongFew(parts: readonly RowPart[], end: number): Uint32Array {
  const taken = new Uint32Array(rowsAtOnce);
  let common: Set<number> | null = null;
  for (const { lists } of parts) {
    const before: Set<number> | null = common;
    const next = new Set<number>();
    for (const list of lists)
      for (let count = list.read(end, taken); count > 0; count = list.read(end, taken))
        for (const row of taken.subarray(0, count)) if (before === null || before.has(row)) next.add(row);
    common = next;
  }
  return Uint32Array.from(common ?? []).sort();
}
