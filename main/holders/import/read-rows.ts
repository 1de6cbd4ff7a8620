import { isAscii, isUtf8 } from 'node:buffer';
import type { PlainDate } from '../../result/plain-date.ts';
import type { Holder } from '../holder.ts';
import { type Columns, rawOfFields, rawOfJson } from './columns.ts';
import { holderOfRow } from './holder-of-row.ts';
import { fieldsOf, nextRow, type RowFormat } from './next-row.ts';

export const encodings = ['utf-8', 'windows-1252'] as const;
export type RowEncoding = (typeof encodings)[number];

/** How the rows of a file are to be read. */
export interface RowReading {
  readonly format: RowFormat;
  readonly encoding: RowEncoding;
  readonly columns: Columns;
  readonly today: PlainDate;
}

/** Something to tell of a line: why it was not taken, or what was odd. */
export interface RowNote {
  readonly line: number;
  readonly note: string;
}

/** What a piece of whole rows holds. */
export interface ReadPiece {
  readonly holders: readonly Holder[];
  readonly lines: readonly number[];
  readonly faults: readonly RowNote[];
  readonly remarks: readonly RowNote[];
}

const windows1252 = new TextDecoder('windows-1252');
const utf8 = new TextDecoder();

/** Reads whole rows, the first of which begins on `line`. No bytes make it fail. */
export function readRows(bytes: Uint8Array, line: number, reading: RowReading): ReadPiece {
  const holders: Holder[] = [];
  const lines: number[] = [];
  const faults: RowNote[] = [];
  const remarks: RowNote[] = [];
  const allUtf8 = isUtf8(bytes);
  let at = 0;
  let begins = line;
  while (at < bytes.length) {
    const row = nextRow(bytes, at, reading.format, true);
    if (row === null || row === 'too-long') break;
    const text = row.broken ? null : textOf(bytes.subarray(at, row.end), reading.encoding, allUtf8);
    const read = row.broken
      ? { fault: 'quotes-or-length' }
      : text === null
        ? { fault: 'encoding' }
        : rowOf(text, reading);
    if (read !== null && 'fault' in read) faults.push({ line: begins, note: read.fault });
    else if (read !== null) {
      holders.push(read.holder);
      lines.push(begins);
      for (const note of read.remarks) remarks.push({ line: begins, note });
    }
    at = row.next;
    begins += row.lines;
  }
  return { holders, lines, faults, remarks };
}

/**
 * The text of a row; null where it is not of the file's encoding. A row with letters beyond ASCII that are whole UTF-8 in a file
 * of Windows-1252 is of another: hardly any name is written so.
 */
export function textOf(row: Uint8Array, encoding: RowEncoding, known = false): string | null {
  if (encoding === 'utf-8') return known || isUtf8(row) ? utf8.decode(row) : null;
  if (isAscii(row)) return utf8.decode(row);
  return isUtf8(row) ? null : windows1252.decode(row);
}

// Null for an empty row.
function rowOf(text: string, { format, columns, today }: RowReading): ReturnType<typeof holderOfRow> | null {
  if (format.kind === 'json-lines') {
    if (text.trim() === '') return null;
    const raw = rawOfJson(text, columns);
    return typeof raw === 'string' ? { fault: raw } : holderOfRow(raw, today);
  }
  const fields = fieldsOf(text, format.delimiter);
  if (fields.every((field) => field.trim() === '')) return null;
  const raw = rawOfFields(fields, columns);
  return raw === 'columns' ? { fault: raw } : holderOfRow(raw, today);
}
