import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importHoldersFromCsv } from '../../../main/holders/import-csv.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';

const today = '2026-11-23' as PlainDate;
const header = 'id,personalNumber,givenNames,surname,birthDate';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (...lines: readonly string[]) => importHoldersFromCsv(bytes(lines.join('\n')), today);

function failureOf(act: () => unknown): Failure {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown;
    throw thrown;
  }
  throw new Error('nothing was refused');
}

describe('a good file', () => {
  it('is read with commas', () => {
    const { holders, lines } = read(header, 'c1,900602-2397,Åsa Linnéa,Öberg,1990-06-02', 'c2,,Hans,Müller,');
    expect(holders).toEqual([
      { id: 'c1', personalNumber: '199006022397', givenNames: 'Åsa Linnéa', surname: 'Öberg', birthDate: '1990-06-02' },
      { id: 'c2', personalNumber: null, givenNames: 'Hans', surname: 'Müller', birthDate: null },
    ]);
    expect(lines).toEqual([2, 3]);
  });

  it('is read with semicolons, a byte order mark, CRLF, quotes and empty lines', () => {
    const text = `\ufeff${header.replaceAll(',', ';')}\r\n\r\nc1;199006022397;"Åsa; Linnéa";"O""Hara";\r\n`;
    const { holders, lines } = importHoldersFromCsv(bytes(text), today);
    expect(holders).toEqual([
      { id: 'c1', personalNumber: '199006022397', givenNames: 'Åsa; Linnéa', surname: 'O"Hara', birthDate: null },
    ]);
    expect(lines).toEqual([3]);
  });

  it('brings names into one Unicode form', () => {
    expect(read(header, 'c1,,A\u030asa,Oberg,').holders[0]?.givenNames).toBe('Åsa');
  });

  // folkbokföringslagen 1991:481 18 §: the sign tells the century, and so does the birth date of the row.
  it('settles ten digits by the birth date of the row, and refuses what contradicts it', () => {
    const numberOf = (number: string, birthDate: string) =>
      read(header, `c1,${number},A,B,${birthDate}`).holders[0]?.personalNumber;
    expect(numberOf('1212121212', '1912-12-12')).toBe('191212121212');
    expect(numberOf('1212121212', '2012-12-12')).toBe('201212121212');
    expect(numberOf('121212+1212', '1912-12-12')).toBe('191212121212');
    for (const [number, birthDate] of [
      ['121212+1212', '2012-12-12'],
      ['900602-2397', '1991-06-02'],
      ['19900602-2397', '1990-07-02'],
    ] as const) {
      const { code, fields } = failureOf(() => numberOf(number, birthDate));
      expect([code, fields]).toEqual(['holder.import-malformed', { line: 2, reason: 'personal-number-contradiction' }]);
    }
  });

  // 18 §: `+` from the year of a hundred, which registers forget; a day that has run out of numbers borrows a neighbour's.
  it('takes what is odd about a number and does no harm, and tells it', () => {
    const { holders, remarks } = read(
      header,
      'c1,121212-1212,A,B,1912-12-12',
      'c2,19900602-2397,A,B,1990-06-03',
      'c3,19900602-2397,A,B,1990-06-02',
    );
    expect(holders.map(({ personalNumber }) => personalNumber)).toEqual([
      '191212121212',
      '199006022397',
      '199006022397',
    ]);
    expect(remarks).toEqual([
      { line: 2, remark: 'stale-sign' },
      { line: 3, remark: 'neighbour-day' },
    ]);
  });

  // Eur J Epidemiol 2009, 9350: 15 887 numbers had been given to a second person by 2008.
  it('may hold one number twice', () => {
    const { holders } = read(header, 'c1,900602-2397,A,B,', 'c2,900602-2397,C,D,');
    expect(holders.map(({ personalNumber }) => personalNumber)).toEqual(['199006022397', '199006022397']);
  });

  it('may hold nobody', () => {
    expect(read(header).holders).toEqual([]);
  });
});

