import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passphraseInFirstLine, passphraseOf, passphraseOfBytes } from '../../../main/result/passphrase.ts';
import { isWeakPassphrase, isWeakSecret } from '../../../main/store/secret-strength.ts';

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
