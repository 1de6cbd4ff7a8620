import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMrz } from '../../../main/document/mrz.ts';
import { checkDigit } from '../../../main/document/mrz-check-digit.ts';
import { mrzInformation } from '../../../main/document/mrz-information.ts';
import type { Mrz } from '../../../main/document/types.ts';
import { type PlainDate, parsePlainDate } from '../../../main/result/plain-date.ts';
import { failureCodeOf, failureOf } from '../../support/failure-code.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';

function day(text: string): PlainDate {
  const date = parsePlainDate(text);
  if (date === null) throw new RangeError(text);
  return date;
}

const today = day('2026-11-23');
const passport = [
  'PPUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F3404159ZE184226B<<<<<16',
] as const;
const swedishIdCard = [
  'I<SWE59000002<8198703142391<<<',
  '8703145M1701027SWE<<<<<<<<<<<8',
  'SPECIMEN<<SVEN<<<<<<<<<<<<<<<<',
];
const longNumberTd1 = [
  'I<UTOD23145890<7349<<<<<<<<<<<',
  '3407127M9507122UTO<<<<<<<<<<<2',
  'STEVENSON<<PETER<JOHN<<<<<<<<<',
];
const longNumberTd2 = ['I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<', 'D23145890<UTO3407127M95071227349<<<8'];

function wrongDigits(mrz: Mrz): string[] {
  return mrz.checkDigits.filter((digit) => !digit.right).map((digit) => digit.field);
}

describe('check digits', () => {
  it.each([
    ['AB2134<<<', '5'], // 9303-3 §4.9 and appendix A
    ['D23145890734', '9'], // 9303-5 §4.2.2 note j
    ['L898902C<', '3'],
    ['690806', '1'], // 9303-11 D.2
    ['<<<<<<', '0'],
    ['', '0'],
  ])('of %s is %s', (characters, digit) => {
    expect(checkDigit(characters)).toBe(digit);
  });

  it.each(['a', ' ', 'Å', '-'])('has no value for "%s"', (character) => {
    expect(() => checkDigit(character)).toThrow(RangeError);
  });
});

