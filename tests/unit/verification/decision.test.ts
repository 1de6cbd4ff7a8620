import { describe, expect, it } from 'vitest';
import { decide } from '../../../main/verification/decision.ts';
import { faceCheck, faceComparison, presentationAttackCheck } from '../../../main/verification/face-check.ts';
import type { Verdict, VerdictWord } from '../../../main/verification/types.ts';

const by = { sign: 'AB12', source: 'typed' } as const;
const verdict = (word: VerdictWord): Verdict => ({ verdict: word, reasons: [], decidedBy: null, passedOver: [] });

describe('a decision', () => {
  it('goes on with an accepted case without a reason', () => {
    expect(decide(verdict('accept'), 'go-on', null, by)).toEqual({ outcome: 'go-on', reason: null, by });
  });

  it('goes on against refer with a reason only', () => {
    expect(() => decide(verdict('refer'), 'go-on', '   ', by)).toThrow(
      expect.objectContaining({ code: 'decision.reason-missing' }),
    );
    expect(decide(verdict('refer'), 'go-on', ' a colleague looked ', by).reason).toBe('a colleague looked');
  });

  it('never goes on against reject', () => {
    expect(() => decide(verdict('reject'), 'go-on', 'any reason', by)).toThrow(
      expect.objectContaining({ code: 'decision.not-allowed' }),
    );
  });

  it.each(['accept', 'refer', 'reject'] as const)('may always stop or refer a case judged %s', (word) => {
    for (const outcome of ['refer', 'stop'] as const)
      expect(decide(verdict(word), outcome, null, by).outcome).toBe(outcome);
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
