import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLike } from '../../../main/document/look-alikes.ts';
import { buildMrz } from '../../../main/document/mrz-build.ts';
import { checkDigit } from '../../../main/document/mrz-check-digit.ts';
import { judgeTypedMrz } from '../../../main/document/typed-mrz.ts';
import { unseenPlaces } from '../../../renderer/desk/mrz-entry.ts';

// 9303-4 Appendix B, 9303-5 Appendix B, 9303-6 Appendix B: the specimens of Utopia.
const td3 = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];
const td1 = ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'];
const td2 = ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'];

const judged = (...lines: readonly string[]) => judgeTypedMrz(lines.join('\n'));
/** The line with another character at a position counted from 1. */
const slipped = (line = '', position: number, typed: string) =>
  line.slice(0, position - 1) + typed + line.slice(position);

describe('right lines', () => {
  it.each([
    ['a passport', td3, ['documentNumber', 'birthDate', 'expiryDate', 'optionalData', 'composite']],
    ['a card of three lines', td1, ['documentNumber', 'birthDate', 'expiryDate', 'composite']],
    ['a card of two lines', td2, ['documentNumber', 'birthDate', 'expiryDate', 'composite']],
  ])('%s: every check digit fits (9303-3 §4.9)', (_, lines, fields) => {
    for (const text of [
      lines.join('\n'),
      lines.join(''),
      `${lines.join('\r\n')}\r\n`,
      lines.join('\n').toLowerCase(),
    ]) {
      const found = judgeTypedMrz(text);
      expect(found.state).toBe('whole');
      expect(found.fields).toEqual(fields.map((field) => ({ field, right: true })));
      expect(found.slips).toEqual([]);
    }
  });

  it('a number of more than nine characters goes on in the optional data (9303-5 §4.2.2 note j)', () => {
    const long = buildMrz({
      format: 'TD1',
      documentCode: 'I',
      issuer: 'UTO',
      documentNumber: 'D23145890734',
      nationality: 'UTO',
      surname: 'Eriksson',
      givenNames: 'Anna',
      birthDate: '740812',
      sex: 'F',
      expiryDate: '340415',
    });
    expect(judged(...long).fields).toContainEqual({ field: 'documentNumber', right: true });
    const wrong = judged(slipped(long[0], 16, '8'), long[1] ?? '', long[2] ?? '');
    expect(wrong.fields).toContainEqual({ field: 'documentNumber', right: false });
  });
});

describe('while they are typed', () => {
  it('each field is judged once its check digit is there', () => {
    const [first = '', second = ''] = td3;
    expect(judged(first, second.slice(0, 9)).fields).toEqual([]);
    expect(judged(first, second.slice(0, 10)).fields).toEqual([{ field: 'documentNumber', right: true }]);
    expect(judged(first, second.slice(0, 20)).fields).toHaveLength(2);
  });

  it('the length of each line is told, and that it ended', () => {
    expect(judged('P<SWE').lines).toEqual([{ count: 5, width: 44, ended: false }]);
    expect(judged((td3[0] ?? '').slice(1), 'L8').lines).toEqual([
      { count: 43, width: 44, ended: true },
      { count: 2, width: 44, ended: false },
    ]);
    expect(judged('ID').lines).toEqual([{ count: 2, width: null, ended: false }]);
    expect(judged(`${td1[0]}<`, '74').lines[0]).toEqual({ count: 31, width: 30, ended: true });
  });

  it('lines that are typed on without an end are parted where they must end', () => {
    expect(judgeTypedMrz(td3.join('').slice(0, 54)).lines).toEqual([
      { count: 44, width: 44, ended: true },
      { count: 10, width: 44, ended: false },
    ]);
    expect(judgeTypedMrz(td3.join('').slice(0, 54)).fields).toEqual([{ field: 'documentNumber', right: true }]);
  });

  it('nothing is said of places in a line of a wrong length', () => {
    expect(judged(td3[0] ?? '', `X${td3[1]}`).fields).toEqual([]);
    const short = (td1[0] ?? '').replace('D2', 'D');
    expect(judged(short, td1[1] ?? '').fields.map(({ field }) => field)).toEqual(['birthDate', 'expiryDate']);
  });

  it('a character that stands in no zone is told by its place', () => {
    expect(judged('P<SWEÖBERG').strange).toEqual({ line: 1, position: 6 });
    expect(judgeTypedMrz(' \n')).toEqual({ state: 'empty', lines: [], strange: null, fields: [], slips: [] });
  });
});