describe('the three formats', () => {
  it('reads a passport (9303-4 appendix B)', () => {
    expect(parseMrz(passport.join('\n'), today)).toEqual({
      format: 'TD3',
      lines: passport,
      documentCode: 'PP',
      issuer: 'UTO',
      documentNumber: 'L898902C3',
      nationality: 'UTO',
      name: {
        surname: 'ERIKSSON',
        givenNames: 'ANNA MARIA',
        field: 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
        maybeTruncated: false,
      },
      birthDate: { printed: '740812', date: '1974-08-12' },
      expiryDate: { printed: '340415', date: '2034-04-15' },
      sex: 'F',
      optionalData: 'ZE184226B',
      optionalData2: '',
      checkDigits: [
        { field: 'documentNumber', printed: '6', computed: '6', right: true },
        { field: 'birthDate', printed: '2', computed: '2', right: true },
        { field: 'expiryDate', printed: '9', computed: '9', right: true },
        { field: 'optionalData', printed: '1', computed: '1', right: true },
        { field: 'composite', printed: '6', computed: '6', right: true },
      ],
      information: 'L898902C3674081223404159',
    } satisfies Record<keyof Mrz, unknown>);
  });

  it('reads the Swedish identity card specimen: the personal number stands in the first optional data', () => {
    const mrz = parseMrz(swedishIdCard.join('\n'), today);
    expect(mrz).toMatchObject({
      format: 'TD1',
      documentCode: 'I',
      issuer: 'SWE',
      documentNumber: '59000002',
      optionalData: '198703142391',
      optionalData2: '',
      birthDate: { date: '1987-03-14' },
      expiryDate: { date: '2017-01-02' },
      name: { surname: 'SPECIMEN', givenNames: 'SVEN' },
      information: '59000002<887031451701027',
    });
    expect(wrongDigits(mrz)).toEqual([]);
    expect(mrz.checkDigits.map((digit) => digit.field)).toEqual([
      'documentNumber',
      'birthDate',
      'expiryDate',
      'composite',
    ]);
  });

  it.each([
    ['TD1', longNumberTd1],
    ['TD2', longNumberTd2],
  ])('%s: a long number goes on in the optional data (9303-5, -6 §4.2.2 note j; 9303-11 D.2)', (format, lines) => {
    const mrz = parseMrz(lines.join('\n'), today);
    expect(mrz).toMatchObject({
      format,
      documentNumber: 'D23145890734',
      optionalData: '',
      information: 'D23145890734934071279507122',
    });
    expect(mrz.checkDigits[0]).toEqual({ field: 'documentNumber', printed: '9', computed: '9', right: true });
    expect(wrongDigits(mrz)).toEqual([]);
  });

  it('keeps optional data that follows a long number', () => {
    const lines = ['I<UTOD23145890<7349<AB12<<<<<<', longNumberTd1[1], longNumberTd1[2]];
    expect(parseMrz(lines.join(''), today)).toMatchObject({ documentNumber: 'D23145890734', optionalData: 'AB12' });
  });

  it('takes a missing check digit of a short number for what it is', () => {
    const lines = ['I<UTOD2314589<<7349<<<<<<<<<<<', longNumberTd1[1], longNumberTd1[2]];
    const mrz = parseMrz(lines.join('\n'), today);
    expect(mrz).toMatchObject({ documentNumber: 'D2314589', optionalData: '7349' });
    expect(mrz.checkDigits[0]).toMatchObject({ printed: '<', right: false });
  });

  it('removes the fillers of a one-letter state (9303-3 §5)', () => {
    const lines = ['P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<', 'C11T002JM4D<<9608122F1310317<<<<<<<<<<<<<<<6'];
    expect(parseMrz(lines.join('\n'), today)).toMatchObject({ documentCode: 'P', issuer: 'D', nationality: 'D' });
  });

  it.each(['<', '0'])('lets the digit of empty optional data be "%s" (9303-4 §4.2.2.2)', (digit) => {
    const mrz = parseMrz(`${passport[0]}\nHA672242<6YTO5802254M9601086<<<<<<<<<<<<<<${digit}8`, today);
    expect(wrongDigits(mrz)).toEqual([]);
    expect(mrz.information).toBe('HA672242<658022549601086');
  });

  it('does not let it be a filler where there is data', () => {
    const mrz = parseMrz(`${passport[0]}\nL898902C36UTO7408122F3404159ZE184226B<<<<<<6`, today);
    expect(wrongDigits(mrz)).toContain('optionalData');
  });
});

describe('examples with wrong digits or lengths are not made to pass', () => {
  it.each([
    ['9303-11 D.2, TD2', ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'L898902C<3UTO6908061F9406236<<<<<<<8'], '8', '2'],
    [
      '9303-11 D.2, TD1',
      ['I<UTOL898902C<3<<<<<<<<<<<<<<<', '6908061F9406236UTO<<<<<<<<<<<1', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'],
      '1',
      '2',
    ],
    [
      '9303-10 A.2.1',
      ['I<NLDXI85935F86999999990<<<<<<', '7208148F1108268NLD<<<<<<<<<<<4', 'VAN<DER<STEEN<<MARIANNE<LOUISE'],
      '4',
      '8',
    ],
  ])('%s', (_name, lines, printed, computed) => {
    const mrz = parseMrz(lines.join('\n'), today);
    expect(wrongDigits(mrz)).toEqual(['composite']);
    expect(mrz.checkDigits.at(-1)).toEqual({ field: 'composite', printed, computed, right: false });
  });

  it('a second line that is too long, as in 9303-10 A.2.2', () => {
    const lines = ['I<ATASMITH<<JOHN<T<<<<<<<<<<<<<<<<<<', '123456789<HMD7406222M10123130121<<<54'];
    expect(failureCodeOf(() => parseMrz(lines.join('\n'), today))).toBe('mrz.malformed');
  });
});

