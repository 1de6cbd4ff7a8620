/** Longer than any row: beyond it nobody waits for the end of one. */
export const longestRow = 16_384;

/** How a file parts its rows and fields. */
export type RowFormat =
  | { readonly kind: 'csv'; readonly delimiter: ',' | ';' | '\t' }
  | { readonly kind: 'json-lines' };

/** One row in the bytes of a file. */
export interface FoundRow {
  /** Where it ends, its line break not counted, and where the next begins. */
  readonly end: number;
  readonly next: number;
  /** How many line breaks it has, the last one with it. */
  readonly lines: number;
  /** Its quotation marks are none of RFC 4180: it ends with its line, and the next row begins there. */
  readonly broken: boolean;
}

const quote = 0x22;
const newline = 0x0a;
const carriage = 0x0d;

/**
 * The row that begins at `from`. Null where its end is not among the bytes, unless they are the `last` of the file;
 * `too-long` where there is none within `longestRow`. A row with quotes that never close, or that stand where none may, is
 * broken and ends with its first line, so that the rows after it are read all the same.
 */
export function nextRow(
  bytes: Uint8Array,
  from: number,
  format: RowFormat,
  last: boolean,
): FoundRow | 'too-long' | null {
  const quoted = format.kind === 'csv' ? quotedRow(bytes, from, format.delimiter.charCodeAt(0), last) : 'broken';
  if (quoted !== 'broken') return quoted;
  const line = lineFrom(bytes, from, last);
  return line === null || line === 'too-long' ? line : { ...line, broken: format.kind === 'csv' };
}

function lineFrom(bytes: Uint8Array, from: number, last: boolean): FoundRow | 'too-long' | null {
  const bound = Math.min(bytes.length, from + longestRow);
  for (let at = from; at < bound; at++) {
    const byte = bytes[at];
    if (byte !== newline && byte !== carriage) continue;
    const next = afterBreak(bytes, at, last);
    return next === null ? null : { end: at, next, lines: 1, broken: false };
  }
  if (bytes.length - from >= longestRow) return 'too-long';
  return last ? { end: bytes.length, next: bytes.length, lines: 1, broken: false } : null;
}

// Null where a carriage return is the last byte that is there: a line feed may belong to it.
function afterBreak(bytes: Uint8Array, at: number, last: boolean): number | null {
  if (bytes[at] === newline) return at + 1;
  if (at + 1 === bytes.length && !last) return null;
  return bytes[at + 1] === newline ? at + 2 : at + 1;
}

function quotedRow(
  bytes: Uint8Array,
  from: number,
  delimiter: number,
  last: boolean,
): FoundRow | 'broken' | 'too-long' | null {
  const bound = Math.min(bytes.length, from + longestRow);
  let lines = 0;
  let fieldBegins = true;
  let at = from;
  while (at < bound) {
    const byte = bytes[at];
    if (byte === newline || byte === carriage) {
      const next = afterBreak(bytes, at, last);
      return next === null ? null : { end: at, next, lines: lines + 1, broken: false };
    }
    if (byte === quote) {
      if (!fieldBegins) return 'broken';
      const closed = closing(bytes, at + 1, bound);
      if (closed === null) return bytes.length - from >= longestRow || last ? 'broken' : null;
      lines += closed.lines;
      at = closed.after;
      const following = bytes[at];
      if (following === undefined) break;
      if (following !== delimiter && following !== newline && following !== carriage) return 'broken';
      fieldBegins = false;
      continue;
    }
    fieldBegins = byte === delimiter;
    at++;
  }
  if (bytes.length - from >= longestRow) return 'too-long';
  return last ? { end: bytes.length, next: bytes.length, lines: lines + 1, broken: false } : null;
}

function closing(
  bytes: Uint8Array,
  from: number,
  bound: number,
): { readonly after: number; readonly lines: number } | null {
  let lines = 0;
  for (let at = from; at < bound; at++) {
    const byte = bytes[at];
    if (byte === newline || (byte === carriage && bytes[at + 1] !== newline)) lines++;
    if (byte !== quote) continue;
    // What comes next tells whether it is one of a pair.
    if (at + 1 >= bytes.length) return { after: at + 1, lines };
    if (bytes[at + 1] !== quote) return { after: at + 1, lines };
    at++;
  }
  return null;
}

/** The fields of a row that is not broken. */
export function fieldsOf(text: string, delimiter: string): readonly string[] {
  if (!text.includes('"')) return text.split(delimiter);
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] === '"') {
      let end = at + 1;
      while (end < text.length && (text[end] !== '"' || text[end + 1] === '"')) end += text[end] === '"' ? 2 : 1;
      fields.push(text.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
    } else {
      const end = text.indexOf(delimiter, at);
      fields.push(text.slice(at, end === -1 ? text.length : end));
      at = end === -1 ? text.length : end;
    }
    if (at >= text.length) return fields;
    at++;
    if (at === text.length) return [...fields, ''];
  }
}
