import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  numberCountryOf,
  numberKey,
  readNumber,
  readNumberInField,
} from '../../../../main/holders/numbers/read-number.ts';
import {
  type NationalNumber,
  type NumberContext,
  type NumberCountry,
  numberCountries,
} from '../../../../main/holders/numbers/types.ts';
import { addDays, type PlainDate, partsOf } from '../../../../main/result/plain-date.ts';
import { formatNumber } from './format-number.ts';

const day = (text: string): PlainDate => text as PlainDate;
const now: NumberContext = { today: day('2026-11-23'), birthDate: null };
const in2033: NumberContext = { today: day('2033-05-01'), birthDate: null };

function numberOf(country: NumberCountry, text: string, context = now): NationalNumber {
  const reading = readNumber(country, text, context);
  if (reading.outcome !== 'read') throw new Error(JSON.stringify(reading));
  return reading.number;
}

const faultOf = (country: NumberCountry, text: string, context = now): string => {
  const reading = readNumber(country, text, context);
  return reading.outcome === 'unreadable' ? reading.fault : reading.outcome;
};

describe('Sweden', () => {
  // Skatteverket, open data "Testpersonnummer" and "Testsamordningsnummer".
  it.each([
    ['19900602-2397', 'personal', '199006022397', '1990-06-02', 'M'],
    ['900602-2397', 'personal', '199006022397', '1990-06-02', 'M'],
    ['20000105-2380', 'personal', '200001052380', '2000-01-05', 'F'],
    ['701063-2391', 'coordination', '197010632391', '1970-10-03', 'M'],
    ['19150072-2390', 'coordination', '191500722390', null, 'M'],
    ['19171160-2399', 'coordination', '191711602399', null, 'M'],
  ])('%s is %s', (text, kind, key, born, sex) => {
    const birth = born === null ? { known: 'none' } : { known: 'certain', date: born };
    expect(numberOf('SWE', text)).toEqual({ country: 'SWE', kind, key, birth, sex, checkDigit: 'right' });
  });

  it('with another last digit is told with a wrong check digit, and kept as it is', () => {
    expect(numberOf('SWE', '900602-2398')).toMatchObject({ key: '199006022398', checkDigit: 'wrong' });
    expect(faultOf('SWE', '901302-2397')).toBe('date');
  });

  describe('with ten digits is settled by the birth date beside it', () => {
    const beside = (birthDate: string): NumberContext => ({ ...now, birthDate: day(birthDate) });

    it.each([
      ['121212+1212', '1912-12-12', '191212121212'],
      ['1212121212', '1912-12-12', '191212121212'],
      ['121212-1212', '2012-12-12', '201212121212'],
      ['121212 1212', '1912-12-11', '191212121212'],
    ])('%s and %s: %s', (text, birthDate, key) => {
      expect(numberOf('SWE', text, beside(birthDate)).key).toBe(key);
    });

    // 18 §: `+` from the year in which the person turns 100.
    it.each([
      ['a minus for somebody of a hundred', '121212-1212', '1912-12-12'],
      ['a plus for somebody younger', '121212+1212', '2012-12-12'],
      ['another year', '900602-2397', '1991-06-02'],
    ])('%s is refused', (_, text, birthDate) => {
      expect(faultOf('SWE', text, beside(birthDate))).toBe('contradiction');
    });

    it('and twelve digits stand for themselves: a birth date may have been corrected', () => {
      expect(numberOf('SWE', '19900602-2397', beside('1991-06-02')).key).toBe('199006022397');
    });
  });
});

