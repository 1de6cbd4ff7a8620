import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDigitOf, parsePersonalNumber, readTwelveDigits } from '../../../../main/holders/numbers/sweden.ts';
import { addDays, type PlainDate } from '../../../../main/result/plain-date.ts';

const day = (text: string): PlainDate => text as PlainDate;
const today = day('2026-11-23');

// Skatteverket's published test numbers ("Testpersonnummer" and "Testsamordningsnummer", open data).
const personalNumbers = [
  '191212121212',
  '194408139089',
  '199006022397',
  '199107172380',
  '200001052380',
  '190001042399',
  '193012299263',
  '195312242083',
  '200512312398',
];
const coordinationNumbers = ['197010632391', '194809772389', '192301612392'];

/** The number with its right check digit. */
const luhn = (digits: string): string => digits.slice(0, 11) + checkDigitOf(digits.slice(2, 11));

describe('numbers that Skatteverket publishes for tests', () => {
  it.each(personalNumbers)('reads %s as a personal number', (digits) => {
    expect(parsePersonalNumber(digits, today)).toMatchObject({ valid: true, digits, kind: 'personal' });
  });

  it.each(coordinationNumbers)('reads %s as a coordination number', (digits) => {
    expect(parsePersonalNumber(digits, today)).toMatchObject({ valid: true, digits, kind: 'coordination' });
  });

  // Month 00 or day 60: not known (personnummer/csharp#119, ActiveLogin.Identity#126); 191500722390 is the agency's own.
  it.each([
    ['191500722390', null],
    [luhn('191512602390'), null],
    [luhn('191500602390'), null],
    [luhn('191502912390'), undefined],
    [luhn('191500922390'), undefined],
    [luhn('191513602390'), undefined],
    [luhn('191500122390'), undefined],
    [luhn('191502002390'), undefined],
  ])('reads %s: named day %s', (digits, namedDay) => {
    const number = parsePersonalNumber(digits, today);
    if (namedDay === undefined) expect(number).toEqual({ valid: false, fault: 'date' });
    else expect(number).toEqual({ valid: true, digits, kind: 'coordination', namedDay });
  });

  it('takes ten digits of such a number, and none of a year to come', () => {
    expect(parsePersonalNumber('150072-2390', today)).toMatchObject({ digits: luhn('201500722390') });
    expect(parsePersonalNumber(luhn('202700722390'), today)).toEqual({ valid: false, fault: 'future' });
    expect(parsePersonalNumber(luhn('202600722390'), today)).toMatchObject({ valid: true, namedDay: null });
  });

  it('takes 60 off the day of a coordination number', () => {
    expect(readTwelveDigits('197010632391')).toMatchObject({ namedDay: '1970-10-03' });
  });

  it('reads the number of the Swedish specimen card, in the optional data of its first line', () => {
    expect(readTwelveDigits('198703142391')).toMatchObject({ valid: true, namedDay: '1987-03-14' });
  });
});

describe('the century of ten digits', () => {
  const digitsOf = (text: string, at: PlainDate): string | null => {
    const number = parsePersonalNumber(text, at);
    return number.valid ? number.digits : null;
  };

  it.each([
    ['900602-2397', '2026-11-23', '199006022397'],
    ['9006022397', '2026-11-23', '199006022397'],
    ['900602 2397', '2026-11-23', '199006022397'],
    ['19900602-2397', '2026-11-23', '199006022397'],
    ['121212+1212', '2026-11-23', '191212121212'],
    ['121212-1212', '2011-12-31', '191212121212'],
    ['121212+1212', '2012-01-01', '191212121212'],
    ['230161-2392', '2022-12-31', '192301612392'],
    ['230161+2392', '2023-01-01', '192301612392'],
    ['000105-2380', '2026-11-23', '200001052380'],
  ])('%s on %s is %s', (text, at, digits) => {
    expect(digitsOf(text, day(at))).toBe(digits);
  });

  it('changes from - to + with the year in which the person turns 100', () => {
    expect(digitsOf('121212-1212', day('2012-12-31'))).toBe('201212121212');
    expect(parsePersonalNumber('121212-1212', day('2012-06-01'))).toEqual({ valid: false, fault: 'future' });
  });

  it('takes the past century where there is no sign and the day is to come', () => {
    expect(digitsOf('1212121212', day('2012-12-11'))).toBe('191212121212');
    expect(digitsOf('1212121212', day('2012-12-12'))).toBe('201212121212');
  });

  it('refuses + for someone who does not turn 100', () => {
    expect(parsePersonalNumber('19900602+2397', today)).toEqual({ valid: false, fault: 'date' });
  });
});

describe('faults', () => {
  it.each([
    ['199006022398', 'check-digit'],
    ['199013022397', 'date'],
    ['199006312397', 'date'],
    ['199006922397', 'date'],
    ['19900602239', 'form'],
    ['1990-06-02-2397', 'form'],
    ['199006020004', 'form'],
    ['١٩٩٠٠٦٠٢٢٣٩٧', 'form'],
    ['', 'form'],
  ] as const)('%s: %s', (text, fault) => {
    expect(parsePersonalNumber(text, today)).toEqual({ valid: false, fault });
  });

  it('a day after today is refused', () => {
    const nine = '270101980';
    const text = `20${nine}${checkDigitOf(nine)}`;
    expect(parsePersonalNumber(text, today)).toEqual({ valid: false, fault: 'future' });
    expect(parsePersonalNumber(text, day('2027-01-01'))).toMatchObject({ valid: true });
  });
});

describe('properties', () => {
  // Serials 980–999 are kept for tests.
  const numbers = fc
    .record({
      age: fc.integer({ min: 0, max: 50_000 }),
      serial: fc.integer({ min: 980, max: 999 }),
      raised: fc.boolean(),
    })
    .map(({ age, serial, raised }) => {
      const date = addDays(today, -age).replaceAll('-', '');
      const dayPart = String(Number(date.slice(6)) + (raised ? 60 : 0)).padStart(2, '0');
      const body = `${date.slice(0, 6)}${dayPart}${serial}`;
      return `${body}${checkDigitOf(body.slice(2))}`;
    });

  it('every writing of a number leads to the same twelve digits', () => {
    fc.assert(
      fc.property(numbers, (digits) => {
        const turned = 2026 - Number(digits.slice(0, 4)) >= 100;
        const short = `${digits.slice(2, 8)}${turned ? '+' : '-'}${digits.slice(8)}`;
        const long = `${digits.slice(0, 8)}-${digits.slice(8)}`;
        for (const text of [digits, long, short]) expect(parsePersonalNumber(text, today)).toMatchObject({ digits });
      }),
    );
  });

  it('one wrong digit after the date never passes', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 8, max: 11 }), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
        const changed = (Number(digits[at]) + by) % 10;
        const wrong = `${digits.slice(0, at)}${changed}${digits.slice(at + 1)}`;
        expect(readTwelveDigits(wrong).valid).toBe(false);
      }),
    );
  });

  it('no text makes it throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9+-]{0,15}$/)),
        (text) => {
          expect(typeof parsePersonalNumber(text, today).valid).toBe('boolean');
        },
      ),
    );
  });
});
