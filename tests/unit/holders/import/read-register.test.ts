import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../../main/result/failure.ts';
import type { PlainDate } from '../../../../main/result/plain-date.ts';
import { type RegisterWish, readRegister } from '../../../support/read-register.ts';

const today = '2026-11-23' as PlainDate;
const header = 'id,personalNumber,givenNames,surname,birthDate';
const semicolons = header.replaceAll(',', ';');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const read = (text: string, wish?: RegisterWish) => readRegister(bytes(text), today, wish);
const readLines = (...lines: readonly string[]) => read(lines.join('\n'));

async function failureOf(act: Promise<unknown>): Promise<Failure> {
  try {
    await act;
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown;
    throw thrown;
  }
  throw new Error('nothing was refused');
}

describe('a good file', () => {
  it('is read with commas', async () => {
    const { holders, lines } = await readLines(
      header,
      'c1,900602-2397,Åsa Linnéa,Öberg,1990-06-02',
      'c2,,Hans,Müller,',
    );
    expect(holders).toEqual([
      { id: 'c1', personalNumber: '199006022397', givenNames: 'Åsa Linnéa', surname: 'Öberg', birthDate: '1990-06-02' },
      { id: 'c2', personalNumber: null, givenNames: 'Hans', surname: 'Müller', birthDate: null },
    ]);
    expect(lines).toEqual([2, 3]);
  });

  it('is read with semicolons, a byte order mark, CRLF, quotes and empty lines', async () => {
    const text = `\ufeff${semicolons}\r\n\r\nc1;199006022397;"Åsa; Linnéa";"O""Hara";\r\n`;
    const { holders, lines } = await read(text);
    expect(holders).toEqual([
      { id: 'c1', personalNumber: '199006022397', givenNames: 'Åsa; Linnéa', surname: 'O"Hara', birthDate: null },
    ]);
    expect(lines).toEqual([3]);
  });

  // Microsoft, "Column delimiters are missing in an Excel spreadsheet that is saved as text": none behind the last filled cell.
  it('may lack columns at the end of a row that mean nothing, and have empty cells beyond the last', async () => {
    const { holders, faults } = await readLines(
      `${semicolons};Ort;Anm`,
      'c1;;Åsa;Öberg;;Umeå;x',
      'c2;;Bo;Ek;',
      'c3;;Bo;Ek;;Umeå;x;;;',
      'c4;;Bo;Ek',
      'c5;;Bo;Ek;;Umeå;x;;y',
    );
    expect(holders.map(({ id }) => id)).toEqual(['c1', 'c2', 'c3']);
    expect(faults).toEqual([
      { line: 5, note: 'columns' },
      { line: 6, note: 'columns' },
    ]);
  });

  it.each([
    [`;;;;\r\n;;;;\n${semicolons}\nc1;;A;B;`, 4],
    [`\ufeffsep=;\r\n${semicolons}\r\nc1;;A;B;`, 3],
    [`"sep=,"\n\n${header}\nc1,,A,"B;C",`, 4],
    // The line counts, whatever the header holds.
    [`SEP=,;;\n"id","Ort; land","surname"\nc1,x,B`, 3],
  ])('may begin with empty rows, and with what parts its fields: %j', async (text, line) => {
    const { holders, lines } = await read(text);
    expect(holders.map(({ id }) => id)).toEqual(['c1']);
    expect(lines).toEqual([line]);
  });

  it('is the same however its bytes come', async () => {
    const text = `${semicolons}\r\nc1;;"A\r\n\r\nA";"B"; \r\n\r\nc2;x;A;B;\rc3;;"C;D;\nc4;;Åsa;Ö;\n${'x'.repeat(20_000)}\nc5;;E;F;`;
    const whole = await read(text);
    expect(whole.holders.map(({ id }) => id)).toEqual(['c1', 'c4', 'c5']);
    expect(whole.faults).toEqual([
      { line: 6, note: 'personal-number-form' },
      { line: 7, note: 'quotes-or-length' },
      { line: 9, note: 'row-too-long' },
    ]);
    for (const chunkBytes of [1, 2, 3, 7, 100]) expect(await read(text, { chunkBytes })).toEqual(whole);
  });

  it('brings names into one Unicode form', async () => {
    expect((await readLines(header, 'c1,,A\u030asa,Oberg,')).holders[0]?.givenNames).toBe('Åsa');
  });

  // folkbokföringslagen 1991:481 18 §: `+` from the year of a hundred, which registers forget.
  it('tells what is odd about a number and does no harm', async () => {
    const { remarks } = await readLines(header, 'c1,121212-1212,A,B,1912-12-12', 'c2,19900602-2397,A,B,1990-06-03');
    expect(remarks).toEqual([
      { line: 2, note: 'stale-sign' },
      { line: 3, note: 'neighbour-day' },
    ]);
  });

  it('may hold nobody, and one number twice', async () => {
    expect((await read(header)).holders).toEqual([]);
    expect((await readLines(header, 'c1,900602-2397,A,B,', 'c2,900602-2397,C,D,')).holders).toHaveLength(2);
  });

  it('is known by usual names of columns, and by those that somebody gives them', async () => {
    const swedish = 'Kundnummer;Personnummer;Förnamn;Efternamn;Ort\nc1;199006022397;Åsa;Öberg;Umeå';
    const { holders, unused } = await read(swedish);
    expect(holders[0]).toMatchObject({ id: 'c1', personalNumber: '199006022397', surname: 'Öberg' });
    expect(unused).toEqual(['Ort']);
    const own = await read('nr;namn\nc1;Öberg', {
      mapping: [
        ['id', 'nr'],
        ['surname', 'namn'],
      ],
    });
    expect(own.holders[0]).toMatchObject({ id: 'c1', surname: 'Öberg' });
    for (const mapping of [[['id', 'nobody']], [['age', 'nr']]] as const)
      expect((await failureOf(read('nr;surname\nc1;Öberg', { mapping }))).fields.reason).toBe('mapping');
  });

  it('tells all that a register knows, in columns and in JSON Lines alike', async () => {
    const expected = {
      id: 'c1',
      personalNumber: '197010632391',
      givenNames: 'Åsa',
      surname: 'Öberg',
      birthDate: null,
      numbers: [
        { country: 'FIN', key: '131052-308T', validFrom: null, validTo: '2019-04-01', replacedBecause: 'other' },
      ],
      documents: [{ issuer: 'SWE', kind: 'passport', number: 'AA123456', seenBy: 'Bo', seenOn: '2024-05-06' }],
      identityLevel: 'confirmed',
      dormant: { since: '2025-01-01' },
      protected: { since: null },
      reference: 'R 7',
    };
    const columns =
      'id,personalNumber,givenNames,surname,identityLevel,dormant,protected,deceased,reference,number.country,number.value,' +
      'number.validTo,number.replacedBecause,document1.issuer,document1.kind,document1.number,document1.seenBy,document1.seenOn';
    const row =
      'c1,197010632391,Åsa,Öberg,styrkt,2025-01-01,ja,nej,R 7,fin,131052-308T,2019-04-01,other,SWE,passport,AA123456,Bo,2024-05-06';
    expect((await readLines(columns, row)).holders).toEqual([expected]);
    const json = {
      ...{ id: 'c1', personalNumber: '19701063-2391', givenNames: 'Åsa', surname: 'Öberg', birthDate: null },
      ...{ identityLevel: 'confirmed', dormant: '2025-01-01', protected: true, deceased: false, reference: 'R 7' },
      numbers: [{ country: 'FIN', value: '131052-308T', validTo: '2019-04-01', replacedBecause: 'other' }],
      documents: [{ issuer: 'SWE', kind: 'passport', number: 'AA123456', seenBy: 'Bo', seenOn: '2024-05-06' }],
    };
    const lines = await readLines(
      JSON.stringify(json),
      '',
      '{"id":"c2"',
      '[]',
      '{"id":3}',
      JSON.stringify({ ...json, id: 'c3' }),
    );
    expect(lines.holders).toEqual([expected, { ...expected, id: 'c3' }]);
    expect(lines.faults).toEqual([3, 4, 5].map((line) => ({ line, note: 'json' })));
  });

  // RFC 8259 §4: of two members of one name each reader takes another; so it is with two names of one field.
  it.each([
    '{"id":"c2","surname":"A","surname":"B"}',
    '{"id":"c2","surname":"A","sur\\u006eame":"B"}',
    '{"id":"c2","surname":"A","efternamn":"B"}',
    '{"id":"c2","surname":"A","numbers":[{"country":"FIN","value":"131052-308T","value":"010100A101X"}]}',
    '{"id":"c2","surname":"A","numbers":[],"numbers":[]}',
    '{"id":"c2","surname":"A","numbers":[{"country":"FIN","value":"131052-308T"}],"number1.value":"010100A101X"}',
  ])('takes no row of JSON Lines in which a field stands twice: %s', async (row) => {
    const { holders, faults } = await readLines(
      '{"id":"c1","surname":"A"}',
      row,
      '{"id":"c3","surname":"C","surnames":"D"}',
    );
    expect(holders.map(({ id }) => id)).toEqual(['c1', 'c3']);
    expect(faults).toEqual([{ line: 2, note: 'field-twice' }]);
  });

  it('takes what somebody named for a field, as in columns, and a member by any name for none', async () => {
    const row = '{"id":"7","nr":"c1","surname":"A","constructor":5,"__proto__":"x"}';
    const { holders, faults } = await read(row, { mapping: [['id', 'nr']] });
    expect(holders.map(({ id }) => id)).toEqual(['c1']);
    expect(faults).toEqual([]);
  });
});

