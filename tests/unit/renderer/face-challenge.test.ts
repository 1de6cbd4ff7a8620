import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Movement, movements } from '../../../main/result/film-challenges.ts';
import { MovementMeasure } from '../../../renderer/face-challenge/movement.ts';
import type { FoundFace } from '../../../renderer/face-model/face-finder.ts';
import { numbersFrom } from '../../support/faces/attack-films.ts';
import { foundAt } from '../../support/faces/drawn-face.ts';

/*
 * What the movements come to, of what a model says of drawn faces: its angles are those that `tests/e2e/face-model.test.ts` measures of a
 * drawn person who turns. How a face is found in pictures is looked at there and in `tests/e2e/kiosk-face.test.ts`.
 */

const looks = 30;
const next = numbersFrom(7);

/** How somebody moves: yaw in degrees of the model, and eyes in pixels, at each look. */
type Moves = (at: number) => { readonly yaw?: number; readonly eyes?: number } | null;

function filmed(movement: Movement, moves: Moves): number | null {
  const measure = new MovementMeasure(movement);
  for (let at = 0; at < looks; at++) {
    const now = moves(at);
    const yaw = (now?.yaw ?? 0) + 3 * (next() - 0.5);
    const face = now === null ? null : foundAt(320, 200, (now.eyes ?? 80) * (1 + 0.02 * (next() - 0.5)));
    measure.next(face === null ? null : { ...face, turned: { ...face.turned, yaw } });
  }
  return measure.score;
}

/** There and back again, between two looks. */
const hump = (at: number, from: number, to: number) =>
  at < from || at > to ? 0 : Math.sin((Math.PI * (at - from)) / (to - from));
const done = (score: number | null) => (score === null ? 'not-measurable' : score >= 500 ? 'answered' : 'not-answered');
const each = (moves: Moves) => movements.map((movement) => done(filmed(movement, moves)));

describe('a movement', () => {
  test.each<[string, Moves, readonly string[]]>([
    ['to the left and back', (at) => ({ yaw: -10 * hump(at, 8, 22) }), ['answered', 'not-answered', 'not-answered']],
    ['to the right and back', (at) => ({ yaw: 10 * hump(at, 8, 22) }), ['not-answered', 'answered', 'not-answered']],
    ['closer and back', (at) => ({ eyes: 80 + 24 * hump(at, 8, 24) }), ['not-answered', 'not-answered', 'answered']],
    ['closer, and staying', (at) => ({ eyes: at < 10 ? 80 : 104 }), ['not-answered', 'not-answered', 'answered']],
    [
      'to the left, and staying',
      (at) => ({ yaw: at < 10 ? 0 : -12 }),
      ['not-answered', 'not-answered', 'not-answered'],
    ],
    ['away', (at) => ({ eyes: 80 - 30 * hump(at, 8, 24) }), ['not-answered', 'not-answered', 'not-answered']],
    ['none', () => ({}), ['not-answered', 'not-answered', 'not-answered']],
    ['a little', (at) => ({ yaw: -3 * hump(at, 8, 22) }), ['not-answered', 'not-answered', 'not-answered']],
    [
      'with the face out of sight for half of it',
      (at) => (at % 2 === 0 ? null : { yaw: -10 * hump(at, 8, 22) }),
      ['answered', 'not-answered', 'not-answered'],
    ],
    ['of nobody', () => null, ['not-measurable', 'not-measurable', 'not-measurable']],
    ['seen five times', (at) => (at < 5 ? {} : null), ['not-measurable', 'not-measurable', 'not-measurable']],
    // Said as it is: whoever swings to both sides and to and fro all the time has done all that can be asked.
    [
      'of a film that does everything in turn',
      (at) => ({ yaw: 10 * Math.sin(at / 3), eyes: 80 + 24 * Math.sin(at / 4) }),
      ['answered', 'answered', 'answered'],
    ],
  ])('%s', (_, moves, found) => {
    expect(each(moves)).toEqual(found);
  });

  it('that one look alone shows is none', () => {
    expect(done(filmed('turn-left', (at) => ({ yaw: at === 15 ? -40 : 0 })))).toBe('not-answered');
    expect(done(filmed('closer', (at) => ({ eyes: at === 15 ? 200 : 80 })))).toBe('not-answered');
  });

  it('of whatever a model says is a whole score of thousandths, or none', () => {
    const number = fc.oneof(fc.double(), fc.integer({ min: -200, max: 200 }), fc.constantFrom(Number.NaN, 0, -0));
    const face = fc.option(
      fc.tuple(number, number, number, number, number).map(
        ([a, b, c, d, yaw]): FoundFace => ({
          ...foundAt(0, 0, 1),
          eyes: { right: { x: a, y: b }, left: { x: c, y: d } },
          turned: { yaw, pitch: 0, roll: 0 },
        }),
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...movements), fc.array(face, { maxLength: 40 }), (movement, faces) => {
        const measure = new MovementMeasure(movement);
        for (const one of faces) measure.next(one);
        const { score } = measure;
        if (score === null) return;
        expect(Number.isInteger(score)).toBe(true);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1_000);
      }),
    );
  });
});
