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
    const heads = new Heads(cursors.map((cursor) => (cursor.next() ? cursor.token : null)));
    let rows = new Uint32Array(1024);
    let count = 0;
    let token = -1;
    for (let run = heads.least(); run !== null; run = heads.least()) {
      const cursor = cursors[run];
      if (cursor === undefined) break;
      if (cursor.token !== token) {
        if (count > 0) emit(token, rows, count);
        token = cursor.token;
        count = 0;
      }
      let isLeft = true;
      // Of a common word a run has many rows one after the other.
      for (; isLeft && cursor.token === token; isLeft = cursor.next()) {
        if (count === rows.length) {
          const larger = new Uint32Array(rows.length * 2);
          larger.set(rows);
          rows = larger;
        }
        rows[count++] = cursor.row;
      }
      heads.replaceLeast(isLeft ? cursor.token : null);
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

/**
 * Which run has the least token next, and of several with the same the earlier run: the runs follow each other, and so do their
 * rows. A heap of the runs' numbers, in arrays of numbers: it is asked some hundred million times.
 */
class Heads {
  readonly #heap: Uint32Array;
  readonly #tokens: Float64Array;
  #length = 0;

  /** The first token of each run; null where it has none. */
  constructor(tokens: readonly (number | null)[]) {
    this.#heap = new Uint32Array(tokens.length);
    this.#tokens = Float64Array.from(tokens, (token) => token ?? 0);
    for (const [run, token] of tokens.entries()) if (token !== null) this.#heap[this.#length++] = run;
    for (let at = (this.#length >> 1) - 1; at >= 0; at--) this.#sink(at);
  }

  least(): number | null {
    return this.#length === 0 ? null : (this.#heap[0] ?? null);
  }

  /** The run that was the least has this token next; null: it has ended. */
  replaceLeast(token: number | null): void {
    if (token === null) this.#heap[0] = this.#heap[--this.#length] ?? 0;
    else this.#tokens[this.#heap[0] ?? 0] = token;
    this.#sink(0);
  }

  #sink(from: number): void {
    const [heap, tokens, length] = [this.#heap, this.#tokens, this.#length];
    if (from >= length) return;
    const run = heap[from] ?? 0;
    const token = tokens[run] ?? 0;
    let at = from;
    for (let child = 2 * at + 1; child < length; child = 2 * at + 1) {
      let least = heap[child] ?? 0;
      let leastToken = tokens[least] ?? 0;
      if (child + 1 < length) {
        const other = heap[child + 1] ?? 0;
        const otherToken = tokens[other] ?? 0;
        if (otherToken < leastToken || (otherToken === leastToken && other < least)) {
          child++;
          least = other;
          leastToken = otherToken;
        }
      }
      if (token < leastToken || (token === leastToken && run < least)) break;
      heap[at] = least;
      at = child;
    }
    heap[at] = run;
  }
}