describe('how lines may come', () => {
  const parsed = parseMrz(passport.join('\n'), today);

  it.each([
    ['joined', passport.join('')],
    ['with carriage returns', `${passport.join('\r\n')}\r\n`],
    ['with white space at the ends', `  ${passport.join(' \n\t')}  `],
    ['in lower case', passport.join('\n').toLowerCase()],
    ['with empty lines', `\n${passport.join('\n\n')}\n`],
  ])('%s', (_name, text) => {
    expect(parseMrz(text, today)).toEqual(parsed);
  });

  it.each([
    ['nothing', '', { reason: 'length', length: 0 }],
    ['one character missing', passport.join('').slice(1), { reason: 'length', length: 87 }],
    ['one too many', `${passport.join('')}<`, { reason: 'length', length: 89 }],
    ['very long', '<'.repeat(1_000_000), { reason: 'length', length: 1_000_000 }],
    [
      'cut at a wrong place',
      `${passport.join('').slice(0, 43)}\n${passport.join('').slice(43)}`,
      { reason: 'line length', line: 1, length: 43 },
    ],
    ['a space inside', passport.join('').replace('<', ' '), { reason: 'character', position: 14 }],
    [
      'a letter that only upper case makes one',
      passport.join('').replace('ERIK', 'ERıK'),
      { reason: 'character', position: 8 },
    ],
    ['no document code', passport.join('').replace('PP', '<<'), { reason: 'field', field: 'documentCode' }],
    ['no issuer', passport.join('').replace('UTO', '<<<'), { reason: 'field', field: 'issuer' }],
    ['no such sex', passport.join('').replace('2F3', '2H3'), { reason: 'field', field: 'sex' }],
  ])('refuses: %s', (_name, text, fields) => {
    const failure = failureOf(() => parseMrz(text, today));
    expect(failure?.code).toBe('mrz.malformed');
    expect(failure?.fields).toEqual(fields);
  });

  // 9303-7; the French layout before 2021: PassportEye#64, cheminfo/mrz#61.
  it.each([
    ['a visa', passport.join('').replace('PP', 'V<'), 'visa'],
    [
      'a French identity card before 2021, with its names and numbers elsewhere',
      'IDFRAEXEMPLE<<<<<<<<<<<<<<<<<<075001\n990175K000014ANNA<<MARIE<<<8001014F3',
      'identity card of France before 2021',
    ],
    [
      'the same card, though a name stands where others have the nationality',
      'IDFRAEXEMPLE<<<<<<<<<<<<<<<<<<<<<<<<990175K00001SWEANNA<<<<<<<<<8001014F',
      'identity card of France before 2021',
    ],
  ])('says that the document has no chip: %s', (_name, text, document) => {
    const failure = failureOf(() => parseMrz(text, today));
    expect(failure?.code).toBe('document.no-chip');
    expect(failure?.fields).toEqual({ document });
  });

  it('reads the French cards that have a chip, three lines of 30', () => {
    const lines = [
      'IDFRAX4RTBPFW46<<<<<<<<<<<<<<<',
      '9007138F3002119FRA<<<<<<<<<<<6',
      'MARTIN<<MAELYS<GAELLE<<<<<<<<<',
    ];
    expect(parseMrz(lines.join('\n'), today)).toMatchObject({ format: 'TD1', issuer: 'FRA', documentCode: 'ID' });
  });

  it('takes letters and fillers alone for a nationality (9303-3 §5)', () => {
    const lines = (nationality: string) => [
      'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
      `L898902C36${nationality}7408122F1204159ZE184226B<<<<<10`,
    ];
    expect(parseMrz(lines('<<<').join('\n'), today).nationality).toBe('');
    expect(parseMrz(lines('D<<').join('\n'), today).nationality).toBe('D');
    for (const wrong of ['D1<', 'UT0', '<<D']) {
      expect(() => parseMrz(lines(wrong).join('\n'), today)).toThrow(
        expect.objectContaining({ code: 'mrz.malformed', fields: { reason: 'field', field: 'nationality' } }),
      );
    }
  });

  it('reads a sex that is not stated', () => {
    for (const printed of ['<', 'X']) {
      expect(parseMrz(passport.join('').replace('2F3', `2${printed}3`), today).sex).toBe('X');
    }
  });
});

