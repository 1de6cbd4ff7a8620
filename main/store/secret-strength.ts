import { isAscii } from '../result/passphrase.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';

// NIST SP 800-63B-4 §3.1.1.2 asks for 15 characters where nothing else protects, 8 where something does: here the slow scrypt.
export const fewestCharacters = 12;
const fewestDifferent = 5;

/** Whether a passphrase or an operator's secret is too easily guessed to be taken anew. */
export function isWeakSecret(secret: string): boolean {
  const characters = [...secret.normalize('NFKC').trim()];
  return isTooEasy(characters);
}

/** The same of a passphrase as keys are made of it; only where it is not ASCII it becomes a text for it. */
export function isWeakPassphrase(passphrase: SecretBytes): boolean {
  const bytes = passphrase.reveal();
  if (!isAscii(bytes)) return isWeakSecret(new TextDecoder().decode(bytes));
  const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
  const start = bytes.findIndex((byte) => !isSpace(byte));
  const end = bytes.findLastIndex((byte) => !isSpace(byte)) + 1;
  return start === -1 || isTooEasy(bytes.subarray(start, end));
}

function isTooEasy(characters: ArrayLike<number | string> & Iterable<number | string>): boolean {
  return characters.length < fewestCharacters || new Set(characters).size < fewestDifferent;
}
