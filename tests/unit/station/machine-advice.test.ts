import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDesk, type Desk } from '../../../main/station/desk.ts';
import { machineAdvice } from '../../../main/verification/machine-advice.ts';
import type { FaceAnswer } from '../../../main/verification/types.ts';
import { anna, FakeHouse, FakeTimers, settled, wholeInspection } from '../../support/fake-house.ts';
import { rejection } from '../../support/rejection.ts';

/*
 * A machine's advice on two faces: off unless the bank stated why it is on, nothing without the customer's consent, kept back until the
 * person has answered, and never part of what is judged.
 */

const terms = { legalBasis: 'consent', impactAssessment: 'K-2026-3', supportsFrom: 800, againstBelow: 500 };
let fake: FakeHouse;
let desk: Desk;

const view = () => {
  const open = desk.state().case;
  if (open === null) throw new Error('no case');
  return open;
};
const codeOf = async (act: () => unknown) => (await rejection((async () => act())()))?.code ?? null;

async function atFace(machine: typeof terms | null): Promise<void> {
  fake = new FakeHouse();
  const { policy } = fake.house;
  const house = {
    ...fake.house,
    policy: (id: Parameters<typeof policy>[0]) => ({ ...policy(id), machineComparison: machine }),
  };
  desk = createDesk({ ...fake.beside, house, standIn: false, newCaseId: () => 'case-1', timers: new FakeTimers() });
  await desk.start();
  await desk.answers['case.begin']();
  await desk.answers['case.choosePurpose']('large-transfer');
  await desk.answers['case.chooseHolder'](anna.id);
  fake.lay();
  await desk.answers['case.setAccessKey']({ kind: 'can', can: '123456' });
  await settled();
  await fake.current.finish(wholeInspection());
  await desk.answers['case.goTo']('face');
}

describe('where the bank has not switched it on', () => {
  beforeEach(() => atFace(null));

  test('nobody is asked, and no score is taken', async () => {
    expect(view()).not.toHaveProperty('machine');
    expect(await codeOf(() => desk.answers['case.consentToMachine'](true))).toBe('case.not-open');
    expect(await codeOf(() => desk.answers['case.faceCompared'](900))).toBe('case.not-open');
  });
});

describe('where the bank has switched it on', () => {
  beforeEach(() => atFace(terms));

  test('no score is taken without consent, nor after a no', async () => {
    expect(view().machine).toEqual({ consent: 'not-asked', compared: false, advice: null });
    expect(await codeOf(() => desk.answers['case.faceCompared'](900))).toBe('case.not-open');
    await desk.answers['case.consentToMachine'](false);
    expect(await codeOf(() => desk.answers['case.faceCompared'](900))).toBe('case.not-open');
    expect(view().machine).toEqual({ consent: 'refused', compared: false, advice: null });
  });

  test('nothing of what it said is in a snapshot before the person has answered', async () => {
    await desk.answers['case.consentToMachine'](true);
    await desk.answers['case.faceCompared'](873);
    expect(view().machine).toEqual({ consent: 'given', compared: true, advice: null });
    // Another score leaves the very same snapshot: nothing in it tells one from the other.
    const high = JSON.stringify(desk.state().case);
    await desk.answers['case.faceCompared'](12);
    expect(JSON.stringify(desk.state().case)).toBe(high);
    await desk.answers['case.answerFace']('same', null);
    expect(view().machine?.advice).toBe('does-not-support');
    expect(view().face).toEqual({ answer: 'same', reason: null });
  });

  test('an answer that is changed after it was seen keeps what was answered first, in the record', async () => {
    await desk.answers['case.consentToMachine'](true);
    await desk.answers['case.faceCompared'](300);
    await desk.answers['case.answerFace']('same', null);
    await desk.answers['case.goTo']('face');
    await desk.answers['case.answerFace']('unsure', 'the chin');
    await desk.answers['case.decide']({ outcome: 'stop', reason: 'unsure', sign: null, seen: fake.verdict });
    expect(fake.records.at(-1)?.face).toEqual({
      answer: 'unsure',
      reason: 'the chin',
      machine: {
        ...terms,
        consent: 'given',
        advice: 'does-not-support',
        score: 300,
        answeredFirst: 'same',
        model: '@vladmandic/human 3.3.6 faceres',
      },
    });
  });

  test('consent that is taken back takes what was compared with it', async () => {
    await desk.answers['case.consentToMachine'](true);
    await desk.answers['case.faceCompared'](900);
    await desk.answers['case.answerFace']('same', null);
    await desk.answers['case.goTo']('face');
    await desk.answers['case.consentToMachine'](false);
    expect(view().machine).toEqual({ consent: 'refused', compared: false, advice: null });
  });

  test('what is judged is the same whatever it said', async () => {
    const judged = async (score: number | null) => {
      await atFace(terms);
      if (score !== null) {
        await desk.answers['case.consentToMachine'](true);
        await desk.answers['case.faceCompared'](score);
      }
      await desk.answers['case.answerFace']('same', null);
      return { checks: view().checks, verdict: view().verdict };
    };
    const without = await judged(null);
    for (const score of [0, 499, 650, 1_000]) expect(await judged(score)).toEqual(without);
  });
});

test('it says one of three things by the thresholds, and nothing without consent', () => {
  const score = fc.integer({ min: 0, max: 1_000 });
  const answers: readonly FaceAnswer[] = ['same', 'unsure', 'not-same'];
  fc.assert(
    fc.property(score, score, score, fc.constantFrom(...answers), (one, other, found, answer) => {
      const own = { ...terms, supportsFrom: Math.max(one, other, 1), againstBelow: Math.min(one, other) };
      const { advice } = machineAdvice(own, { consent: 'given', compared: true, score: found }, answer);
      const expected =
        found >= own.supportsFrom ? 'supports' : found < own.againstBelow ? 'does-not-support' : 'cannot-tell';
      expect(advice).toBe(expected);
      for (const consent of ['refused', 'not-asked'] as const) {
        const none = machineAdvice(own, { consent, compared: true, score: found }, answer);
        expect([none.advice, none.score]).toEqual([null, null]);
      }
    }),
  );
  expect(machineAdvice(terms, { consent: 'given', compared: true, score: null }, 'same').advice).toBe('cannot-tell');
});