describe('years of two digits', () => {
  function dates(birth: string, expiry: string, at: PlainDate) {
    const { birthDate, expiryDate } = parseMrz(`${passport[0]}L898902C36UTO${birth}0F${expiry}0ZE184226B<<<<<16`, at);
    return [birthDate.date, expiryDate.date];
  }

  it.each([
    ['birth on the day itself', '261123', '2026-11-23'],
    ['birth on the day after: a hundred years ago', '261124', '1926-11-24'],
    ['birth in the year after', '270101', '1927-01-01'],
    ['birth at the turn of the century', '000101', '2000-01-01'],
    ['birth on a leap day', '000229', '2000-02-29'],
    ['no such day', '010229', null],
    ['no such month', '801301', null],
    ['all unknown (9303-3 §4.8)', '<<<<<<', null],
    ['day unknown', '8703<<', null],
    ['month and day unknown', '87<<<<', null],
    ['letters', '87O314', null],
  ])('%s', (_name, printed, date) => {
    expect(dates(printed, '340415', today)[0]).toBe(date);
  });

  it.each([
    ['expiry this year, before the day', '260101', '2026-01-01'],
    ['ten years ahead', '361231', '2036-12-31'],
    ['a Greek card of thirty years (TR-03135-1 §5.7.1)', '541101', '2054-11-01'],
    ['a Spanish or Italian card without end, printed 01-01-9999 (italia/anpr#5393)', '990101', '2099-01-01'],
    ['last year', '251231', '2025-12-31'],
    ['the first year of chips: past, never a century ahead', '040101', '2004-01-01'],
    ['before there were chips: the later date, not an expired one', '031231', '2103-12-31'],
    ['month and day zero', '990000', null],
    ['unknown', '<<<<<<', null],
  ])('%s', (_name, printed, date) => {
    expect(dates('740812', printed, today)[1]).toBe(date);
  });

  it('depends on the day that is given for births, and on no day for expiry', () => {
    expect(dates('261124', '420101', day('2027-01-01'))).toEqual(['2026-11-24', '2042-01-01']);
    expect(dates('261124', '420101', day('1999-12-31'))).toEqual(['1926-11-24', '2042-01-01']);
  });

  it('keeps what is printed', () => {
    const mrz = parseMrz(passport.join('').replace('7408122', '87<<<<7'), today);
    expect(mrz.birthDate).toEqual({ printed: '87<<<<', date: null });
    expect(mrz.information).toBe('L898902C3687<<<<73404159');
    expect(mrz.checkDigits[1]).toMatchObject({ printed: '7', computed: '7', right: true });
  });
});

describe('information typed by hand (9303-11 §9.7.2, D.2)', () => {
  it.each([
    ['L898902C', '690806', '940623', 'L898902C<369080619406236'],
    ['D23145890734', '340712', '950712', 'D23145890734934071279507122'],
    [' 59000002 ', '870314', '170102', '59000002<887031451701027'],
    ['c11t002jm', '960812', '231031', 'C11T002JM496081222310314'],
    ['T22000129', '640812', '101031', 'T22000129364081251010318'],
    ['HA672242<', '58<<<<', '960108', 'HA672242<658<<<<99601086'],
  ])('%s', (documentNumber, birthDate, expiryDate, information) => {
    expect(mrzInformation({ documentNumber, birthDate, expiryDate })).toBe(information);
  });

  it.each([
    ['documentNumber', { documentNumber: '' }],
    ['documentNumber', { documentNumber: 'AB-12' }],
    ['documentNumber', { documentNumber: '1'.repeat(23) }],
    ['birthDate', { birthDate: '1969-08-06' }],
    ['expiryDate', { expiryDate: '94062' }],
  ])('refuses an unusable %s', (field, wrong) => {
    const fields = { documentNumber: 'L898902C', birthDate: '690806', expiryDate: '940623', ...wrong };
    const failure = failureOf(() => mrzInformation(fields));
    expect(failure?.code).toBe('mrz.malformed');
    expect(failure?.fields).toEqual({ reason: 'field', field });
  });

  it('equals that of the lines', () => {
    for (const lines of [passport, swedishIdCard, longNumberTd1, longNumberTd2]) {
      const mrz = parseMrz(lines.join('\n'), today);
      const fields = {
        documentNumber: mrz.documentNumber,
        birthDate: mrz.birthDate.printed,
        expiryDate: mrz.expiryDate.printed,
      };
      expect(mrzInformation(fields)).toBe(mrz.information);
    }
  });
});

