import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { House } from '../../../main/house/house.ts';
import { recordAnswers } from '../../../main/station/record-answers.ts';
import { temporaryFolder } from '../../support/side-door.ts';

/* What the office writes of a record: the file that the station signs and the pages beside it, both or neither. */

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function answersWriting(path: string | null, asked: unknown[]) {
  const house = {
    record: async () => ({ summary: { number: 17 }, content: {} }),
    keeping: { settings: { get: () => 'en' } },
    extract: (...call: unknown[]) => {
      asked.push(call);
      return {
        records: [17],
        keepAct: (signs: unknown) => asked.push(signs),
        signed: bytes('signed'),
        pages: async (wanted: unknown) => {
          asked.push(wanted);
          return { pdf: bytes('%PDF'), undrawn: 0 };
        },
      };
    },
  } as unknown as House;
  return recordAnswers({
    house,
    checking: {} as never,
    viewer: () => null,
    sign: () => 'anna',
    chooseNewFile: async () => path,
  });
}

it.each([
  ['all as signed', { broken: [], end: 'fits' }, true],
  ['an act that was changed', { broken: [3], end: 'fits' }, false],
  ['acts that were taken away at the end', { broken: [], end: 'wrong' }, false],
  ['a signed end that is gone', { broken: [], end: 'missing' }, false],
])('the check of past cases tells of the acts that decide what is erased: %s', async (_, acts, actsWhole) => {
  const found = { records: 2, rested: 0, erased: 1, intact: true, broken: [], log: { size: 2, intact: true } };
  const answers = recordAnswers({
    house: { keeping: { acts: { done: () => ({ all: [], ...acts }) } } } as unknown as House,
    checking: { check: async () => ({ ...found, backwards: [{ id: 'b', number: 2 }] }) } as never,
    viewer: () => null,
    sign: () => 'anna',
    chooseNewFile: async () => null,
  });
  const told = { ...found, brokenCount: 0, backwards: 1, actsWhole };
  expect(await answers['records.check']()).toEqual(told);
});

it('a record is written as a signed file with pages of the same name beside it, for its owner alone', async () => {
  const folder = temporaryFolder();
  const asked: unknown[] = [];
  const answers = answersWriting(join(folder, 'record-17.json'), asked);
  expect(await answers['records.export']('id')).toEqual({ file: 'record-17.json', pages: 'record-17.pdf' });
  expect(asked).toEqual([[{ record: 'id' }, 'bank'], { language: 'en', file: 'record-17.json' }, ['anna']]);
  expect(readFileSync(join(folder, 'record-17.json'), 'utf8')).toBe('signed');
  for (const name of ['record-17.json', 'record-17.pdf']) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
});

it('where pages of that name are there, neither file is written', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'record-17.pdf'), 'of somebody');
  const asked: unknown[] = [];
  const answers = answersWriting(join(folder, 'record-17.json'), asked);
  await expect(answers['records.export']('id')).rejects.toMatchObject({ code: 'output.unwritable' });
  expect(existsSync(join(folder, 'record-17.json'))).toBe(false);
  expect(readFileSync(join(folder, 'record-17.pdf'), 'utf8')).toBe('of somebody');
  // And there is no act of it.
  expect(asked).not.toContainEqual(['anna']);
});

it('where nobody names a file no record is extracted', async () => {
  const asked: unknown[] = [];
  expect(await answersWriting(null, asked)['records.export']('id')).toBeNull();
  expect(asked).toEqual([]);
});
