import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passphraseInFirstLine, passphraseOf, passphraseOfBytes } from '../../../main/result/passphrase.ts';
import { isWeakFor, isWeakPassphrase, isWeakSecret } from '../../../main/store/secret-strength.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('a passphrase', () => {
  // RFC 8265 §4: one passphrase, however a keyboard composes its letters. NFKC as folders were made with from the first.
  it('is the same from a text and from the bytes of a file', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        expect(passphraseOfBytes(utf8(text)).reveal()).toEqual(utf8(text.toWellFormed().normalize('NFKC')));
        expect(passphraseOf(text).reveal()).toEqual(utf8(text.normalize('NFKC')));
      }),
    );
  });

  it('is as weak in its bytes as in its text', () => {
    const letters = fc.constantFrom('a', 'b', 'c', 'd', 'e', ' ', '\t', 'å', 'é');
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 20 }), (all) => {
        expect(isWeakPassphrase(passphraseOf(all.join('')))).toBe(isWeakSecret(all.join('')));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the first line of a file', () => {
  it.each([
    ['twelve letters', 'twelve letters'],
    ['twelve letters\r\nmore\n', 'twelve letters'],
    ['twelve letters\n', 'twelve letters'],
    ['\ufefftwelve letters\n', 'twelve letters'],
    ['tolv bokst\u0061\u030aver\r\n', 'tolv bokst\u00e5ver'],
    [' blanks count ', ' blanks count '],
    ['\r', '\r'],
  ])('%j is the passphrase', (file, line) => {
    expect(new TextDecoder().decode(passphraseInFirstLine(utf8(file))?.reveal())).toBe(line);
  });

  it.each(['', '\n', '\r\nmore', '\ufeff\n'])('%j is none', (file) => {
    expect(passphraseInFirstLine(utf8(file))).toBeNull();
  });

  it('leaves nothing of the file behind', () => {
    const file = utf8('tolv bokstäver\nand what else it holds\n');
    const passphrase = passphraseInFirstLine(file);
    expect(file.every((byte) => byte === 0)).toBe(true);
    const bytes = passphrase?.reveal();
    passphrase?.purge();
    expect(bytes?.every((byte) => byte === 0)).toBe(true);
  });
});

// NIST SP 800-63B-4 §3.1.1.2: the user's own name, the service's, and what is derived from them. Whole secrets, not words within.
describe('a secret of somebody whose sign and name are known', () => {
  it.each([
    ['two letters of any word', 'abborre i ett hav', ['AB'], false],
    ['three letters of any word', 'annas dotter sjunger', ['ANN'], false],
    ['a long sign in a sentence', 'margareta äter korv i skogen', ['margareta'], false],
    ['a long sign and little else', 'Margareta-1234', ['margareta'], true],
    ['a long sign twice', 'margaretamargareta', ['margareta'], true],
    ['a long sign in other letters', 'ＭＡＲＧＡＲＥＴＡ 12 3', ['margareta'], true],
    ['both words of a name', 'BergAnna20261', ['Anna Berg'], true],
    ['the whole name', 'anna berg 4711', ['Anna Berg'], true],
    ['the product', 'styrk-styrk-styrk-1', ['styrk'], true],
    ['two letters over and over', 'abababababab', ['AB'], true],
    ['nothing known', 'korv med bröd', [], false],
    ['too short anyway', 'korv', [], true],
  ])('%s', (_, secret, words, weak) => {
    expect(isWeakFor(secret, words)).toBe(weak);
  });
});
