import { beforeEach, describe, expect, it } from 'vitest';
import type { LengthReport, LengthStep, StepFailure } from '../../../main/chip/read-lengths.ts';
import { type ReaderMemory, readerMemory } from '../../../main/keeping/reader-memory.ts';
import type { Detail } from '../../../main/result/check.ts';
import { addDays, type PlainDate } from '../../../main/result/plain-date.ts';

const limits = { extendedLength: true, maxCommand: 65_544, maxResponse: 65_538 };
const first = '2026-11-23' as PlainDate;
const model = 'A reader';

let today: PlainDate;
let kept: Map<string, Detail>;
let memory: ReaderMemory;
const opened = () =>
  readerMemory(
    { get: (name) => kept.get(name), set: (name, value) => void kept.set(name, JSON.parse(JSON.stringify(value))) },
    () => today,
  );
const report = (step: LengthStep, longest: number, ...givenUp: [LengthStep, StepFailure][]): LengthReport => ({
  step,
  longest,
  givenUp: givenUp.map(([given, why]) => ({ step: given, why })),
});
const good = report(65_535, 18_000);

beforeEach(() => {
  today = first;
  kept = new Map();
  memory = opened();
});

describe('what the station remembers of its readers', () => {
  it('nothing at first: the whole ladder, and a silent driver is tried with care', () => {
    expect(memory.stepFor('A reader 00 00', limits)).toBe(65_535);
    expect(memory.stepFor('A reader 00 00', { ...limits, untold: true })).toBe(4_096);
  });

  it.each(['not-sent', 'garbled', 'no-data'] as const)('a step that the reader gave up (%s), for its model', (why) => {
    memory.learn('A reader 00 00', report(256, 223, [65_535, why], [4_096, why]));
    expect(memory.stepFor('A reader 01 00', limits)).toBe(256);
    expect(memory.stepFor('Another 00 00', limits)).toBe(65_535);
  });

  it('also when Styrk has been started again', () => {
    memory.learn(model, report(256, 223, [4_096, 'not-sent']));
    expect(opened().remembered()).toEqual([{ model, step: 256, since: first }]);
  });

  it('nothing of what the chip itself refused: the next document may bear more', () => {
    memory.learn(model, report(192, 192, [65_535, 'refused'], [256, 'refused']));
    expect(memory.stepFor(model, limits)).toBe(65_535);
    memory.learn(model, report(192, 192, [65_535, 'not-sent'], [4_096, 'refused'], [256, 'refused']));
    expect(memory.stepFor(model, limits)).toBe(4_096);
  });

  it('a card lost at the same new length twice in a row, and not once', () => {
    memory.learn(model, report(65_535, 0, [65_535, 'lost']));
    expect(memory.stepFor(model, limits)).toBe(65_535);
    memory.learn(model, good);
    memory.learn(model, report(65_535, 0, [65_535, 'lost']));
    expect(memory.stepFor(model, limits)).toBe(65_535);
    memory.learn(model, report(65_535, 0, [65_535, 'lost']));
    expect(memory.stepFor(model, limits)).toBe(4_096);
  });

  it('not for ever: after seven days the longest is tried again', () => {
    memory.learn(model, report(256, 223, [4_096, 'not-sent']));
    today = addDays(first, 6);
    expect(memory.stepFor(model, limits)).toBe(256);
    today = addDays(first, 7);
    expect(memory.stepFor(model, limits)).toBe(65_535);
    expect(memory.remembered()).toEqual([]);
  });

  it('not for ever: after twenty good readings the longest is tried again', () => {
    memory.learn(model, report(256, 223, [4_096, 'not-sent']));
    for (let reading = 0; reading < 19; reading++) memory.learn(model, report(256, 223));
    expect(memory.stepFor(model, limits)).toBe(256);
    memory.learn(model, report(256, 223));
    expect(memory.stepFor(model, limits)).toBe(65_535);
  });

  it('nothing of a clock that went back, and nothing that it does not understand', () => {
    memory.learn(model, report(256, 223, [4_096, 'not-sent']));
    today = addDays(first, -1);
    expect(memory.stepFor(model, limits)).toBe(65_535);
    for (const odd of [7, 'x', { [model]: { step: 7 } }, null] as const) {
      kept.set('reader.lengths', odd);
      expect(opened().stepFor(model, limits)).toBe(65_535);
    }
  });

  it('so many models and no more', () => {
    for (let number = 0; number < 40; number++) memory.learn(`Model ${number}x`, report(256, 223, [4_096, 'not-sent']));
    expect(Object.keys(kept.get('reader.lengths') as object)).toHaveLength(16);
    expect(memory.stepFor('Model 39x', limits)).toBe(256);
  });
});
