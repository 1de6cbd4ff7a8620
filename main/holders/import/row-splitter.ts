import { concat } from '../../result/bytes.ts';
import { nextRow, type RowFormat } from './next-row.ts';

/** Whole rows of a file as they stand in it. */
export interface RowPiece {
  readonly bytes: Uint8Array;
  /** How many they are, those that will not be taken among them. */
  readonly rows: number;
  /** Of its first row, counted from 1. */
  readonly line: number;
  /** Where in the file the rows after it begin, and on which line. */
  readonly end: number;
  readonly endLine: number;
  /** Lines on which rows began that are longer than any may be; they are in no piece. */
  readonly tooLong: readonly number[];
}

/** A piece ends behind the row that makes it so long. */
export const pieceBytes = 128 * 1024;
const newline = 0x0a;
const carriage = 0x0d;

/**
 * Parts a file into pieces of whole rows, from an offset at which a row begins. However long a row is, no more of it is held than
 * a row may be long.
 */
export async function* splitRows(
  chunks: AsyncIterable<Uint8Array>,
  start: { readonly offset: number; readonly line: number },
  format: RowFormat,
): AsyncGenerator<RowPiece> {
  let held: Uint8Array = new Uint8Array();
  let { offset, line } = start;
  let tooLong: number[] = [];
  let skipping = false;

  function* whole(last: boolean): Generator<RowPiece> {
    let begin = 0;
    let at = 0;
    let lines = 0;
    let rows = 0;
    const piece = (): RowPiece => {
      const bytes = held.subarray(begin, at);
      const first = line;
      const count = rows;
      offset += at - begin;
      line += lines;
      begin = at;
      lines = 0;
      rows = 0;
      const told = { bytes, rows: count, line: first, end: offset, endLine: line, tooLong };
      tooLong = [];
      return told;
    };
    while (at < held.length) {
      if (skipping) {
        const end = lineEnd(held, at, last);
        offset += end.next - at;
        begin = at = end.next;
        if (!end.found) break;
        skipping = false;
        line++;
        continue;
      }
      const row = nextRow(held, at, format, last);
      if (row === null) break;
      if (row === 'too-long') {
        if (at > begin) yield piece();
        tooLong.push(line);
        skipping = true;
        continue;
      }
      at = row.next;
      lines += row.lines;
      rows++;
      if (at - begin >= pieceBytes) yield piece();
    }
    if (at > begin || (last && tooLong.length > 0)) yield piece();
    held = held.subarray(at);
  }

  for await (const chunk of chunks) {
    held = held.length === 0 ? chunk : concat(held, chunk);
    yield* whole(false);
  }
  yield* whole(true);
}

// A carriage return that is the last byte there is may have a line feed after it.
function lineEnd(bytes: Uint8Array, from: number, last: boolean): { readonly next: number; readonly found: boolean } {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] === newline) return { next: at + 1, found: true };
    if (bytes[at] !== carriage) continue;
    if (at + 1 === bytes.length && !last) return { next: at, found: false };
    return { next: bytes[at + 1] === newline ? at + 2 : at + 1, found: true };
  }
  return { next: bytes.length, found: false };
}