describe('Finland', () => {
  // DVV, test persons of the reform of the separators, and its examples 131052-308T and 100190-999P / 100190Y999P.
  it.each([
    ['010594Y9032', '1994-05-01', 'M'],
    ['010594Y9021', '1994-05-01', 'F'],
    ['020594X903P', '1994-05-02', 'M'],
    ['020594X902N', '1994-05-02', 'F'],
    ['030594W903B', '1994-05-03', 'M'],
    ['030694W9024', '1994-06-03', 'F'],
    ['040594V9030', '1994-05-04', 'M'],
    ['040594V902Y', '1994-05-04', 'F'],
    ['050594U903M', '1994-05-05', 'M'],
    ['050594U902L', '1994-05-05', 'F'],
    ['010516B903X', '2016-05-01', 'M'],
    ['010516B902W', '2016-05-01', 'F'],
    ['020516C903K', '2016-05-02', 'M'],
    ['020516C902J', '2016-05-02', 'F'],
    ['030516D9037', '2016-05-03', 'M'],
    ['030516D9026', '2016-05-03', 'F'],
    ['010501E9032', '2001-05-01', 'M'],
    ['020502E902X', '2002-05-02', 'F'],
    ['020503F9037', '2003-05-02', 'M'],
    ['020504A902E', '2004-05-02', 'F'],
    ['020504B904H', '2004-05-02', 'F'],
    ['131052-308T', '1952-10-13', 'F'],
    ['100190-999P', '1990-01-10', 'M'],
  ])('%s', (text, born, sex) => {
    const birth = { known: 'certain', date: born };
    const expected = { country: 'FIN', kind: 'henkilötunnus', key: text, birth, sex, checkDigit: 'right' };
    expect(numberOf('FIN', text)).toEqual(expected);
    expect(numberOf('FIN', ` ${text.toLowerCase()} `)).toEqual(expected);
  });

  it('has two people whose numbers differ by the separator alone', () => {
    const keys = ['100190-999P', '100190Y999P'].map((text) => numberKey(numberOf('FIN', text)));
    expect(keys).toEqual(['FIN 100190-999P', 'FIN 100190Y999P']);
  });

  it('a filler of the MRZ is one of two signs, which a birth date with its century tells apart', () => {
    const field = (birthDate: string | null) =>
      readNumberInField('FIN', '131052<308T<<<', { ...now, birthDate: birthDate as PlainDate | null });
    const open = field(null);
    expect(open).toMatchObject({ outcome: 'ambiguous', numbers: [{ key: '131052+308T' }, { key: '131052-308T' }] });
    expect(field('1952-10-13')).toMatchObject({ outcome: 'read', number: { key: '131052-308T' } });
    expect(field('2052-10-13')).toEqual({ outcome: 'unreadable', fault: 'contradiction' });
    expect(readNumberInField('FIN', '010594Y9032<<<', now)).toMatchObject({ number: { key: '010594Y9032' } });
  });

  it('digits without any separator are those of many', () => {
    const reading = readNumber('FIN', '131052308T', now);
    expect(reading.outcome === 'ambiguous' && reading.numbers.map(({ key }) => key[6]).join('')).toBe('+-YXWVU');
  });

  it.each([
    ['131052G308T', 'form'],
    ['131052-001T', 'form'],
    ['131052-308G', 'form'],
    ['311152-308T', 'date'],
    ['131052A308T', 'future'],
    ['', 'form'],
  ])('%s: %s', (text, fault) => {
    expect(faultOf('FIN', text)).toBe(fault);
  });

  it('tells a wrong control character', () => {
    expect(numberOf('FIN', '131052-308U').checkDigit).toBe('wrong');
  });
});

