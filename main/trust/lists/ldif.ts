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
const space = 0x20;
const maximumNameLength = 4_096;

/**
 * Reads an LDIF file entry by entry as its bytes come in: folded lines, base64, CRLF, comments. Memory is bounded by one
 * entry and one chunk. An entry that is too large or malformed is given with its fault and the reading goes on; a file that
 * does not end with a line end was cut: `trust.file-cut`.
 */
export async function* ldifEntries(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  bounds: LdifBounds = standardBounds,
): AsyncGenerator<LdifEntry> {
  const reader = new EntryReader(bounds);
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
      const tail = bytes.subarray(start, end);
      const entry = reader.take(rest.length === 0 ? tail : Buffer.concat([rest, tail]));
      rest = Buffer.alloc(0);
      start = end + 1;
      if (entry !== null) yield entry;
    }
    rest = start === bytes.length ? rest : joined(rest, bytes.subarray(start), bounds);
  }
  if (rest.length > 0) throw new Failure('trust.file-cut', { line: reader.line + 1 });
  const last = reader.finish();
  if (last !== null) yield last;
}

// A line longer than an entry may be is kept one byte longer than that: enough to be refused.
function joined(rest: Buffer, bytes: Buffer, { entryBytes }: LdifBounds): Buffer {
  if (rest.length > entryBytes) return rest;
  return Buffer.concat([rest, bytes.subarray(0, entryBytes + 1 - rest.length)]);
}

class EntryReader {
  line = 0;
  readonly #bounds: LdifBounds;
  #first = 0;
  #bytes = 0;
  #fault: FailureCode | null = null;
  #lines: string[][] = [];
  #inComment = false;

  constructor(bounds: LdifBounds) {
    this.#bounds = bounds;
  }

  /** Takes a line without its end; gives the entry that an empty line ends. */
  take(line: Buffer): LdifEntry | null {
    this.line++;
    const length = line.at(-1) === 0x0d ? line.length - 1 : line.length;
    if (length === 0) return this.finish();
    if (this.#first === 0) this.#first = this.line;
    this.#bytes += length;
    if (this.#bytes > this.#bounds.entryBytes) {
      this.#fault = 'trust.entry-too-large';
      this.#lines = [];
    }
    if (this.#fault === null) this.#keep(line.toString('latin1', 0, length), line[0] === space);
    return null;
  }

  // RFC 2849: a line that begins with a space goes on where the last one ended, in a comment too.
  #keep(text: string, folded: boolean): void {
    if (!folded) {
      this.#inComment = text.startsWith('#');
      if (!this.#inComment) this.#lines.push([text]);
      return;
    }
    if (this.#inComment) return;
    const last = this.#lines.at(-1);
    if (last === undefined) this.#fault = 'trust.entry-malformed';
    else last.push(text.slice(1));
  }

  finish(): LdifEntry | null {
    const [lines, line, fault] = [this.#lines, this.#first, this.#fault];
    [this.#lines, this.#first, this.#bytes, this.#fault, this.#inComment] = [[], 0, 0, null, false];
    if (fault !== null) return { line, dn: '', values: [], fault };
    const attributes = lines.map((parts) => parts.join(''));
    const named = attributes.filter((text) => !/^version:/i.test(text));
    if (named.length === 0) return null;
    return readEntry(named, line);
  }
}

function readEntry(attributes: readonly string[], line: number): LdifEntry {
  const [first = '', ...others] = attributes;
  const values: LdifValue[] = [];
  const dn = /^dn(::?) *(.*)$/is.exec(first);
  const malformed = { line, dn: '', values: [], fault: 'trust.entry-malformed' } as const;
  if (dn === null) return malformed;
  const nameBytes = dn[1] === '::' ? fromBase64(dn[2] ?? '') : Buffer.from(dn[2] ?? '', 'latin1');
  if (nameBytes === null || nameBytes.length > maximumNameLength) return malformed;
  // It is shown and kept as it stands: nothing in it hides or turns the text around.
  const name = new TextDecoder('utf-8').decode(nameBytes).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
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
  return bytes.length === (text.length / 4) * 3 - padding ? bytes : null;
}
