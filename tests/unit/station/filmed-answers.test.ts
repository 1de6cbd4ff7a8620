import { expect, test } from 'vitest';
import { parsePlainDate } from '../../../main/result/plain-date.ts';
import type { CaseFile } from '../../../main/station/case-file.ts';
import { filmedAnswers, mayFilm } from '../../../main/station/filmed-answers.ts';

const today = parsePlainDate('2026-11-29') ?? expect.fail();
const answers = filmedAnswers({ today: () => today });

// 9303-4 appendix A.
const lines = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];
const plain = lines.map((line) => [...line].map((letter) => [{ letter, cost: 0.01 }]));

test('filmed lines are judged, and nothing is taken', () => {
  expect(answers['mrz.judgeFilmed'](plain)).toEqual({ state: 'read', lines });
  expect(answers['mrz.judgeFilmed'](plain.slice(1))).toEqual({ state: 'no-zone' });
  expect(answers['mrz.judgeFilmed'](plain.with(1, plain[0] ?? []))).toMatchObject({ state: 'unsure' });
});

test.each([
  ['face', 'done', false, true],
  ['chip', 'idle', false, true],
  ['chip', 'failed', false, true],
  ['chip', 'done', false, false],
  ['chip', 'reading', true, false],
  ['second', 'idle', false, true],
  ['purpose', 'idle', false, false],
  ['decide', 'done', false, false],
] as const)('at %s with a reading that is %s (busy: %s) there is something to film: %s', (step, state, busy, film) => {
  const reading = { busy, view: () => ({ state }) } as unknown as CaseFile['reading'];
  expect(mayFilm({ step, reading })).toBe(film);
});
