import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Check } from '../../../main/result/check.ts';
import {
  type ChallengeResult,
  challengeResults,
  type Light,
  lights,
  type Movement,
  movements,
} from '../../../main/result/film-challenges.ts';
import { presentationAttackCheck } from '../../../main/verification/film-checks.ts';
import type { ChallengeFindings } from '../../../main/verification/film-findings.ts';
import { type Colour, faceLight } from '../../../renderer/face-challenge/face-light.ts';
import { LightMeasure, screenLights } from '../../../renderer/face-challenge/light.ts';
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
const done = (score: number | null): ChallengeResult =>
  score === null ? 'not-measurable' : score >= 500 ? 'answered' : 'not-answered';
const each = (moves: Moves) => movements.map((movement) => done(filmed(movement, moves)));

const movementRows: readonly (readonly [string, Moves, readonly ChallengeResult[]])[] = [
  ['to the left and back', (at) => ({ yaw: -10 * hump(at, 8, 22) }), ['answered', 'not-answered', 'not-answered']],
  ['to the right and back', (at) => ({ yaw: 10 * hump(at, 8, 22) }), ['not-answered', 'answered', 'not-answered']],
  ['closer and back', (at) => ({ eyes: 80 + 24 * hump(at, 8, 24) }), ['not-answered', 'not-answered', 'answered']],
  ['closer, and staying', (at) => ({ eyes: at < 10 ? 80 : 104 }), ['not-answered', 'not-answered', 'answered']],
  ['to the left, and staying', (at) => ({ yaw: at < 10 ? 0 : -12 }), ['not-answered', 'not-answered', 'not-answered']],
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
];