describe('Norway', () => {
  // Skatteetaten, "Nytt fødselsnummer fra 2032": its examples, one for each remainder of the first control.
  const examples = ['30108299920', '30108299939', '30108299947', '30108299955'];

  it('until 2032 the first control leaves nothing, and sex and century can be read', () => {
    expect(examples.map((text) => numberOf('NOR', text).checkDigit)).toEqual(['right', 'wrong', 'wrong', 'wrong']);
    expect(numberOf('NOR', '301082 99920')).toEqual({
      country: 'NOR',
      kind: 'fødselsnummer',
      key: '30108299920',
      birth: { known: 'certain', date: '1982-10-30' },
      sex: 'M',
      checkDigit: 'right',
    });
  });

  it('from 2032 on it may leave 0 to 3, and nothing tells the sex', () => {
    const numbers = [...examples, '02013299997'].map((text) => numberOf('NOR', text, in2033));
    expect(numbers.map(({ checkDigit }) => checkDigit)).toEqual(Array(5).fill('right'));
    expect(numbers.map(({ sex }) => sex)).toEqual(Array(5).fill(null));
    expect(numbers[1]?.birth).toEqual({ known: 'none' });
    expect(numberOf('NOR', '02013299987', in2033).checkDigit).toBe('wrong');
    expect(numberOf('NOR', '02013299996', in2033).checkDigit).toBe('wrong');
  });

  it('from 2032 on the century of a number that both rules allow is open', () => {
    expect(numberOf('NOR', '15021951940', in2033).birth).toEqual({
      known: 'centuries',
      dates: ['1919-02-15', '2019-02-15'],
    });
    // A single century that is left is a guess all the same.
    expect(numberOf('NOR', '30108299920', in2033).birth).toEqual({ known: 'none' });
  });

  it('knows D-numbers, and help numbers without a date to rely on', () => {
    expect(numberOf('NOR', '42013299980', in2033)).toMatchObject({ kind: 'd-number', checkDigit: 'right' });
    expect(numberOf('NOR', '53097248016')).toMatchObject({ kind: 'd-number', birth: { date: '1972-09-13' } });
    expect(numberOf('NOR', '13527248013')).toMatchObject({ kind: 'h-number', birth: { known: 'none' }, sex: null });
    expect(numberOf('NOR', '81234567802')).toMatchObject({ kind: 'fh-number', birth: { known: 'none' }, sex: null });
  });

  it.each([
    // Months raised by 80: test numbers of Skatteetaten (Tenor), which name nobody.
    ['10915596784', 'date'],
    ['50846202355', 'date'],
    ['68467038838', 'date'],
    ['29020112345', 'date'],
    ['1234567890', 'form'],
    ['1234567891A', 'form'],
  ])('%s: %s', (text, fault) => {
    expect(faultOf('NOR', text)).toBe(fault);
  });
});

describe('Denmark', () => {
  // CPR-kontoret, "Personnummeret i CPR-systemet", the example of its annex.
  it('070761-4285', () => {
    expect(numberOf('DNK', '070761-4285')).toEqual({
      country: 'DNK',
      kind: 'cpr',
      key: '0707614285',
      birth: { known: 'certain', date: '1961-07-07' },
      sex: 'M',
      checkDigit: 'none to rely on',
    });
  });

  // CPR-kontoret, "Personnumre uden kontrolciffer": given for 1 January 1965 and others, fully valid.
  it('a number that does not fit modulus 11 is one like any other', () => {
    expect(numberOf('DNK', '010165-4287')).toMatchObject({
      checkDigit: 'none to rely on',
      birth: { date: '1965-01-01' },
    });
    expect(numberOf('DNK', '0707614287').checkDigit).toBe('none to rely on');
  });

  it.each([
    ['010199-0001', '1999-01-01'],
    ['010136-4001', '2036-01-01'],
    ['010137-4001', '1937-01-01'],
    ['010157-5001', '2057-01-01'],
    ['010158-5001', '1858-01-01'],
    ['010136-9001', '2036-01-01'],
    ['010137-9001', '1937-01-01'],
  ])('%s is of %s by the seventh digit', (text, date) => {
    expect(numberOf('DNK', text, { ...now, today: day('2060-01-01') }).birth).toEqual({ known: 'certain', date });
  });

  it.each([
    ['310299-1234', 'date'],
    ['010136-4001', 'future'],
    ['070761-428', 'form'],
  ])('%s: %s', (text, fault) => {
    expect(faultOf('DNK', text)).toBe(fault);
  });
});

