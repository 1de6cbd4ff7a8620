import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { partsText } from '../../../main/commands/fleet-parts-text.ts';
import { columns, jsonLine, printable, printableLines, wrapped } from '../../../main/commands/layout.ts';
import { progressLine } from '../../../main/commands/progress-line.ts';

it('text of a document cannot steer the terminal', () => {
  expect(printable('A\u001b[2JB\u202eC\nD\u009b')).toBe('A\ufffd[2JB\ufffdC\ufffdD\ufffd');
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[\p{Cc}\p{Cf}]/u.test(printable(text))));
});

it('several lines stay lines, and cells hold none', () => {
  expect(printableLines('a\u001b[2J\r\nb')).toBe('a\ufffd[2J\ufffd\nb');
  expect(columns([['a\nb', 'c\u009b2J']])).toEqual(['a\ufffdb  c\ufffd2J']);
});

it('JSON for a terminal holds no control character and means the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const line = jsonLine({ text });
      expect(JSON.parse(line)).toEqual({ text });
      expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
  expect(jsonLine('\u009b \u{e0001}')).toBe('"\\u009b \\udb40\\udc01"\n');
});

it('lines are broken at spaces and hold every word', () => {
  expect(wrapped('one two three four', 9, '  ')).toEqual(['one two', '  three', '  four']);
  fc.assert(
    fc.property(fc.lorem({ maxCount: 40 }), fc.integer({ min: 20, max: 100 }), (text, width) => {
      const lines = wrapped(text, width, '');
      expect(lines.join(' ')).toBe(text);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    }),
  );
});

it('columns are as wide as their widest cell', () => {
  expect(
    columns([
      ['a', 'bb', 'c'],
      ['aaa', 'b', 'ccc'],
    ]),
  ).toEqual(['a    bb  c', 'aaa  b   ccc']);
});

it('progress is a bar on a terminal and a line elsewhere', () => {
  const shown = (isTerminal: boolean): string => {
    let text = '';
    const line = progressLine({ isTerminal, error: (part) => (text += part) });
    line.show('bytes', 5, 10);
    line.show('bytes', 10, 10);
    return text;
  };
  expect(shown(false)).toBe('  bytes: 10\n');
  expect(shown(true)).toMatch(/^\r.*█+░+ bytes 5 of 10\r.*█+ bytes 10 of 10\n$/);
});

it('one of something is one', () => {
  expect(partsText({ records: 1, checkpoints: 2, answers: 0, erasures: 1 })).toBe(
    '1 record, 2 checkpoints, 0 answers, 1 erasure',
  );
});