// Spreadsheets end the header as they like, keep emptied rows as separators, and write a line break of a cell inside quotes.
describe('a file as a spreadsheet writes it', () => {
  const semicolons = header.replaceAll(',', ';');

  it.each([
    ['CRLF after the header and LF after the rows', `${semicolons}\r\nc1;;A;B;\nc2;;C;D;\n`, [2, 3]],
    ['LF after the header and CRLF after the rows', `${semicolons}\nc1;;A;B;\r\nc2;;C;D;\r\n`, [2, 3]],
    ['CR alone', `${semicolons}\rc1;;A;B;\rc2;;C;D;`, [2, 3]],
    [
      'emptied rows and blank lines',
      `${semicolons}\r\nc1;;A;B;\r\n;;;;\r\n\r\n ; ;;;\r\n;;\r\nc2;;C;D;\r\n;;;;`,
      [2, 7],
    ],
    ['blank lines before the header', `\r\n\r\n${semicolons}\r\nc1;;A;B;\r\nc2;;C;D;`, [4, 5]],
    ['a line break in a name', `${semicolons}\r\nc1;;"A";B;\r\nc2;;"C\n";"D\r\n";\r\n`, [2, 3]],
  ])('is read: %s', (_name, text, expected) => {
    const { holders, lines } = importHoldersFromCsv(bytes(text), today);
    expect(holders.map(({ id, givenNames, surname }) => [id, givenNames, surname])).toEqual([
      ['c1', 'A', 'B'],
      ['c2', 'C', 'D'],
    ]);
    expect(lines).toEqual(expected);
  });

  it('takes a line break inside a name for a space', () => {
    const { holders } = importHoldersFromCsv(bytes(`${header}\r\nc1,,"Anna\r\n Maria","von\nDee",\r\n`), today);
    expect(holders[0]).toMatchObject({ givenNames: 'Anna Maria', surname: 'von Dee' });
  });

  // `quoted` is one row on lines 2 to 4; with two blank lines after it the next row begins on line 7.
  const quoted = 'c1;;"A\r\n\r\nA";"B"; ';
  it.each([
    ['the row after it', `${quoted}\r\n\r\n\r\nc2;x;A;B;`, 7, 'personal-number-form'],
    ['itself', 'c1;x;"A\r\n\r\nA";B;\r\nc2;;C;D;', 2, 'personal-number-form'],
    ['an id twice', `${quoted}\nc1;;"C\n";D;`, 5, 'id-twice'],
    ['quotes that never close', `${quoted}\n;;;;\nc2;;"C;D;\n\nc3;;E;F;`, 6, 'quotes-or-length'],
    ['letters after a closing quote', `${quoted}\n\nc2;;"C\n"x;D;`, 6, 'quotes-or-length'],
  ])('names a bad row by its first line: %s', (_name, rows, line, reason) => {
    const failure = failureOf(() => importHoldersFromCsv(bytes(`${semicolons}\r\n${rows}`), today));
    expect(failure.fields).toEqual({ line, reason });
  });
});

describe('a bad row refuses the whole file with its line and reason', () => {
  const good = 'c1,199006022397,Åsa,Öberg,1990-06-02';
  it.each([
    ['c2,199006022398,A,B,', 'personal-number-check-digit'],
    ['c2,19900602,A,B,', 'personal-number-form'],
    ['c2,199006312397,A,B,', 'personal-number-date'],
    ['c1,,A,B,', 'id-twice'],
    [',,A,B,', 'id-missing'],
    ['c2,,,,', 'name-missing'],
    ['c2,,A,B,1990-02-30', 'birth-date'],
    ['c2,,A,B,2026-11-24', 'birth-date-out-of-range'],
    ['c2,,A,B,1700-01-01', 'birth-date-out-of-range'],
    ['c2,,A,B', 'columns'],
    ['c2,,A,B,,x', 'columns'],
    ['"c\n2",,A,B,', 'characters'],
    ['c2,,A,B,"1990-\n01-01"', 'characters'],
    ['c2,,A\u0007,B,', 'characters'],
    ['c2,,A\u0000,B,', 'characters'],
    [`${'i'.repeat(65)},,A,B,`, 'id-too-long'],
    [`c2,,${'A'.repeat(201)},B,`, 'name-too-long'],
    [`c2,,${'A'.repeat(5000)},B,`, 'quotes-or-length'],
    ['c2,,"A,B,', 'quotes-or-length'],
    ['c2,,A"B,C,', 'quotes-or-length'],
  ])('%j: %s', (row, reason) => {
    const failure = failureOf(() => read(header, good, row));
    expect(failure.code).toBe('holder.import-malformed');
    expect(failure.fields.reason).toBe(reason);
    expect(failure.fields.line).toBeTypeOf('number');
  });

  it('names the line', () => {
    expect(failureOf(() => read(header, good, '', 'c2,199006022398,A,B,')).fields.line).toBe(4);
  });

  it('never repeats what stands in the row', () => {
    const failure = failureOf(() => read(header, good, 'c2,199006022398,A,B,'));
    expect(JSON.stringify({ ...failure.fields, message: failure.message })).not.toContain('199006022398');
  });

  it.each([
    '',
    'id;personalNumber,givenNames,surname,birthDate',
    'id,givenNames,surname,birthDate',
    `${header},x`,
    'c1,,A,B,',
  ])('refuses the header %j', (text) => {
    expect(failureOf(() => importHoldersFromCsv(bytes(text), today)).fields).toMatchObject({
      line: 1,
      reason: 'header',
    });
  });

  it('refuses bytes that are not UTF-8', () => {
    const latin1 = new Uint8Array([...bytes(`${header}\nc1,,`), 0xc5, ...bytes('sa,B,')]);
    expect(failureOf(() => importHoldersFromCsv(latin1, today)).fields.reason).toBe('not-utf-8');
  });

  it('refuses a file beyond its bounds before reading it', () => {
    expect(failureOf(() => importHoldersFromCsv(new Uint8Array(64 * 1024 * 1024 + 1), today)).code).toBe(
      'input.too-large',
    );
  });
});

describe('garbage', () => {
  const piece = fc.constantFrom(
    header,
    ',',
    ';',
    '"',
    '\n',
    '\r\n',
    '\ufeff',
    'c1',
    '199006022397',
    'Å',
    '1990-06-02',
    '\u0000',
  );
  it('ends in holders or in a named failure', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 40 }).map((parts) => bytes(parts.join(''))),
          fc.array(piece, { maxLength: 40 }).map((parts) => bytes(`${header}\n${parts.join('')}`)),
          fc.uint8Array({ maxLength: 200 }),
        ),
        (file) => {
          try {
            expect(Array.isArray(importHoldersFromCsv(file, today).holders)).toBe(true);
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(Failure);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
