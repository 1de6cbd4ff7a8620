import { SecretBytes } from './secret-bytes.ts';

const utf8 = new TextEncoder();

/**
 * A passphrase as keys are made of it: UTF-8 of its Unicode form NFKC, so that two keyboards write the same. The text itself
 * stays in memory until it is collected: what is read from a file never becomes one (`passphraseOfBytes`).
 */
export function passphraseOf(text: string): SecretBytes {
  return new SecretBytes(utf8.encode(text.normalize('NFKC')));
}

/** The same for UTF-8 as it was read; takes over `bytes`. ASCII is its own normal form and never becomes a text. */
export function passphraseOfBytes(bytes: Uint8Array): SecretBytes {
  if (isAscii(bytes)) return new SecretBytes(bytes);
  using read = new SecretBytes(bytes);
  return passphraseOf(new TextDecoder().decode(read.reveal()));
}

/** The first line of a file as a passphrase, null where it is empty; overwrites `file`. */
export function passphraseInFirstLine(file: Uint8Array): SecretBytes | null {
  using whole = new SecretBytes(file);
  const bytes = whole.reveal();
  // A byte order mark is no part of the line.
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const newline = bytes.indexOf(0x0a, start);
  const end = newline === -1 ? bytes.length : newline;
  const line = bytes.slice(start, newline !== -1 && bytes[end - 1] === 0x0d ? end - 1 : end);
  return line.length === 0 ? null : passphraseOfBytes(line);
}

/** Whether bytes are ASCII alone. */
export function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}
