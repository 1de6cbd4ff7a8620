import { isAscii, isUtf8 } from 'node:buffer';
import { streamDigest } from '../../crypto/bulk.ts';
import { concat } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { columnsOf, columnsOfJson, fieldNamed } from './columns.ts';
import { fieldsOf, nextRow, type RowFormat } from './next-row.ts';
import { type RowEncoding, type RowReading, textOf } from './read-rows.ts';

/** A file as it is looked at before its rows are read. */
interface SourceFile {
  readonly bytes: number;
  readonly head: (most: number) => Uint8Array;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

export interface LookedAtFile {
  /** SHA-256 in hex: by it an import is gone on with. */
  readonly digest: string;
  readonly reading: RowReading;
  readonly start: { readonly offset: number; readonly line: number };
}

const mark = Uint8Array.of(0xef, 0xbb, 0xbf);
const newline = 0x0a;
/** So much of a file tells what its columns are. */
const headBytes = 64 * 1024;

/**
 * Looks through a whole file: what it is, in which encoding, and what its columns hold. A file is UTF-8 unless more of its lines
 * with letters beyond ASCII are none than are; then it is Windows-1252, in which Swedish systems write. Fails with
 * `holder.import-malformed` (`header`, `mapping`, `encoding`, `utf-16`).
 */
export async function lookAtFile(
  file: SourceFile,
  wish: {
    readonly mapping: readonly (readonly [string, string])[];
    readonly encoding: RowEncoding | null;
    readonly today: PlainDate;
  },
  onProgress: (bytes: number) => void,
): Promise<LookedAtFile> {
  const head = file.head(headBytes);
  const marked = isMarked(head);
  const { digest, encoding: found } = await through(file, onProgress);
  const encoding = marked ? 'utf-8' : (wish.encoding ?? found);
  const { today } = wish;
  const offset = marked ? mark.length : 0;
  const mapping = new Map(wish.mapping);
  const first = firstRow(head, offset);
  if (head[first.at] === '{'.charCodeAt(0)) {
    const reading = { format: { kind: 'json-lines' }, encoding, columns: columnsOfJson(mapping), today } as const;
    return { digest, reading, start: { offset: first.at, line: first.line } };
  }
  const format = formatOf(head, first);
  const row = nextRow(head, first.at, format, file.bytes <= headBytes);
  if (row === null || row === 'too-long' || row.broken) throw refused(first.line, 'header');
  const text = textOf(head.subarray(first.at, row.end), encoding);
  if (text === null) throw refused(first.line, 'encoding');
  const columns = columnsOf(fieldsOf(text, format.delimiter), mapping, first.line);
  return {
    digest,
    reading: { format, encoding, columns, today },
    start: { offset: row.next, line: first.line + row.lines },
  };
}

/** What the first row of a file says of its columns, before anything else of it is looked at. */
export interface FileHead {
  readonly kind: RowFormat['kind'];
  /** The columns by name, and what each is taken for; null where its name means nothing known. */
  readonly columns: readonly { readonly name: string; readonly field: string | null }[];
}

/** Looks at the beginning of a file, so that somebody may say what its columns hold. Fails as `lookAtFile`. */
export function lookAtHead(file: Pick<SourceFile, 'bytes' | 'head'>): FileHead {
  const head = file.head(headBytes);
  const marked = isMarked(head);
  const first = firstRow(head, marked ? mark.length : 0);
  const isJson = head[first.at] === '{'.charCodeAt(0);
  const format = isJson ? ({ kind: 'json-lines' } as const) : formatOf(head, first);
  const row = nextRow(head, first.at, format, file.bytes <= headBytes);
  if (row === null || row === 'too-long' || row.broken) throw refused(first.line, 'header');
  const written = head.subarray(first.at, row.end);
  const text = textOf(written, marked || isUtf8(written) ? 'utf-8' : 'windows-1252') ?? '';
  const names = format.kind === 'csv' ? fieldsOf(text, format.delimiter) : namesOfJson(text, first.line);
  const named = names.map((name) => name.normalize('NFC').trim()).filter((name) => name !== '');
  return { kind: format.kind, columns: named.map((name) => ({ name, field: fieldNamed(name) })) };
}

function namesOfJson(text: string, line: number): readonly string[] {
  try {
    return Object.keys(JSON.parse(text) as object).filter((name) => name !== 'numbers' && name !== 'documents');
  } catch {
    throw refused(line, 'header');
  }
}

// UTF-16 is told by its mark, and read by nobody here.
function isMarked(head: Uint8Array): boolean {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) throw refused(1, 'utf-16');
  return mark.every((byte, at) => head[at] === byte);
}

