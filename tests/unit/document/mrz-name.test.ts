import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildName, parseName } from '../../../main/document/mrz-name.ts';
import { transliterate, transliterationOf } from '../../../main/document/mrz-name-space.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';

describe('the name field (9303-3 §4.6)', () => {
  it.each([
    ['ERIKSSON<<ANNA<MARIA<<<<<<<<<<', 'ERIKSSON', 'ANNA MARIA', false],
    ['SMITH<JONES<<SUSIE<MARGARET<<<', 'SMITH JONES', 'SUSIE MARGARET', false],
    ['ARKFREITH<<<<<<<<<<<<<<<<<<<<<', 'ARKFREITH', '', false],
    ['SATRIYA<SUDARPA<<<<<<<<<<<<<<<', 'SATRIYA SUDARPA', '', false],
    ['PAPANDROPOULOUS<<JONATHON<ALEC', 'PAPANDROPOULOUS', 'JONATHON ALEC', true],
    ['AL<BASRI<<HUDA<MUHAMMAD<JAWAD<', 'AL BASRI', 'HUDA MUHAMMAD JAWAD', false],
    ['VAN<DER<<MARIA<<ANNA<<<<<<<<<<', 'VAN DER', 'MARIA ANNA', false],
    ['<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<', '', '', false],
  ])('%s', (field, surname, givenNames, maybeTruncated) => {
    expect(parseName(field)).toEqual({ surname, givenNames, field, maybeTruncated });
  });
});

describe('building the field', () => {
  it('fills up a name that fits and cuts one that does not (9303-4 §4.2.3)', () => {
    expect(buildName('ERIKSSON', 'ANNA MARIA', 30)).toBe('ERIKSSON<<ANNA<MARIA<<<<<<<<<<');
    expect(buildName('ARKFREITH', '', 30)).toBe('ARKFREITH'.padEnd(30, '<'));
    const cut = buildName('BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL', 'DINGO POTOROO', 39);
    expect(cut).toMatch(/^BENNE[A-Z]*<WOOLO[A-Z]*<WARRA[A-Z]*<WARNA[A-Z]*<<DINGO<POTO[A-Z]*$/);
    expect(cut).toHaveLength(39);
  });

  it('keeps the initial of the first given name where even initials are too many', () => {
    const field = buildName(Array.from('ABCDEFGHIJKLMNOPQ').join(' '), Array.from('RSTUVWXYZ').join(' '), 30);
    expect(field).toHaveLength(30);
    expect(parseName(field).givenNames).toMatch(/^R/);
  });

  const name = fc
    .array(fc.stringMatching(/^[A-Z]{1,15}$/), { minLength: 1, maxLength: 6 })
    .map((words) => words.join(' '));

  it('comes back whole, or cut and marked as maybe cut, with a beginning of each component', () => {
    fc.assert(
      fc.property(name, name, fc.constantFrom(30, 31, 39), (surname, givenNames, width) => {
        const field = buildName(surname, givenNames, width);
        expect(field).toMatch(/^[A-Z<]+$/);
        expect(field).toHaveLength(width);
        const parsed = parseName(field);
        if (`${surname}  ${givenNames}`.length <= width) {
          expect(parsed).toMatchObject({ surname, givenNames });
          return;
        }
        expect(parsed.maybeTruncated).toBe(true);
        const given = givenNames.split(' ');
        expect(parsed.givenNames).not.toBe('');
        parsed.givenNames.split(' ').forEach((word, index) => {
          expect(given[index]?.startsWith(word)).toBe(true);
        });
      }),
    );
  });
});

interface NameCase {
  readonly name: string;
  readonly field: string;
  readonly treat_as_truncated: boolean;
}

describeWithRealData('the name examples of Doc 9303', () => {
  it('are read, and each part is the transliteration of the name or of its beginning', () => {
    const { vectors }: { vectors: readonly { name: string; cases?: readonly NameCase[] }[] } = JSON.parse(
      new TextDecoder().decode(realData('doc9303-vectors.json')),
    );
    const cases = vectors.find((vector) => vector.name === 'mrz-name-fields')?.cases ?? [];
    expect(cases.length).toBeGreaterThan(15);
    for (const { name, field, treat_as_truncated } of cases) {
      const parsed = parseName(field);
      expect(parsed.maybeTruncated).toBe(treat_as_truncated);
      const [surname = '', givenNames = ''] = name.split(', ');
      const built = buildName(transliterate(surname) ?? '', transliterate(givenNames) ?? '', field.length);
      expect(built).toHaveLength(field.length);
      if (treat_as_truncated) continue;
      expect(built).toBe(field);
      expect(transliterationOf(surname)(parsed.surname)).toBe(true);
      expect(transliterationOf(givenNames)(parsed.givenNames)).toBe(true);
    }
  });
});