// Spreadsheets end the header as they like, keep emptied rows as separators, and write a line break of a cell inside quotes.
describe('a file as a spreadsheet writes it', () => {
  it.each([
    ['CRLF after the header and LF after the rows', `${semicolons}\r\nc1;;A;B;\nc2;;C;D;\n`, [2, 3]],
    ['LF after the header and CRLF after the rows', `${semicolons}\nc1;;A;B;\r\nc2;;C;D;\r\n`, [2, 3]],
    ['CR alone', `${semicolons}\rc1;;A;B;\rc2;;C;D;`, [2, 3]],
    ['emptied rows and blank lines', `${semicolons}\r\nc1;;A;B;\r\n;;;;\r\n\r\n ; ;;;\r\nc2;;C;D;\r\n;;;;`, [2, 6]],
    ['blank lines before the header', `\r\n\r\n${semicolons}\r\nc1;;A;B;\r\nc2;;C;D;`, [4, 5]],
    ['a line break in a name', `${semicolons}\r\nc1;;"A";B;\r\nc2;;"C\n";"D\r\n";\r\n`, [2, 3]],
  ])('is read: %s', async (_name, text, expected) => {
    const { holders, lines } = await read(text);
    expect(holders.map(({ id, givenNames, surname }) => [id, givenNames, surname])).toEqual([
      ['c1', 'A', 'B'],
      ['c2', 'C', 'D'],
    ]);
    expect(lines).toEqual(expected);
  });

  it('takes a line break inside a name for a space', async () => {
    const { holders } = await read(`${header}\r\nc1,,"Anna\r\n Maria","von\nDee",\r\n`);
    expect(holders[0]).toMatchObject({ givenNames: 'Anna Maria', surname: 'von Dee' });
  });
});