describe('Iceland', () => {
  // Þjóðskrá, "Um kennitölur": the worked example, 12 January 1960.
  it('120160-3389', () => {
    expect(numberOf('ISL', '120160-3389')).toEqual({
      country: 'ISL',
      kind: 'kennitala',
      key: '1201603389',
      birth: { known: 'certain', date: '1960-01-12' },
      sex: null,
      checkDigit: 'right',
    });
  });

  // Þjóðskrá: since 2026-02-18 the ninth digit of new numbers is not computed.
  it('a ninth digit that does not fit says nothing', () => {
    expect(numberOf('ISL', '120160-3379').checkDigit).toBe('none to rely on');
  });

  it.each([
    ['120160-3388', '1860-01-12'],
    ['120160-3389', '1960-01-12'],
    ['120116-3380', '2016-01-12'],
  ])('%s: the last digit is the century', (text, date) => {
    expect(numberOf('ISL', text).birth).toEqual({ known: 'certain', date });
  });

  it.each(['800101-2030', '999999-9999', '812345-6781'])('%s is a system number: undetermined', (text) => {
    expect(numberOf('ISL', text)).toEqual({
      country: 'ISL',
      kind: 'system number',
      key: text.replace('-', ''),
      birth: { known: 'none' },
      sex: null,
      checkDigit: 'undetermined',
    });
  });

  it.each([
    ['520160-3379', 'date'],
    ['120160-3387', 'date'],
    ['310260-3389', 'date'],
    ['120160-3380', 'future'],
  ])('%s: %s (companies, centuries to come, days of no calendar)', (text, fault) => {
    expect(faultOf('ISL', text)).toBe(fault);
  });
});

describe('properties', () => {
  const country = fc.constantFrom(...numberCountries);
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[0-9]{6}[-+A-Y< ]?[0-9]{3,6}[0-9A-Y]?$/),
    fc.stringMatching(/^[0-9]{8,13}$/),
  );

  it('no text makes it throw, and what is read is written and read again as the same', () => {
    fc.assert(
      fc.property(country, texts, fc.constantFrom(now, in2033), (of, text, context) => {
        for (const reading of [readNumber(of, text, context), readNumberInField(of, text, context)]) {
          const numbers =
            reading.outcome === 'read' ? [reading.number] : reading.outcome === 'ambiguous' ? reading.numbers : [];
          for (const number of numbers) {
            expect(readNumber(of, formatNumber(number), context)).toEqual({ outcome: 'read', number });
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  const writings: Readonly<Record<NumberCountry, fc.Arbitrary<string>>> = {
    SWE: dated('ymd', /^[0-9]{4}$/),
    FIN: dated('dmy', /^[-YXWVUABCDEF](9[0-9]{2})[0-9A-FHJ-NPR-Y]$/),
    NOR: dated('dmy', /^[0-9]{5}$/),
    DNK: dated('dmy', /^[0-9]{4}$/),
    ISL: dated('dmy', /^[2-9][0-9]{2}[890]$/),
  };

  it.each(numberCountries)('%s: a number keeps its key in every writing, and each key is one number', (of) => {
    fc.assert(
      fc.property(writings[of], (text) => {
        const reading = readNumber(of, text, now);
        fc.pre(reading.outcome === 'read');
        if (reading.outcome !== 'read') return;
        const { number } = reading;
        const variants = [
          formatNumber(number),
          number.key,
          ` ${formatNumber(number)}\n`,
          formatNumber(number).replace('-', '\u2013'),
        ];
        for (const variant of variants) expect(readNumber(of, variant, now)).toEqual(reading);
        expect(new Set(variants.map((variant) => JSON.stringify(readNumber(of, variant, now)))).size).toBe(1);
      }),
    );
  });

  it('no other separator of Finland leads to the same key', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^0[1-9]0[1-9][0-9]{2}9[0-9]{2}[0-9A-FHJ-NPR-Y]$/), (digits) => {
        const reading = readNumber('FIN', digits, now);
        fc.pre(reading.outcome === 'ambiguous');
        if (reading.outcome !== 'ambiguous') return;
        const keys = reading.numbers.map(numberKey);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('a number is read of documents of its own state alone', () => {
    expect(numberCountryOf('FIN')).toBe('FIN');
    for (const issuer of ['D', 'UTO', 'fin', '', 'GBR']) expect(numberCountryOf(issuer)).toBeNull();
  });
});

function dated(order: 'ymd' | 'dmy', rest: RegExp): fc.Arbitrary<string> {
  return fc.tuple(fc.integer({ min: 0, max: 36_000 }), fc.stringMatching(rest)).map(([age, end]) => {
    const { year, month, day: dayOfMonth } = partsOf(addDays(now.today, -age));
    const two = (value: number): string => String(value).padStart(2, '0');
    const parts = [two(dayOfMonth), two(month), two(year % 100)];
    return order === 'ymd' ? `${year}${two(month)}${two(dayOfMonth)}${end}` : `${parts.join('')}${end}`;
  });
}
