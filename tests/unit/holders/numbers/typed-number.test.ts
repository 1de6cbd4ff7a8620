import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typedNumbers } from '../../../../main/holders/numbers/typed-number.ts';
import type { PlainDate } from '../../../../main/result/plain-date.ts';

const today = '2026-11-23' as PlainDate;
const keys = (text: string): readonly string[] =>
  typedNumbers(text, today).map(({ country, key }) => `${country} ${key}`);

describe('a number as somebody types it', () => {
  // Skatteverket, open data "Testpersonnummer" and "Testsamordningsnummer".
  it.each([
    '199006022397',
    '19900602-2397',
    '900602-2397',
    '9006022397',
    '19 90 06 02 - 2397',
    '1990-06-02-2397',
    '90-06-02 2397',
    '900602\u20132397',
    '900602\u22122397',
    ' 900602\u00a02397\u200b ',
    'SE 900602-2397',
    'swe19900602-2397',
    '\uff19\uff10\uff10\uff16\uff10\uff12-2397',
  ])('%s is Sweden’s 199006022397', (text) => {
    expect(keys(text)).toContain('SWE 199006022397');
  });

  it('ten digits are of two centuries where both can be, whatever the sign says', () => {
    expect(keys('121212-1212').filter((key) => key.startsWith('SWE'))).toEqual([
      'SWE 201212121212',
      'SWE 191212121212',
    ]);
    expect(keys('121212+1212')).toEqual(['SWE 191212121212']);
    expect(keys('201212121212')).toEqual(['SWE 201212121212']);
    // Whoever was born in 1890 lives no more.
    expect(keys('900602-2397').filter((key) => key.startsWith('SWE'))).toEqual(['SWE 199006022397']);
    expect(keys('701063-2391').filter((key) => key.startsWith('SWE'))).toEqual(['SWE 197010632391']);
  });

  // DVV, examples 131052-308T and the test persons of the reform of the separators.
  it('Finland: the separator counts, and where none is typed each is meant', () => {
    expect(keys('131052-308t')).toEqual(['FIN 131052-308T']);
    expect(keys('FI 131052 - 308T')).toEqual(['FIN 131052-308T']);
    expect(keys('131052Y308T')).toEqual(['FIN 131052Y308T']);
    expect(keys('131052308T')).toEqual(expect.arrayContaining(['FIN 131052-308T', 'FIN 131052Y308T']));
    expect(keys('131052-308A')).toEqual([]);
  });

  // CPR-kontoret 070761-4285; Þjóðskrá 120160-3389; system numbers begin with 8 or 9.
  it('Denmark and Iceland: one writing may be of both, and a country’s code says which', () => {
    expect(keys('070761-4285')).toContain('DNK 0707614285');
    expect(keys('DK-070761 4285')).toEqual(['DNK 0707614285']);
    expect(keys('120160-3389')).toContain('ISL 1201603389');
    expect(keys('IS 1201603389')).toEqual(['ISL 1201603389']);
    expect(keys('8123456789')).toContain('ISL 8123456789');
  });

  // Skatteetaten: eleven digits, and from 2032 on the first control digit may leave 0 to 3.
  it('Norway: eleven digits, by the rules of the day', () => {
    const after = '2033-05-01' as PlainDate;
    // Skatteetaten's synthetic numbers add 80 to the month: they name nobody, and are not found.
    expect(keys('018190 00083')).toEqual([]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), (rest) => {
        const text = `010190 ${String(rest).padStart(5, '0')}`;
        const before = typedNumbers(text, today).filter(({ country }) => country === 'NOR');
        const later = typedNumbers(text, after).filter(({ country }) => country === 'NOR');
        expect(later.length).toBeGreaterThanOrEqual(before.length);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    '',
    '  ',
    'Åsa Öberg',
    '4711',
    'KUND 900602-2398',
    'US 900602-2397',
    '1'.repeat(61),
    '900602-2398',
    '\ud800',
  ])('%j is none', (text) => {
    expect(keys(text).filter((key) => !/^(DNK|ISL)/.test(key))).toEqual([]);
  });

  it('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9A-Z+ .-]{0,20}$/)), (text) => {
        expect(typedNumbers(text, today).every(({ checkDigit }) => checkDigit !== 'wrong')).toBe(true);
      }),
    );
  });
});