function refused(line: number, reason: string): Failure {
  return new Failure('holder.import-malformed', { line, reason });
}

type Delimiter = (RowFormat & { readonly kind: 'csv' })['delimiter'];

interface FirstRow {
  readonly at: number;
  readonly line: number;
  /** What a line before it says that parts its fields; null where none does. */
  readonly delimiter: Delimiter | null;
}

// Excel writes empty rows with their delimiters, and takes `sep=;` before the header for what parts the fields.
const emptyRow = /^[;,\t ]*$/;
const parting = /^"?sep=([;,\t])"?[;,\t]*$/i;

/** The first row that says something. */
function firstRow(head: Uint8Array, from: number): FirstRow {
  let delimiter: Delimiter | null = null;
  let line = 1;
  for (let at = from; at < head.length; line++) {
    const row = nextRow(head, at, { kind: 'json-lines' }, true);
    if (row === null || row === 'too-long') return { at, line, delimiter };
    const text = new TextDecoder('latin1').decode(head.subarray(at, row.end));
    const said = parting.exec(text)?.[1] as Delimiter | undefined;
    if (said !== undefined) delimiter = said;
    else if (!emptyRow.test(text)) return { at, line, delimiter };
    at = row.next;
  }
  return { at: head.length, line, delimiter };
}

function formatOf(head: Uint8Array, first: FirstRow): RowFormat & { readonly kind: 'csv' } {
  if (first.delimiter !== null) return { kind: 'csv', delimiter: first.delimiter };
  const line = nextRow(head, first.at, { kind: 'json-lines' }, true);
  const end = line === null || line === 'too-long' ? head.length : line.end;
  const text = new TextDecoder('latin1').decode(head.subarray(first.at, end));
  const delimiter = text.includes(';') ? ';' : text.includes('\t') ? '\t' : ',';
  return { kind: 'csv', delimiter };
}

async function through(
  file: SourceFile,
  onProgress: (bytes: number) => void,
): Promise<{ readonly digest: string; readonly encoding: RowEncoding }> {
  const digest = streamDigest();
  const count = { utf8: 0, other: 0 };
  let bytes = 0;
  let held: Uint8Array = new Uint8Array();
  for await (const chunk of file.chunks()) {
    digest.add(chunk);
    bytes += chunk.length;
    onProgress(bytes);
    const whole = held.length === 0 ? chunk : concat(held, chunk);
    const end = whole.lastIndexOf(newline) + 1;
    // Of a line without an end no more is looked at than this.
    held = whole.length - end > headBytes ? new Uint8Array() : whole.slice(end);
    countLines(whole.subarray(0, end), count);
  }
  countLines(held, count);
  return { digest: digest.end(), encoding: count.other > count.utf8 ? 'windows-1252' : 'utf-8' };
}

function countLines(bytes: Uint8Array, count: { utf8: number; other: number }): void {
  if (isAscii(bytes)) return;
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(newline, at);
    const end = found === -1 ? bytes.length : found;
    const line = bytes.subarray(at, end);
    if (!isAscii(line)) {
      if (isUtf8(line)) count.utf8++;
      else count.other++;
    }
    at = end + 1;
  }
}
