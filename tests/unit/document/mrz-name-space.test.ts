import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  maximumForms,
  transliterate,
  transliterationOf,
  transliterations,
} from '../../../main/document/mrz-name-space.ts';

describe('the table of 9303-3 §6', () => {
  it.each([
    ['Å', ['AA', 'A']],
    ['Ä', ['AE', 'A']],
    ['Ö', ['OE', 'O']],
    ['Ü', ['UE', 'UXX', 'U']],
    ['Ñ', ['N', 'NXX']],
    ['Ø', ['OE']],
    ['Æ', ['AE']],
    ['Œ', ['OE']],
    ['ß', ['SS']],
    ['ẞ', ['SS']],
    ['Þ', ['TH']],
    ['Ð', ['D']],
    ['Ĳ', ['IJ']],
    ['ł', ['L']],
    ['ı', ['I']],
    ['Éàčşŷ', ['EACSY']],
    ['Ǻ', ['A']],
    ['Щ', ['SHCH', 'SHT']],
    ['Г', ['G', 'H']],
    ['Й', ['I']],
  ])('%s', (text, forms) => {
    expect(transliterations(text)).toEqual(forms);
  });

  it.each([
    ["O'Connor", 'OCONNOR'],
    ['O’Connor', 'OCONNOR'],
    ['Smith-Jones', 'SMITH JONES'],
    ['  Anna   Maria ', 'ANNA MARIA'],
    ['Karl, Gustaf', 'KARL GUSTAF'],
    ['Ma. Luisa', 'MA LUISA'],
    ['A\u030asa Mu\u0308ller', 'AASA MUELLER'],
    ['Ярослав Щукин', 'IAROSLAV SHCHUKIN'],
    ['Игорь', 'IGOR'],
    ['', ''],
  ])('"%s" becomes %s', (text, form) => {
    expect(transliterate(text)).toBe(form);
  });

  it.each(['山田', 'محمد', 'Ελένη', 'Anna2', 'Anna ☺'])('has no form for "%s"', (text) => {
    expect(transliterate(text)).toBeNull();
    expect(transliterations(text)).toEqual([]);
    expect(transliterationOf(text)('ANNA')).toBe(false);
  });
});

describe('comparing', () => {
  it.each([
    ['Jörg Ångström', 'JOERG AANGSTROEM', true],
    ['Jörg Ångström', 'JORG ANGSTROM', true],
    ['Jörg Ångström', 'JORG AANGSTROEM', true],
    ['Jörg Ångström', 'JERG ANGSTROM', false],
    ['Jörg', 'JOERG ANGSTROM', false],
    ['Jörg Ångström', 'JOERG', false],
    ['Søren', 'SOREN', false],
    ['Aaron', 'ARON', false],
    ['Anna-Maria', 'ANNA MARIA', true],
    ['Anna-Maria', 'ANNAMARIA', false],
    ['Anna', '', false],
    ['', '', true],
  ])('%s and %s: %s', (text, mrz, equal) => {
    expect(transliterationOf(text)(mrz)).toBe(equal);
  });

  it.each([
    ['Jörg Ångström', 'JOERG AANGSTRO', true],
    ['Jörg Ångström', 'JO', true],
    ['Jörg Ångström', 'JOERG', true],
    ['Jörg', 'JOERGE', false],
    ['Jörg', 'JE', false],
    ['Jörg', '', false],
  ])('the beginning of %s: %s %s', (text, mrz, equal) => {
    expect(transliterationOf(text)(mrz, true)).toBe(equal);
  });

  const name = fc.string({ unit: fc.constantFrom(...'ABCÅÄÖÜÑØß- ’éЩЖь'), maxLength: 6 });

  it('holds for every listed form, and for each beginning of it', () => {
    fc.assert(
      fc.property(name, fc.nat(), (text, cut) => {
        for (const form of transliterations(text)) {
          expect(form).toMatch(/^([A-Z]+( [A-Z]+)*)?$/);
          expect(transliterationOf(text)(form)).toBe(true);
          const beginning = form.slice(0, 1 + (cut % form.length)).trim();
          if (form !== '') expect(transliterationOf(text)(beginning, true)).toBe(true);
        }
      }),
    );
  });

  it('holds for no other text where all forms are listed', () => {
    fc.assert(
      fc.property(name, fc.string({ unit: fc.constantFrom(...'ABCEOUNXSZH '), maxLength: 8 }), (text, other) => {
        const forms = transliterations(text);
        const tidy = other.replace(/ +/g, ' ').trim();
        if (forms.length < maximumForms) expect(transliterationOf(text)(other)).toBe(forms.includes(tidy));
      }),
      { numRuns: 2000 },
    );
  });

  it('does not grow beyond its bounds', () => {
    const long = 'Ü'.repeat(400);
    expect(transliterations(long)).toHaveLength(maximumForms);
    expect(transliterations(long)[0]).toBe('UE'.repeat(400));
    expect(transliterationOf('Ü'.repeat(200))(`${'UXXUEU'.repeat(66)}UXXUE`)).toBe(true);
    expect(transliterationOf('Ü'.repeat(200))(`${'UXXUEU'.repeat(66)}UXXUEX`)).toBe(false);
    expect(transliterate('A'.repeat(501))).toBeNull();
  });
});
