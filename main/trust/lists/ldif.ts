import { Failure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';

/** One entry of an LDIF content file (RFC 2849): its name and its binary values; text values are passed over. */
export interface LdifEntry {
  /** Number of its first line, from 1. */
  readonly line: number;
  readonly dn: string;
  readonly values: readonly LdifValue[];
  /** Why it was left out, null where it was read. */
  readonly fault: FailureCode | null;
}

export interface LdifValue {
  /** Attribute description with its options: `userCertificate;binary`. */
  readonly name: string;
  readonly value: Uint8Array;
}

export interface LdifBounds {
  /** Bytes of one entry as written; the largest master list in base64 has some 2 MB. */
  readonly entryBytes: number;
}

const standardBounds: LdifBounds = { entryBytes: 24 * 1024 * 1024 };
const newline = 0x0a;
const carriageReturn = 0x0d;
/** Line ends are two bytes at most: so many are kept of what is passed over, to see where it ends. */
const endBytes = 2;
const maximumNameLength = 4_096;
const utf8 = new TextDecoder('utf-8');

/**
 * Reads an LDIF file entry by entry as its bytes come in: folded lines, base64, CRLF, comments. Memory is bounded by some
 * entries and one chunk. An entry that is too large or malformed is given with its fault and the reading goes on; a file that
 * does not end with a line end was cut: `trust.file-cut`.
 */
export async function* ldifEntries(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  bounds: LdifBounds = standardBounds,
): AsyncGenerator<LdifEntry> {
  const entries = new EntryCutter(bounds);
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  for await (const chunk of chunks) {
    waiting.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    waitingBytes += chunk.byteLength;
    // An entry in many chunks is looked at again once it is twice as long: none is read so often that time grows with its square.
    if (waitingBytes < entries.restBytes) continue;
    yield* entries.take(waiting);
    [waiting, waitingBytes] = [[], 0];
  }
  yield* entries.take(waiting);
  const last = entries.finish();
  if (last !== null) yield last;
}

/** Cuts a file where its entries end, at empty lines: finding those and taking an entry as one text is much less than each line for itself. */
class EntryCutter {
  readonly #bounds: LdifBounds;
  /** What no empty line has ended yet; it begins with a line, but where an entry is passed over. */
  #rest: Buffer = Buffer.alloc(0);
  /** Number of the line that `#rest` begins with. */
  #line = 1;
  /** Number of the first line of an entry that is too large and passed over; null where none is. */
  #passedOver: number | null = null;

  constructor(bounds: LdifBounds) {
    this.#bounds = bounds;
  }

  get restBytes(): number {
    return this.#rest.length;
  }

  /** The entries that end in what follows. */
  *take(following: readonly Buffer[]): Generator<LdifEntry> {
    const bytes = Buffer.concat([this.#rest, ...following]);
    const ends = new EmptyLines(bytes);
    let start = 0;
    for (;;) {
      start = this.#afterEmptyLines(bytes, start);
      const found = ends.from(start);
      if (found === null) break;
      const entry = this.#read(bytes.subarray(start, found.end));
      this.#line++;
      start = found.next;
      if (entry !== null) yield entry;
    }
    this.#keep(bytes.subarray(start));
  }

  /** The entry that the end of the file ends. Fails with `trust.file-cut`. */
  finish(): LdifEntry | null {
    const rest = this.#rest;
    if (rest.length > 0 && rest.at(-1) !== newline)
      throw new Failure('trust.file-cut', { line: this.#line + linesOf(rest) });
    return rest.length === 0 ? null : this.#read(rest);
  }

  #afterEmptyLines(bytes: Buffer, start: number): number {
    if (this.#passedOver !== null) return start;
    let at = start;
    for (;;) {
      const length = bytes[at] === carriageReturn ? 2 : 1;
      if (bytes[at + length - 1] !== newline) return at;
      at += length;
      this.#line++;
    }
  }

  // Bytes that begin a line are taken with all of their lines.
  #read(bytes: Buffer): LdifEntry | null {
    const line = this.#passedOver ?? this.#line;
    const tooLarge = this.#passedOver !== null || bytes.length > this.#bounds.entryBytes;
    this.#passedOver = null;
    const lines = tooLarge ? [] : bytes.toString('latin1').split('\n');
    this.#line += tooLarge ? linesOf(bytes) : lines.length - 1;
    return tooLarge ? faulty(line, 'trust.entry-too-large') : entryOf(lines, line);
  }

  #keep(rest: Buffer): void {
    const tooLarge = this.#passedOver !== null || rest.length > this.#bounds.entryBytes;
    if (!tooLarge) {
      this.#rest = rest;
      return;
    }
    this.#passedOver ??= this.#line;
    const kept = Math.min(rest.length, endBytes);
    this.#line += linesOf(rest.subarray(0, rest.length - kept));
    this.#rest = Buffer.from(rest.subarray(rest.length - kept));
  }
}

/** Finds the empty lines of some bytes in their order; where one kind of line end does not occur it is looked for once. */
class EmptyLines {
  readonly #bytes: Buffer;
  readonly #kinds = ['\n\n', '\n\r\n'].map((text) => ({ text, at: -1 }));

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Where the lines before the next empty one end, and where those after it begin. */
  from(start: number): { readonly end: number; readonly next: number } | null {
    for (const kind of this.#kinds)
      if (kind.at < start) {
        const found = this.#bytes.indexOf(kind.text, start, 'latin1');
        kind.at = found < 0 ? Number.POSITIVE_INFINITY : found;
      }
    const { at, text } = this.#kinds.reduce((first, kind) => (kind.at < first.at ? kind : first));
    return at === Number.POSITIVE_INFINITY ? null : { end: at + 1, next: at + text.length };
  }
}

function linesOf(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) lines++;
  return lines;
}

function faulty(line: number, fault: FailureCode): LdifEntry {
  return { line, dn: '', values: [], fault };
}

// The last of the lines is what follows the last line end: nothing.
function entryOf(lines: readonly string[], line: number): LdifEntry | null {
  const attributes = unfolded(lines.slice(0, -1));
  if (attributes === null) return faulty(line, 'trust.entry-malformed');
  const named = attributes.filter((text) => !/^version:/i.test(text));
  return named.length === 0 ? null : readEntry(named, line);
}

// RFC 2849: a line that begins with a space goes on where the last one ended, in a comment too. Null where there is no last one.
function unfolded(lines: readonly string[]): readonly string[] | null {
  const attributes: string[][] = [];
  let inComment = false;
  for (const ended of lines) {
    const text = ended.endsWith('\r') ? ended.slice(0, -1) : ended;
    if (!text.startsWith(' ')) {
      inComment = text.startsWith('#');
      if (!inComment) attributes.push([text]);
      continue;
    }
    if (inComment) continue;
    const last = attributes.at(-1);
    if (last === undefined) return null;
    last.push(text.slice(1));
  }
  return attributes.map((parts) => parts.join(''));
}

function readEntry(attributes: readonly string[], line: number): LdifEntry {
  const [first = '', ...others] = attributes;
  const values: LdifValue[] = [];
  const dn = /^dn(::?) *(.*)$/is.exec(first);
  const malformed = faulty(line, 'trust.entry-malformed');
  if (dn === null) return malformed;
  const nameBytes = dn[1] === '::' ? fromBase64(dn[2] ?? '') : Buffer.from(dn[2] ?? '', 'latin1');
  if (nameBytes === null || nameBytes.length > maximumNameLength) return malformed;
  // It is shown and kept as it stands: nothing in it hides or turns the text around.
  const name = utf8.decode(nameBytes).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
  for (const text of others) {
    const colon = text.indexOf(':');
    if (colon <= 0) return { ...malformed, dn: name };
    if (text[colon + 1] !== ':') continue;
    const value = fromBase64(text.slice(colon + 2).trimStart());
    if (value === null) return { ...malformed, dn: name };
    values.push({ name: text.slice(0, colon), value });
  }
  return { line, dn: name, values, fault: null };
}

// Node's decoder passes over what is no base64: then fewer bytes come out than the digits stand for.
function fromBase64(text: string): Uint8Array | null {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  if (text.length % 4 !== 0) return null;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== (text.length / 4) * 3 - padding) return null;
  // Parts of a plain array are made in half the time of parts of a Buffer, and a certificate is read as some hundred of them.
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
