import { describe, expect, it } from 'vitest';
import { type DecisionGround, decide, goOnHindrance } from '../../../main/verification/decision.ts';
import { faceCheck, faceComparison } from '../../../main/verification/face-check.ts';
import { presentationAttackCheck } from '../../../main/verification/film-checks.ts';
import type { Verdict, VerdictWord } from '../../../main/verification/types.ts';

const by = { sign: 'AB12', source: 'typed' } as const;
const verdict = (word: VerdictWord): Verdict => ({
  verdict: word,
  reasons: [],
  decidedBy: null,
  passedOver: [],
  conditions: [],
});

/** All that a decision to go on rests on. */
const ground = (word: VerdictWord, changes: Partial<DecisionGround> = {}): DecisionGround => ({
  verdict: verdict(word),
  mayGoOnAlone: true,
  documentRead: true,
  face: { answer: 'same', reason: null },
  evidenceMinutes: 3,
  policy: { evidenceMinutes: 15 },
  personOpen: false,
  orderHindrance: null,
  ...changes,
});

describe('a decision', () => {
  it('goes on with an accepted case without a reason', () => {
    expect(decide(ground('accept'), 'go-on', null, by)).toEqual({ outcome: 'go-on', reason: null, by });
  });

  it('goes on against refer with a reason only', () => {
    expect(() => decide(ground('refer'), 'go-on', '   ', by)).toThrow(
      expect.objectContaining({ code: 'decision.reason-missing' }),
    );
    expect(decide(ground('refer'), 'go-on', ' a colleague looked ', by).reason).toBe('a colleague looked');
  });

  it.each([
    ['against reject', ground('reject'), 'decision.not-allowed'],
    ['without a document that was read', ground('refer', { documentRead: false }), 'decision.no-reading'],
    ['where nobody compared the faces', ground('refer', { face: null }), 'face.not-compared'],
    [
      'by evidence that is older than the policy allows',
      ground('accept', { evidenceMinutes: 15.1 }),
      'case.evidence-old',
    ],
    [
      'alone, where the policy does not leave it to one person',
      ground('refer', { mayGoOnAlone: false }),
      'decision.needs-second',
    ],
    ['for an order that is over', ground('accept', { orderHindrance: 'order.expired' }), 'order.expired'],
    ['with a new customer whom nobody confirmed', ground('accept', { personOpen: true }), 'case.person-unconfirmed'],
  ] as const)('never goes on %s, whatever the reason', (_, rests, code) => {
    expect(goOnHindrance(rests)).toBe(code);
    expect(() => decide(rests, 'go-on', 'known for years', by)).toThrow(expect.objectContaining({ code }));
    // What gives nothing to anybody is always open.
    for (const outcome of ['refer', 'stop'] as const) expect(decide(rests, outcome, null, by).outcome).toBe(outcome);
  });

  it('goes on by evidence that is just as old as the policy allows', () => {
    expect(goOnHindrance(ground('accept', { evidenceMinutes: 15 }))).toBeNull();
  });
});

describe('the comparison of faces', () => {
  it('is undetermined until someone answers', () => {
    expect(faceCheck(null, true)).toMatchObject({ result: 'undetermined', code: 'face.not-compared' });
  });

  it('says what staff answered', () => {
    expect(faceCheck({ answer: 'same', reason: null }, true).result).toBe('successful');
    expect(faceCheck({ answer: 'unsure', reason: 'beard' }, true)).toMatchObject({
      result: 'undetermined',
      code: 'face.unsure',
    });
    expect(faceCheck({ answer: 'not-same', reason: 'ears' }, true)).toMatchObject({
      result: 'failed',
      code: 'face.not-same',
    });
  });

  it('proves nothing where the chip gave no portrait', () => {
    expect(faceCheck({ answer: 'same', reason: null }, false)).toMatchObject({
      result: 'undetermined',
      code: 'face.no-image',
    });
  });

  describe('at an attended station (TR-03121: under supervision staff are the detection of presentation attacks)', () => {
    const living = (face: Parameters<typeof faceCheck>[0], portraitRead = true) =>
      presentationAttackCheck(face, portraitRead, 'attended');

    it('is also their word for a living person, and says that it is', () => {
      expect(living({ answer: 'same', reason: null })).toEqual({
        id: 'face.presentation-attack',
        result: 'successful',
        code: null,
        detail: { station: 'attended', answeredBy: 'staff' },
      });
    });

    it.each([
      ['nobody answered', null, true, 'face.not-compared'],
      ['staff are unsure', { answer: 'unsure', reason: 'mask?' }, true, 'face.unsure'],
      ['staff see another person', { answer: 'not-same', reason: 'ears' }, true, 'face.not-same'],
      ['the chip gave no portrait', { answer: 'same', reason: null }, false, 'face.no-image'],
    ] as const)('is no such word where %s', (_, face, portraitRead, code) => {
      expect(living(face, portraitRead)).toMatchObject({ result: 'undetermined', code });
    });
  });

  it.each([
    ['unattended', 'unattended'],
    ['not set', null],
  ] as const)('says nothing of a living person at a station that is %s', (told, station) => {
    expect(presentationAttackCheck({ answer: 'same', reason: null }, true, station)).toMatchObject({
      result: 'undetermined',
      code: 'check.not-made',
      detail: { station: told },
    });
  });

  it.each(['not-same', 'unsure'] as const)('needs a reason for %s', (answer) => {
    expect(() => faceComparison(answer, ' ')).toThrow(expect.objectContaining({ code: 'decision.reason-missing' }));
    expect(faceComparison(answer, ' ears ')).toEqual({ answer, reason: 'ears' });
  });
});