describe('properties', () => {
  const characters = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<');

  it('any text ends in a zone or in a named failure', () => {
    const texts = fc.oneof(
      fc.string({ maxLength: 120 }),
      fc
        .constantFrom(72, 88, 90)
        .chain((length) => fc.string({ unit: characters, minLength: length, maxLength: length })),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(['none', 'mrz.malformed', 'document.no-chip']).toContain(failureCodeOf(() => parseMrz(text, today)));
      }),
      { numRuns: 2000 },
    );
  });

  it('one digit changed in a checked field is noticed', () => {
    // Positions of the second line whose digits are checked: all but the nationality and the sex (9303-4 §4.2.4).
    const places = [...passport[1]].flatMap((character, index) =>
      /\d/.test(character) && index !== 20 ? [index] : [],
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.integer({ min: 1, max: 9 }), (place, shift) => {
        const changed = [...passport[1]];
        changed[place] = String((Number(changed[place]) + shift) % 10);
        const mrz = parseMrz(passport[0] + changed.join(''), today);
        expect(wrongDigits(mrz)).not.toEqual([]);
      }),
    );
  });
});

interface Vector {
  readonly name: string;
  readonly cases?: readonly VectorCase[];
}

interface VectorCase {
  readonly format: string;
  readonly lines?: readonly string[];
  readonly value?: string;
  readonly check_digit?: string;
  readonly document_number?: string;
  readonly mrz_information?: string;
  readonly all_check_digits_correct?: boolean;
}

describeWithRealData('the worked examples of Doc 9303', () => {
  function casesOf(name: string): readonly VectorCase[] {
    const text = new TextDecoder().decode(realData('doc9303-vectors.json'));
    const { vectors }: { vectors: readonly Vector[] } = JSON.parse(text);
    return vectors.find((vector) => vector.name === name)?.cases ?? [];
  }

  // Some examples show a part of a zone; the lines that they leave out hold no check digit.
  function whole(example: VectorCase): string {
    const lines = example.lines ?? [];
    if (example.format === 'TD3 line 2') return passport[0] + lines.join('');
    return lines.join('').padEnd(example.format.startsWith('TD1') ? 90 : 0, '<');
  }

  it('check digits', () => {
    const cases = casesOf('mrz-check-digits');
    expect(cases.length).toBeGreaterThan(8);
    for (const example of cases) {
      if (example.value !== undefined) expect(checkDigit(example.value)).toBe(example.check_digit);
      else expect(wrongDigits(parseMrz(whole(example), today)).length === 0).toBe(example.all_check_digits_correct);
    }
  });

  it('information for keys', () => {
    const cases = casesOf('mrz-information');
    expect(cases).toHaveLength(4);
    for (const example of cases) {
      const mrz = parseMrz(whole(example), today);
      expect(mrz.information).toBe(example.mrz_information);
      expect(mrz.checkDigits[0]?.printed).toBe(example.check_digit);
      expect(mrz.documentNumber).toBe(example.document_number?.replace(/<+$/, ''));
      expect(wrongDigits(mrz).length === 0).toBe(example.all_check_digits_correct);
    }
  });
});