describe('a movement', () => {
  test.each(movementRows)('%s', (_, moves, found) => {
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

const [width, height] = [160, 120];
const face = foundAt(80, 50, 26);

/** A picture: what light lies on the face and on the rest, in parts of what is there, and a sensor's noise. */
const lit = (onFace: Colour, around: Colour, skin: Colour = [150, 110, 90]) => {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isFace = Math.abs(x - 80) < 28 && Math.abs(y - 56) < 34;
      const [base, light] = isFace ? [skin, onFace] : [[130, 130, 125] as const, around];
      for (let part = 0; part < 3; part++)
        data[4 * (y * width + x) + part] = (base[part] ?? 0) * (light[part] ?? 0) + 4 * (next() - 0.5);
      data[4 * (y * width + x) + 3] = 255;
    }
  return { width, height, data };
};
/** Light of a room, and so much of the screen's. */
const light = (of: Light | null, much: number, room: Colour = [1, 1, 1]): Colour => {
  const screen = of === null ? ([0, 0, 0] as const) : screenLights[of];
  const part = (at: 0 | 1 | 2) => room[at] + (much * screen[at]) / 255;
  return [part(0), part(1), part(2)];
};

type Shown = (of: Light, place: number, look: number) => readonly [onFace: Colour, around: Colour, skin?: Colour];

function came(order: readonly Light[], shown: Shown, looks = 6): ChallengeResult {
  const measure = new LightMeasure();
  order.forEach((of, place) => {
    for (let look = 0; look < looks; look++) {
      const at = place * 1_500 + (look * 1_500) / looks;
      measure.shows(of);
      measure.next(faceLight(lit(...shown(of, place, look)), face), at);
    }
  });
  return done(measure.score);
}
const orders: readonly (readonly Light[])[] = [
  ['amber', 'green', 'blue'],
  ['amber', 'blue', 'green'],
  ['green', 'amber', 'blue'],
  ['green', 'blue', 'amber'],
  ['blue', 'amber', 'green'],
  ['blue', 'green', 'amber'],
];
const [recorded = []] = orders;

const lightRows: readonly (readonly [string, Shown, ChallengeResult])[] = [
  ['a person in an ordinary room', (of) => [light(of, 0.12), light(of, 0.02)], 'answered'],
  ['a person with dark skin', (of) => [light(of, 0.12), light(of, 0.02), [60, 42, 34]], 'answered'],
  ['a person in warm light', (of) => [light(of, 0.12, [1.2, 1, 0.7]), light(of, 0.02, [1.2, 1, 0.7])], 'answered'],
  [
    'a person, while the camera changes its white',
    (of, place) => {
      const white: Colour = [1 + 0.04 * place, 1, 1 - 0.04 * place];
      const seen = ([r, g, b]: Colour): Colour => [r * white[0], g * white[1], b * white[2]];
      return [seen(light(of, 0.15)), seen(light(of, 0.02))];
    },
    'answered',
  ],
  ['a person by a window, who outshines the screen', (of) => [light(of, 0.004), light(of, 0.001)], 'not-measurable'],
  // What it does not tell: paper is lit as skin is.
  ['a printed photo', (of) => [light(of, 0.12), light(of, 0.02)], 'answered'],
  ['a screen, which shines itself', (of) => [light(of, 0.004), light(of, 0.02)], 'not-answered'],
  ['a frozen picture', () => [light('amber', 0.12), light('amber', 0.02)], 'not-measurable'],
  ['a room that changes with the face', (of) => [light(of, 0.12), light(of, 0.12)], 'not-measurable'],
];

describe('the light of the screen', () => {
  // Each in all six orders that there are.
  test.each(lightRows)('on %s', (_, shown, found) => {
    expect(orders.map((order) => came(order, shown))).toEqual(orders.map(() => found));
  });

  it('of a film of another visit answers in its own order, and in no other', () => {
    const film: Shown = (_, place) => [light(recorded[place] ?? null, 0.12), light(recorded[place] ?? null, 0.02)];
    expect(orders.map((order) => came(order, film))).toEqual(
      orders.map((_, at) => (at === 0 ? 'answered' : 'not-answered')),
    );
  });

  it('is not measured of a colour that was seen too seldom', () => {
    const person: Shown = (of) => [light(of, 0.12), light(of, 0.02)];
    expect(came(recorded, person, 2)).toBe('not-measurable');
    expect(came(recorded.slice(0, 2), person)).toBe('not-measurable');
  });

  it('of whatever it is given is a whole score of thousandths, or none', () => {
    const part = fc.oneof(fc.double(), fc.integer({ min: 0, max: 255 }));
    const colour = fc.tuple(part, part, part);
    const look = fc.tuple(fc.constantFrom(...lights), fc.option(fc.record({ face: colour, margins: colour })), part);
    fc.assert(
      fc.property(fc.array(look, { maxLength: 40 }), (looks_) => {
        const measure = new LightMeasure();
        for (const [of, seen, at] of looks_) {
          measure.shows(of);
          measure.next(seen, at);
        }
        const { score } = measure;
        if (score === null) return;
        expect(Number.isInteger(score) && score >= 0 && score <= 1_000).toBe(true);
      }),
    );
    expect(faceLight({ width: 0, height: 0, data: new Uint8ClampedArray() }, face)).toEqual({
      face: [0, 0, 0],
      margins: [0, 0, 0],
    });
  });
});

/** What the checks make of what was done, at a kiosk and at a desk whose staff found the person the same. */
const judged = (challenge: ChallengeFindings) => {
  const film = { pictures: 60, measured: [], signs: [], challenge };
  const told = ({ code, result }: Check) => (code === null ? result : `${result}, \`${code}\``);
  return [
    told(presentationAttackCheck(null, true, 'unattended', film)),
    told(presentationAttackCheck({ answer: 'same', reason: null }, true, 'attended', film)),
  ];
};

describe('what a case comes to', () => {
  it('is never a success at a kiosk, whatever was done', () => {
    for (const movement of challengeResults)
      for (const light of challengeResults) expect(judged({ movement, light })[0]).toMatch(/^undetermined, /);
  });

  it('stands in docs/face.md', () => {
    const tables = [
      ['before the camera', 'asked to the left', 'to the right', 'closer'],
      ...movementRows.map(([name, , found]) => [name, ...found]),
      null,
      ['before the screen’s light', 'found'],
      ...lightRows.map(([name, , found]) => [name, found]),
      null,
      ['one of them', 'at a kiosk', 'at a desk, where staff found the person the same'],
      ...challengeResults.map((movement) => [movement, ...judged({ movement })]),
    ];
    const table = tables
      .map((cells, at) => {
        if (cells === null) return '';
        const row = `| ${cells.join(' | ')} |`;
        return (tables[at - 1] ?? null) === null ? `${row}\n|${'---|'.repeat(cells.length)}` : row;
      })
      .join('\n');
    expect(readFileSync(resolve(import.meta.dirname, '../../../docs/face.md'), 'utf8')).toContain(table);
  });
});
