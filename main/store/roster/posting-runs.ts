import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { rowBits } from './seal-piece.ts';

/*
 * Postings wait for their layer in sorted runs, one after the other in a file beside it: a run fits into memory, all of them do
 * not. When the last is written they are merged, and each token comes once, with all its rows in order.
 */

/** A run in the file: so many postings, whose rows are counted from `firstRow`. */
export interface PostingRun {
  readonly firstRow: number;
  readonly postings: number;
}

const postingBytes = 8;
const windowPostings = 4096;
const rowMask = 2 ** rowBits - 1;
const tokenLow = 2 ** (32 - rowBits);

/** The runs of one layer in their file. */
export class PostingRuns {
  readonly #descriptor: number;
  #end = 0;

  /** Opens the file, or makes it. */
  constructor(path: string) {
    this.#descriptor = openSync(path, 'a+', 0o600);
  }

  /** Whether it holds at least these runs; what is behind them goes. */
  keepOnly(runs: readonly PostingRun[]): boolean {
    const bytes = runs.reduce((sum, { postings }) => sum + postings, 0) * postingBytes;
    if (fstatSync(this.#descriptor).size < bytes) return false;
    ftruncateSync(this.#descriptor, bytes);
    this.#end = bytes;
    return true;
  }

  /** Adds a run; sorts `postings` in place. */
  add(postings: Uint32Array<ArrayBuffer>): void {
    const whole = new BigUint64Array(postings.buffer, postings.byteOffset, postings.length / 2);
    whole.sort();
    const bytes = new Uint8Array(postings.buffer, postings.byteOffset, postings.byteLength);
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#descriptor, bytes, written);
    fsyncSync(this.#descriptor);
    this.#end += bytes.length;
  }

  /** Each token in rising order with its rows in rising order; the array is used again for the next. */
  merge(runs: readonly PostingRun[], emit: (token: number, rows: Uint32Array, count: number) => void): void {
    let start = 0;
    const cursors = runs.map((run) => {
      const cursor = new Cursor(this.#descriptor, start, run);
      start += run.postings * postingBytes;
      return cursor;
    });
    const heap = cursors.filter((cursor) => cursor.next());
    for (let at = (heap.length >> 1) - 1; at >= 0; at--) sink(heap, at);
    let rows = new Uint32Array(1024);
    let count = 0;
    let token = -1;
    while (heap.length > 0) {
      const [least] = heap;
      if (least === undefined) break;
      if (least.token !== token) {
        if (count > 0) emit(token, rows, count);
        token = least.token;
        count = 0;
      }
      if (count === rows.length) {
        const larger = new Uint32Array(rows.length * 2);
        larger.set(rows);
        rows = larger;
      }
      rows[count++] = least.row;
      if (!least.next()) {
        const last = heap.pop();
        if (heap.length > 0 && last !== undefined) heap[0] = last;
      }
      sink(heap, 0);
    }
    if (count > 0) emit(token, rows, count);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

class Cursor {
  readonly #descriptor: number;
  readonly #window = new Uint32Array(windowPostings * 2);
  readonly #firstRow: number;
  #position: number;
  #left: number;
  #at = 0;
  #held = 0;
  token = 0;
  row = 0;

  constructor(descriptor: number, position: number, { firstRow, postings }: PostingRun) {
    this.#descriptor = descriptor;
    this.#position = position;
    this.#firstRow = firstRow;
    this.#left = postings;
  }

  next(): boolean {
    if (this.#at === this.#held) {
      if (this.#left === 0) return false;
      this.#fill();
    }
    const low = this.#window[this.#at] ?? 0;
    this.token = (this.#window[this.#at + 1] ?? 0) * tokenLow + Math.floor(low / 2 ** rowBits);
    this.row = this.#firstRow + (low & rowMask);
    this.#at += 2;
    return true;
  }

  #fill(): void {
    const postings = Math.min(this.#left, windowPostings);
    const bytes = new Uint8Array(this.#window.buffer, 0, postings * postingBytes);
    for (let read = 0; read < bytes.length; ) {
      const got = readSync(this.#descriptor, bytes, read, bytes.length - read, this.#position + read);
      if (got === 0) throw new RangeError('a run is shorter than it was');
      read += got;
    }
    this.#position += bytes.length;
    this.#left -= postings;
    this.#at = 0;
    this.#held = postings * 2;
  }
}

// Those of one token by their rows: the runs follow each other, and so do their rows.
function isBefore(one: Cursor, other: Cursor): boolean {
  return one.token === other.token ? one.row < other.row : one.token < other.token;
}

function sink(heap: Cursor[], from: number): void {
  for (let at = from; ; ) {
    const left = 2 * at + 1;
    const right = left + 1;
    let least = at;
    for (const child of [left, right]) {
      const [a, b] = [heap[child], heap[least]];
      if (a !== undefined && b !== undefined && isBefore(a, b)) least = child;
    }
    if (least === at) return;
    const [a, b] = [heap[at], heap[least]];
    if (a === undefined || b === undefined) return;
    heap[at] = b;
    heap[least] = a;
    at = least;
  }
}
