import { describe, expect, test } from 'vitest';
import { type FilmedPlace, filmedMrz } from '../../../main/document/filmed-mrz.ts';
import { buildMrz } from '../../../main/document/mrz-build.ts';
import { parsePlainDate } from '../../../main/result/plain-date.ts';

const today = parsePlainDate('2026-11-29') ?? expect.fail();

// 9303-4 appendix A, 9303-5 appendix A.
const td3: readonly [string, string] = [
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
];
const td1 = ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'];

type Doubts = Readonly<Record<string, Readonly<Record<string, number>>>>;

// Lines that were seen plainly, but for `line:position` (from 1), where each letter has the cost that is given.
function filmed(lines: readonly string[], doubts: Doubts = {}): readonly (readonly FilmedPlace[])[] {
  return lines.map((line, row) =>
    [...line].map((letter, column) => {
      const doubt = doubts[`${row + 1}:${column + 1}`];
      if (doubt === undefined)
        return [
          { letter, cost: 0.01 },
          { letter: letter === 'X' ? 'K' : 'X', cost: 11 },
        ];
      return Object.entries(doubt).map(([each, cost]) => ({ letter: each, cost }));
    }),
  );
}

const read = (lines: readonly string[]) => ({ state: 'read', lines });

describe('check digits arbitrate among characters that look alike (9303-3 §4.9)', () => {
  test('lines that are plain are read', () => {
    expect(filmedMrz(filmed(td3), today)).toEqual(read(td3));
    expect(filmedMrz(filmed(td1), today)).toEqual(read(td1));
  });

  test.each([
    ['a zero taken for an O', '2:6', { O: 0.4, '0': 1.1 }],
    ['an eight taken for a B', '2:4', { B: 0.2, '8': 2 }],
    ['a two taken for a Z', '2:7', { Z: 0.3, '2': 1.5 }],
  ])('%s', (_, place, doubt) => {
    expect(filmedMrz(filmed(td3, { [place]: doubt }), today)).toEqual(read(td3));
  });

  test('a letter in a date is no character of it (9303-3 §4.8)', () => {
    expect(filmedMrz(filmed(td3, { '2:15': { A: 0.1, '4': 2.5 } }), today)).toEqual(read(td3));
  });

  test('nothing is invented: where what is printed was not among what was seen, it is not sure', () => {
    const seen = filmed(td3, { '2:6': { O: 0.1, Q: 2 } });
    expect(filmedMrz(seen, today)).toMatchObject({ state: 'unsure', places: [{ line: 2, position: 6 }] });
  });

  test('what no check digit sees is not guessed: the values of 6 and G differ by ten', () => {
    const six = buildMrz({
      ...{ format: 'TD3', documentCode: 'P', issuer: 'UTO', documentNumber: 'L698902C3', nationality: 'UTO' },
      ...{ surname: 'Eriksson', givenNames: 'Anna Maria', birthDate: '740812', sex: 'F', expiryDate: '120415' },
    });
    expect(filmedMrz(filmed(six), today)).toEqual(read(six));
    const seen = filmed(six, { '2:2': { '6': 0.5, G: 0.9 } });
    const judged = filmedMrz(seen, today);
    expect(judged.state).toBe('unsure');
    expect('places' in judged && judged.places).toContainEqual({ line: 2, position: 2 });
  });

  test('wrong check digits with nothing else seen are never read', () => {
    expect(filmedMrz(filmed(td3.with(1, 'L898902C46UTO7408122F1204159ZE184226B<<<<<10')), today).state).toBe('unsure');
  });

  test('a page full of doubts is no reading, and soon told', () => {
    const everywhere = Object.fromEntries(
      Array.from({ length: 44 }, (_, at) => [`2:${at + 1}`, { '7': 1, '1': 1, '3': 1, M: 1, '<': 1, U: 1 }]),
    );
    expect(filmedMrz(filmed(td3, everywhere), today).state).toBe('unsure');
  });
});

describe('what has no check digit needs to be plain', () => {
  test('a letter of a name that may be another', () => {
    const seen = filmed(td3, { '1:6': { E: 0.3, F: 1.4 } });
    expect(filmedMrz(seen, today)).toMatchObject({ state: 'unsure', lines: td3, places: [{ line: 1, position: 6 }] });
  });

  // Found among the 2 013 pictures of filmed-pictures.test.ts: a blurred O of a name, taken for a D by 3.04.
  test('of O, D and Q a picture out of focus leaves the same ring: they need to be plainer than others', () => {
    const named = ['P<UTOOLSSON<<ANNA', td3[0].slice(17)].join('');
    const lines = td3.with(0, named);
    const seen = (ahead: number) => filmed(lines, { '1:6': { D: 0.1, O: 0.1 + ahead } });
    expect(filmedMrz(seen(3.04), today)).toMatchObject({ state: 'unsure', places: [{ line: 1, position: 6 }] });
    expect(filmedMrz(filmed(lines, { '1:6': { O: 0.1, D: 4.2 } }), today)).toEqual(read(lines));
    expect(filmedMrz(filmed(lines, { '1:7': { L: 0.1, I: 3.1 } }), today)).toEqual(read(lines));
  });

  test('a digit in a name is no letter of it (9303-3 §4.6): the letter must be plain by itself', () => {
    expect(filmedMrz(filmed(td3, { '1:10': { '5': 0.4, S: 1.2, B: 9 } }), today)).toEqual(read(td3));
  });

  test('a state is known by its code', () => {
    expect(filmedMrz(filmed(td3, { '1:5': { Q: 0.4, O: 1.2, D: 3 } }), today)).toEqual(read(td3));
  });

  test('a state whose code two letters make is not guessed: AUT and AUS', () => {
    const austrian = ['P<AUT', td3[0].slice(5)].join('');
    const seen = filmed(td3.with(0, austrian), { '1:5': { T: 0.6, S: 0.8 } });
    expect(filmedMrz(seen, today).state).toBe('unsure');
  });

  test('a code that no state has is taken where it is plain, and not else', () => {
    const other = ['P<ZQJ', td3[0].slice(5)].join('');
    expect(filmedMrz(filmed(td3.with(0, other)), today)).toEqual(read(td3.with(0, other)));
    const seen = filmed(td3.with(0, other), { '1:4': { Q: 0.2, O: 3.5 } });
    expect(filmedMrz(seen, today).state).toBe('unsure');
  });

  test('a name that goes on behind three fillers was misread (9303-3 §4.6)', () => {
    expect(filmedMrz(filmed(td3.with(0, `${td3[0].slice(0, 40)}K<<<`)), today).state).toBe('unsure');
  });
});

describe('what is no zone', () => {
  test.each([
    ['nothing', []],
    ['one line', td3.slice(0, 1)],
    ['lines of other lengths', td3.map((line) => line.slice(0, 40))],
    ['a line too many', [...td3, td3[1]]],
  ])('%s', (_, lines) => {
    expect(filmedMrz(filmed(lines), today)).toEqual({ state: 'no-zone' });
  });

  test('places of which nothing was seen', () => {
    expect(filmedMrz([Array(44).fill([]), Array(44).fill([])], today).state).toBe('unsure');
  });

  test('a document without a chip is not given as read (9303-7)', () => {
    expect(filmedMrz(filmed(td3.with(0, `V${td3[0].slice(1)}`)), today).state).toBe('unsure');
  });
});