describe('the likely slip', () => {
  it.each([
    [
      'O for 0 in a number',
      [td3[0], slipped(td3[1], 6, 'O')],
      { line: 2, position: 6, typed: 'O', likely: '0', sure: true },
    ],
    [
      'O for 0 in a birth date',
      [td3[0], slipped(td3[1], 16, 'O')],
      { position: 16, typed: 'O', likely: '0', sure: true },
    ],
    [
      'Z for 2 in a birth date',
      [td3[0], slipped(td3[1], 19, 'Z')],
      { position: 19, typed: 'Z', likely: '2', sure: true },
    ],
    [
      'I for 1 in an expiry date',
      [td3[0], slipped(td3[1], 22, 'I')],
      { position: 22, typed: 'I', likely: '1', sure: true },
    ],
    [
      'S for 5 in an expiry date',
      [td3[0], slipped(td3[1], 27, 'S')],
      { position: 27, typed: 'S', likely: '5', sure: true },
    ],
    [
      'B for 8 in a birth date',
      [td3[0], slipped(td3[1], 17, 'B')],
      { position: 17, typed: 'B', likely: '8', sure: true },
    ],
    [
      'a letter for a check digit',
      [td3[0], slipped(td3[1], 20, 'Z')],
      { position: 20, typed: 'Z', likely: '2', sure: true },
    ],
    [
      'a digit in a name',
      [slipped(td3[0], 12, '0'), td3[1]],
      { line: 1, position: 12, typed: '0', likely: 'O', sure: true },
    ],
    [
      'a digit in a state',
      [slipped(td3[0], 5, '0'), td3[1]],
      { line: 1, position: 5, typed: '0', likely: 'O', sure: true },
    ],
  ])('%s', (_, lines, slip) => {
    const { slips } = judged(...lines.map((line) => line ?? ''));
    expect(slips).toEqual([expect.objectContaining(slip)]);
  });

  it('of two letters in one date both are told', () => {
    const { slips } = judged(td3[0] ?? '', slipped(slipped(td3[1], 16, 'O'), 18, 'I'));
    expect(slips.map(({ position, sure }) => [position, sure])).toEqual([
      [16, true],
      [18, true],
    ]);
  });

  it('where several would make the digit right none of them is sure', () => {
    const line = slipped(td3[1], 10, String((Number(td3[1]?.charAt(9)) + 3) % 10));
    const found = judged(td3[0] ?? '', line);
    expect(found.fields[0]).toEqual({ field: 'documentNumber', right: false });
    for (const { sure } of found.slips.length > 1 ? found.slips : []) expect(sure).toBe(false);
  });

  it('where nothing that looks alike makes it right the field alone is told', () => {
    const { fields, slips } = judged(td3[0] ?? '', slipped(td3[1], 15, '3'));
    expect(fields[1]).toEqual({ field: 'birthDate', right: false });
    expect(slips).toEqual([]);
  });

  it('one wrong field is told once: the whole line’s digit says nothing of its own', () => {
    const { fields } = judged(td3[0] ?? '', slipped(td3[1], 6, 'O'));
    expect(fields.filter(({ right }) => !right)).toEqual([{ field: 'documentNumber', right: false }]);
  });

  it('where the whole line’s digit alone is wrong, the slip stands where no other digit covers', () => {
    const { fields, slips } = judged(td1[0] ?? '', slipped(td1[1], 25, 'O'), td1[2] ?? '');
    expect(fields.filter(({ right }) => !right)).toEqual([{ field: 'composite', right: false }]);
    for (const { line, position } of slips) expect([line, position > 15]).toEqual([2, true]);
  });
});

describe('what no check digit can tell', () => {
  // 9303-3 §4.9: values that differ by a whole ten weigh alike, whatever the weight.
  it('6 and G, 1 and L, 8 and S: what a page marks where a chip refuses lines that are right', () => {
    const value = (character: string): number => Number.parseInt(character, 36);
    const unseen = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'].filter((character) =>
      looksLike(character).some((other) => (value(character) - value(other)) % 10 === 0),
    );
    expect(unseen).toEqual([...'168GLS']);
    const lines = (number: string) => `${td3[0]}\n${number}`;
    expect(unseen.every((sign) => unseenPlaces(lines(`${sign}<<`)).length === 1)).toBe(true);
    expect([...'0234579ABCDEFHIJKMNOPQRTUVWXYZ'].some((sign) => unseenPlaces(lines(`${sign}<<`)).length > 0)).toBe(
      false,
    );
    expect(checkDigit('G')).toBe(checkDigit('6'));
  });
});

it('bears anything', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const { slips, lines } = judgeTypedMrz(text);
      for (const { line, position } of slips) expect(position).toBeLessThanOrEqual(lines[line - 1]?.count ?? 0);
    }),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[PIAC][A-Z0-9<\n]{0,120}$/), (text) => {
      const { slips, lines } = judgeTypedMrz(text);
      for (const { line, position, typed, likely } of slips) {
        expect(position).toBeLessThanOrEqual(lines[line - 1]?.count ?? 0);
        expect(typed).not.toBe(likely);
      }
    }),
  );
});