describe('a bad row is named by its first line and why, never by what it holds, and the rows after it are read', () => {
  it.each([
    ['c2,199006022398,A,B,', 'personal-number-check-digit'],
    ['c2,19900602,A,B,', 'personal-number-form'],
    ['c2,199006312397,A,B,', 'personal-number-date'],
    ['c2,900602-2397,A,B,1991-06-02', 'personal-number-contradiction'],
    [',,A,B,', 'id-missing'],
    ['c2,,,,', 'name-missing'],
    ['c2,,A,B,1990-02-30', 'birth-date'],
    ['c2,,A,B,2026-11-24', 'birth-date-out-of-range'],
    ['c2,,A,B,1700-01-01', 'birth-date-out-of-range'],
    ['c2,,A,B', 'columns'],
    ['c2,,A,B,,x', 'columns'],
    ['"c\n2",,A,B,', 'characters'],
    ['c2,,A,B,"1990-\n01-01"', 'characters'],
    // A mark of direction makes one id look like another: which is meant nobody can tell.
    ['c2\u202e,,A,B,', 'characters'],
    // Neither do fillers, which are letters to Unicode and blank to people.
    ['c2\u3164,,A,B,', 'characters'],
    ['c2,12\u28003,A,B,', 'characters'],
    [`${'i'.repeat(65)},,A,B,`, 'id-too-long'],
    ['directory:4711,,A,B,', 'id-reserved'],
    [`c2,,${'A'.repeat(201)},B,`, 'name-too-long'],
    ['c2,,"A,B,', 'quotes-or-length'],
    ['c2,,A"B,C,', 'quotes-or-length'],
    ['c2,,"A"x,C,', 'quotes-or-length'],
  ])('%j: %s', async (row, note) => {
    const { faults, holders } = await readLines(header, 'c1,,A,B,', row, 'c3,,C,D,');
    expect(faults).toEqual([{ line: 3, note }]);
    expect(holders.map(({ id }) => id)).toEqual(['c1', 'c3']);
  });

  it.each([
    ['a row of 1 GB', 1024 * 1024 * 1024],
    ['a quoted field that never ends', 64 * 1024 * 1024],
  ])('holds no more of %s than a row may be long', async (_name, size) => {
    const begin = bytes(`${header}\nc1,,A,B,\nc2,,"`);
    const middle = new Uint8Array(1024 * 1024).fill(0x41);
    const end = bytes('\nc3,,C,D,\n');
    async function* chunks(from = 0): AsyncGenerator<Uint8Array> {
      if (from < begin.length) yield begin.subarray(from);
      for (let sent = 0; sent < size; sent += middle.length) yield middle;
      yield end;
    }
    const { splitRows } = await import('../../../../main/holders/import/row-splitter.ts');
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const tooLong: number[] = [];
    let rows = '';
    const start = { offset: header.length + 1, line: 2 };
    for await (const piece of splitRows(chunks(start.offset), start, { kind: 'csv', delimiter: ',' })) {
      tooLong.push(...piece.tooLong);
      rows += new TextDecoder().decode(piece.bytes);
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    expect(tooLong).toEqual([3]);
    expect(rows).toBe('c1,,A,B,\nc3,,C,D,\n');
    expect(most).toBeLessThan(64 * 1024 * 1024);
  });
});

describe('characters that nobody sees', () => {
  it.each([
    ['A\u0007', 'A'],
    ['A\u0000sa', 'Asa'],
    ['\u202eAnna\u2066', 'Anna'],
    ['An\u200bna', 'Anna'],
    ['Anna\u3164', 'Anna'],
    ['An\u2800na', 'Anna'],
    ['An\u034fna', 'Anna'],
  ])('are taken out of a name, and it is told: %j', async (written, name) => {
    const { holders, remarks } = await readLines(header, `c1,,${written},B,`);
    expect(holders[0]?.givenNames).toBe(name);
    expect(remarks).toEqual([{ line: 2, note: 'characters-filtered' }]);
  });
});

describe('the encoding', () => {
  const rows = [header, 'c1,,Åsa,Öberg,', 'c2,,Zoë,Ek,', 'c3,,Bo,Ek,'];

  it('is found out, and told', async () => {
    const found = await readRegister(latin1(rows.join('\r\n')), today);
    expect(found.encoding).toBe('windows-1252');
    expect(found.holders.map(({ givenNames }) => givenNames)).toEqual(['Åsa', 'Zoë', 'Bo']);
    expect((await readLines(...rows)).encoding).toBe('utf-8');
    const euro = Uint8Array.of(...latin1(`${header}\nc1,,`), 0x8a, ...latin1('imon,B,'));
    expect((await readRegister(euro, today)).holders[0]?.givenNames).toBe('Šimon');
  });

  it('of a single row is another: that row is left out, whichever most are written in', async () => {
    const mixed = (first: typeof bytes, other: typeof bytes) =>
      Buffer.concat([first(`${header}\n`), other('c1,,Åsa,Öberg,\n'), first('c2,,Åke,Ek,\nc3,,Örjan,Ek,\n')]);
    for (const [file, encoding] of [
      [mixed(bytes, latin1), 'utf-8'],
      [mixed(latin1, bytes), 'windows-1252'],
    ] as const) {
      const found = await readRegister(file, today);
      expect(found.encoding).toBe(encoding);
      expect(found.faults).toEqual([{ line: 2, note: 'encoding' }]);
      expect(found.holders.map(({ givenNames }) => givenNames)).toEqual(['Åke', 'Örjan']);
    }
  });

  it('of UTF-16 is refused', async () => {
    const wide = Buffer.from(`\ufeff${rows.join('\n')}`, 'utf16le');
    expect((await failureOf(readRegister(wide, today))).fields).toEqual({ line: 1, reason: 'utf-16' });
  });
});

it.each(['', 'a', `${header},surname`, 'givenNames,surname', 'id,birthDate', 'c1,,A,B,', '"id,surname'])(
  'the header %j is refused',
  async (text) => {
    const { code, fields } = await failureOf(read(`${text}\nc1,A`));
    expect([code, fields.reason]).toEqual(['holder.import-malformed', 'header']);
  },
);

it('garbage ends in holders, in faults or in a named failure, however it comes', async () => {
  const piece = fc.constantFrom(
    header,
    ',',
    ';',
    '"',
    '\n',
    '\r\n',
    '\r',
    '\ufeff',
    'c1',
    '199006022397',
    'Å',
    '{',
    '\u0000',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.array(piece, { maxLength: 40 }).map((parts) => bytes(parts.join(''))),
        fc.array(piece, { maxLength: 40 }).map((parts) => bytes(`${header}\n${parts.join('')}`)),
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
      ),
      fc.integer({ min: 1, max: 50 }),
      async (file, chunkBytes) => {
        const outcome = (wish: RegisterWish) =>
          readRegister(file, today, wish).catch((thrown: unknown) => {
            expect(thrown).toBeInstanceOf(Failure);
            return null;
          });
        expect(await outcome({ chunkBytes })).toEqual(await outcome({}));
      },
    ),
    { numRuns: 500 },
  );
});
