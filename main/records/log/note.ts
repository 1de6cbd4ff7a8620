import { fromBase64, toBase64 } from '../../result/base64.ts';
import { concat, toHex } from '../../result/bytes.ts';
import { malformed } from './log-failure.ts';

/*
 * C2SP signed-note: a text, an empty line, and lines of signatures. The text counts only where a key that is trusted has
 * signed it: reading a note proves nothing.
 */

/** One line of signatures: whose it says to be, and what the key made. */
export interface NoteSignature {
  readonly name: string;
  /** Four bytes in hex. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

export interface SignedNote {
  /** With its final newline, as it is signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A verifier takes 16 signatures at least (signed-note, Format); a post-quantum one has up to 5 kB. */
const mostSignatures = 64;
/** In bytes of UTF-8. */
export const longestNote = 512 * 1024;

const keyIdLength = 4;
const longestName = 255;
const beginning = '— ';

/** Whether this may name a key (signed-note, Format): not empty, no white space of Unicode, no plus. */
export function isKeyName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no control characters are what the format asks for
  return name.length > 0 && name.length <= longestName && !/[\s\u0000-\u001f\u0085+]/u.test(name);
}

/** The note as it is written and sent. */
export function formatNote({ text, signatures }: SignedNote): string {
  return `${text}\n${signatures.map(signatureLine).join('')}`;
}

/** One line of signatures with its newline. */
export function signatureLine({ name, keyId, signature }: NoteSignature): string {
  return `${beginning}${name} ${toBase64(concat(Uint8Array.from(Buffer.from(keyId, 'hex')), signature))}\n`;
}

/** Reads a note. Throws `log.malformed` for what is not of the format, or longer than a note may be. */
export function parseNote(note: string): SignedNote {
  if (note.length > longestNote) throw malformed('note', 'too-long');
  if (!note.isWellFormed()) throw malformed('note', 'not-utf-8');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the format forbids those below U+0020 but for the newline
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note)) throw malformed('note', 'control-character');
  const end = note.lastIndexOf('\n\n');
  if (end < 0) throw malformed('note', 'no-empty-line');
  const text = note.slice(0, end + 1);
  const signatures = parseSignatureLines(note.slice(end + 2));
  if (signatures.length === 0) throw malformed('note', 'no-signature');
  return { text, signatures };
}

/** Reads lines of signatures alone, as a witness answers them. Throws `log.malformed`. */
export function parseSignatureLines(lines: string): readonly NoteSignature[] {
  if (lines === '') return [];
  if (!lines.endsWith('\n')) throw malformed('note', 'no-newline-at-end');
  const each = lines.slice(0, -1).split('\n');
  if (each.length > mostSignatures) throw malformed('note', 'too-many-signatures');
  return each.map(parseSignatureLine);
}

function parseSignatureLine(line: string): NoteSignature {
  if (!line.startsWith(beginning)) throw malformed('note', 'signature-line');
  const [name = '', encoded = '', ...more] = line.slice(beginning.length).split(' ');
  const bytes = fromBase64(encoded);
  if (more.length > 0 || !isKeyName(name) || bytes === null || bytes.length <= keyIdLength)
    throw malformed('note', 'signature-line');
  return { name, keyId: toHex(bytes.subarray(0, keyIdLength)), signature: bytes.slice(keyIdLength) };
}
