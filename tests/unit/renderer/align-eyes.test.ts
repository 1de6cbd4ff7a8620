import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asLaid,
  byHand,
  eyesInFrame,
  followed,
  frameHeight,
  type Laying,
  layByEyes,
  layToCover,
} from '../../../renderer/face/align-eyes.ts';
import { mostPortraitYears } from '../../../renderer/face/portrait-age.ts';
import type { Eyes, Point } from '../../../renderer/face-model/face-finder.ts';

/** Where a point of the picture comes to lie in the frame, as `Laying` says it. */
function laidAt({ scale, turn, x, y }: Laying, point: Point): Point {
  const [along, across] = [scale * Math.cos(turn), scale * Math.sin(turn)];
  return { x: along * point.x - across * point.y + x, y: across * point.x + along * point.y + y };
}

const place = fc.double({ min: -8_192, max: 8_192, noNaN: true });
const point = fc.record({ x: place, y: place });
const eyes: fc.Arbitrary<Eyes> = fc
  .record({ right: point, left: point })
  .filter(({ right, left }) => Math.hypot(left.x - right.x, left.y - right.y) >= 1);

describe('a face laid by its eyes', () => {
  it('has them where all faces have them, however large, turned or far it was', () => {
    fc.assert(
      fc.property(eyes, (found) => {
        const laying = layByEyes(found);
        if (laying === null) throw new Error('not laid');
        for (const eye of ['right', 'left'] as const) {
          const laid = laidAt(laying, found[eye]);
          expect(laid.x).toBeCloseTo(eyesInFrame[eye].x, 6);
          expect(laid.y).toBeCloseTo(eyesInFrame[eye].y, 6);
        }
      }),
    );
  });

  it('is not bent: every distance is made larger by the same number', () => {
    fc.assert(
      fc.property(eyes, point, point, (found, one, other) => {
        const laying = layByEyes(found);
        if (laying === null) throw new Error('not laid');
        const [from, to] = [laidAt(laying, one), laidAt(laying, other)];
        const before = Math.hypot(one.x - other.x, one.y - other.y);
        expect(Math.hypot(from.x - to.x, from.y - to.y)).toBeCloseTo(before * laying.scale, 4);
      }),
    );
  });

  it('that is upside down is turned over, its right eye on the left', () => {
    const laying = layByEyes({ right: { x: 300, y: 100 }, left: { x: 200, y: 100 } });
    expect(Math.abs(laying?.turn ?? 0)).toBeCloseTo(Math.PI);
  });

  it('is not laid where its eyes are one point or none', () => {
    const one = { x: 5, y: 5 };
    expect(layByEyes({ right: one, left: one })).toBeNull();
    expect(layByEyes({ right: one, left: { x: Number.NaN, y: 5 } })).toBeNull();
    expect(layByEyes({ right: one, left: { x: Number.POSITIVE_INFINITY, y: 5 } })).toBeNull();
  });
});

it('a whole picture covers its frame, whatever its size, zero too', () => {
  const side = fc.integer({ min: 1, max: 8_192 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const laying = layToCover({ width, height });
      const [upper, lower] = [laidAt(laying, { x: 0, y: 0 }), laidAt(laying, { x: width, y: height })];
      expect(upper.x).toBeLessThanOrEqual(1e-9);
      expect(upper.y).toBeLessThanOrEqual(1e-9);
      expect(lower.x).toBeGreaterThanOrEqual(1 - 1e-9);
      expect(lower.y).toBeGreaterThanOrEqual(frameHeight - 1e-9);
    }),
  );
  for (const number of Object.values(layToCover({ width: 0, height: 0 }))) expect(number).toBeTypeOf('number');
  expect(Object.values(layToCover({ width: 0, height: 0 })).every(Number.isFinite)).toBe(true);
});

it('by hand moves and enlarges around the middle, and nothing where nothing was moved', () => {
  const laying = layToCover({ width: 700, height: 900 });
  expect(byHand(laying, asLaid)).toEqual(laying);
  const middle = { x: 350, y: 450 };
  const enlarged = laidAt(byHand(laying, { size: 2, height: 0, shift: 0 }), middle);
  expect(enlarged.x).toBeCloseTo(0.5);
  expect(enlarged.y).toBeCloseTo(frameHeight / 2);
  const shifted = laidAt(byHand(laying, { size: 1, height: 10, shift: -20 }), middle);
  expect(shifted.x).toBeCloseTo(0.3);
  expect(shifted.y).toBeCloseTo(frameHeight * 0.6);
});

it('eyes that are followed come to where they are seen, and never beyond', () => {
  fc.assert(
    fc.property(eyes, eyes, (before, seen) => {
      let now: Eyes = before;
      for (let times = 0; times < 60; times++) now = followed(now, seen);
      expect(now.right.x).toBeCloseTo(seen.right.x, 3);
      expect(now.left.y).toBeCloseTo(seen.left.y, 3);
      const next = followed(before, seen).right;
      expect(Math.abs(next.x - seen.right.x)).toBeLessThanOrEqual(Math.abs(before.right.x - seen.right.x) + 1e-9);
    }),
  );
});

describe('the age of a portrait', () => {
  const judged = (detail: Readonly<Record<string, unknown>>) => mostPortraitYears([{ id: 'document.expiry', detail }]);

  it.each([
    ['2030-01-31', '2026-11-30', 7],
    ['2036-11-30', '2026-11-30', 1],
    ['2036-11-29', '2026-11-30', 1],
    ['2036-12-01', '2026-11-30', null],
    ['2026-11-29', '2026-11-30', 11],
    ['2020-02-29', '2026-03-01', 17],
  ])('of a document that is good until %s is on %s at most %s years', (expiry, at, years) => {
    expect(judged({ expiry, at })).toBe(years);
  });

  it.each([
    ['2026-11-30', 1],
    ['2025-12-01', 1],
    ['2025-11-30', 2],
    ['2021-06-01', 6],
    // From a clock that goes wrong, or a day that cannot be.
    ['2026-12-01', null],
    ['soon', 7],
  ])('of a document that was issued on %s is by that %s at most', (issued, years) => {
    expect(judged({ expiry: '2030-01-31', at: '2026-11-30', issued })).toBe(years);
  });

  it('is not known where the last day is not', () => {
    expect(mostPortraitYears([])).toBeNull();
    expect(judged({})).toBeNull();
    expect(judged({ expiry: null, at: '2026-11-30' })).toBeNull();
    expect(judged({ expiry: 'soon', at: '2026-11-30' })).toBeNull();
  });
});
