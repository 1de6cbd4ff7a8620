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

/** What everybody would try first of a shorter word is no word: it is in any sentence. */
const fewestOfWord = 4;

/**
 * The same of a secret of somebody of whom these words are known (a sign, a name): a word of their own is no harder to guess than one
 * character (NIST SP 800-63B-4 §3.1.1.2 blocks the user's name and what is derived from it), so that it counts as one. Words of fewer
 * than four characters stand in so many others that nothing is said by them; alone they make no secret.
 */
export function isWeakFor(secret: string, words: readonly string[]): boolean {
  const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase();
  const known = words
    .flatMap((word) => [plain(word), ...plain(word).split(/\s+/)])
    .filter((word) => [...word].length >= fewestOfWord)
    .sort((a, b) => b.length - a.length);
  const left = known.reduce((text, word) => text.replaceAll(word, '*'), plain(secret));
  return isWeakSecret(secret) || isWeakSecret(left);
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
