import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BestFrame } from '../../../renderer/face-model/best-frame.ts';
import type { FoundFace } from '../../../renderer/face-model/face-finder.ts';
import { measureFrame } from '../../../renderer/face-model/frame-measures.ts';
import { framingCodes, framingOf, SteadyCode } from '../../../renderer/face-model/framing.ts';
import type { GreyImage } from '../../../renderer/mrz-camera/grey-image.ts';
import { languages } from '../../../resources/texts/languages.ts';
import { textsIn } from '../../../resources/texts/texts.ts';
import { blurred, facePicture, foundAt } from '../../support/faces/drawn-face.ts';

const [width, height] = [640, 480];
const good = foundAt(320, 210, 100);
const picture = facePicture(width, height, good);
const judged = (image: GreyImage, ...faces: readonly FoundFace[]) => {
  const [face] = faces;
  return framingOf({
    width: image.width,
    height: image.height,
    faces,
    measures: face === undefined ? null : measureFrame(image, face),
  });
};
const lit = (change: (value: number, x: number) => number): GreyImage => ({
  ...picture,
  luma: picture.luma.map((value, at) => Math.max(0, Math.min(255, Math.round(change(value, at % width))))),
});
const turned = (by: Partial<FoundFace['turned']>): FoundFace => ({ ...good, turned: { ...good.turned, ...by } });

describe('framing', () => {
  it('has nothing to say of one sharp face in the middle, in even light', () => {
    expect(judged(picture, good).codes).toEqual([]);
    expect(judged(picture, good).quality).toBeGreaterThan(0.5);
  });

  it.each([
    ['no-face', judged(picture)],
    ['two-faces', judged(picture, good, foundAt(560, 210, 60))],
    ['upside-down', judged(picture, turned({ roll: 178 }))],
    ['on-its-side', judged(picture, turned({ roll: 88 }))],
    ['on-its-side', judged(picture, turned({ roll: -93 }))],
    ['too-far', judged(facePicture(width, height, foundAt(320, 210, 30)), foundAt(320, 210, 30))],
    ['too-close', judged(facePicture(width, height, foundAt(320, 210, 230)), foundAt(320, 210, 230))],
    ['off-centre', judged(facePicture(width, height, foundAt(80, 210, 60)), foundAt(80, 210, 60))],
    ['tilted', judged(picture, turned({ roll: -30 }))],
    ['turned', judged(picture, turned({ yaw: 35 }))],
    ['turned', judged(picture, turned({ pitch: -30 }))],
    [
      'too-dark',
      judged(
        lit((value) => value * 0.2),
        good,
      ),
    ],
    [
      'too-bright',
      judged(
        lit((value) => value * 2.4),
        good,
      ),
    ],
    ['back-light', judged(facePicture(width, height, good, { skin: 70, wall: 250, features: 30 }), good)],
    [
      'uneven-light',
      judged(
        lit((value, x) => value * (x < 320 ? 1.5 : 0.5)),
        good,
      ),
    ],
    ['blurred', judged(blurred(picture, 60), good)],
  ] as const)('says %s', (code, { codes }) => {
    expect(codes).toContain(code);
  });

  it('says nothing of a small face on the wall, nor of one that the model is not sure of', () => {
    expect(judged(picture, good, foundAt(560, 100, 30)).codes).toEqual([]);
    expect(judged(picture, good, { ...foundAt(560, 210, 80), certainty: 0.4 }).codes).toEqual([]);
  });

  it('says glasses of a bar across the bridge of the nose', () => {
    const luma = picture.luma.slice();
    for (let y = 204; y < 210; y++) for (let x = 296; x < 344; x++) luma[y * width + x] = 20;
    expect(judged({ ...picture, luma }, good).codes).toContain('glasses');
  });

  it('has a sentence for each code in every language', () => {
    for (const language of languages)
      for (const code of framingCodes) expect(textsIn(language)(`face/framing/${code}`)).toMatch(/\.$/);
  });

  it('gives quality between 0 and 1 and finite figures, whatever a picture and a model hold', () => {
    const number = fc.double({ noNaN: true, min: -2_000, max: 2_000 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.uint8Array({ minLength: 1, maxLength: 1_600 }),
        number,
        number,
        fc.double({ noNaN: true, min: 0, max: 3_000 }),
        (wide, high, bytes, x, y, distance) => {
          const luma = Uint8Array.from({ length: wide * high }, (_, at) => bytes[at % bytes.length] ?? 0);
          const face = foundAt(x, y, distance);
          const image = { width: wide, height: high, luma };
          for (const figure of Object.values(measureFrame(image, face))) expect(Number.isFinite(figure)).toBe(true);
          const { quality } = judged(image, face);
          expect(quality).toBeGreaterThanOrEqual(0);
          expect(quality).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('judges a mirrored picture as it judges the picture', () => {
    const mirrored = {
      ...picture,
      luma: picture.luma.map((_, at) => picture.luma[at - 2 * (at % width) + width - 1] ?? 0),
    };
    const [one, other] = [measureFrame(picture, good), measureFrame(mirrored, good)];
    for (const name of ['light', 'sharpness', 'sides', 'bridge'] as const)
      expect(other[name]).toBeCloseTo(one[name], 0);
  });

  it('finds less sharp what is more blurred, and no other of what is darker', () => {
    const sharpness = [0, 4, 16, 40].map((times) => measureFrame(blurred(picture, times), good).sharpness);
    expect(sharpness.toSorted((one, other) => other - one)).toEqual(sharpness);
    const darker = measureFrame(
      lit((value) => value * 0.6),
      good,
    ).sharpness;
    expect(Math.abs(darker - (sharpness[0] ?? 0))).toBeLessThan(0.05);
  });

  it('chooses the sharp of two pictures, and the one that looks out', () => {
    const { quality } = judged(picture, good);
    expect(judged(blurred(picture, 20), good).quality).toBeLessThan(quality);
    expect(judged(picture, turned({ yaw: 18 })).quality).toBeLessThan(quality);
  });
});

describe('what is told of picture after picture', () => {
  it('changes once three have agreed', () => {
    const steady = new SteadyCode();
    const told = [null, 'blurred', 'blurred', null, 'blurred', 'blurred', 'blurred', null, null, null] as const;
    expect(told.map((code) => steady.next(code))).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
      'blurred',
      'blurred',
      'blurred',
      null,
    ]);

    // Before three have agreed that nothing hinders says nothing: nobody is told that they stand well by the first picture.
    const begun = new SteadyCode();
    expect([null, null, null].map((code) => [begun.next(code), begun.isTold])).toEqual([
      [null, false],
      [null, false],
      [null, true],
    ]);
  });
});

describe('the best picture', () => {
  it('is kept, and every other is closed', () => {
    const closed: string[] = [];
    const best = new BestFrame<string>((name) => closed.push(name));
    best.offer({ picture: 'good', quality: 0.6, at: 0 });
    best.offer({ picture: 'better', quality: 0.7, at: 100 });
    best.offer({ picture: 'worse', quality: 0.5, at: 200 });
    best.offer({ picture: 'nothing', quality: 0, at: 250 });
    expect(best.take(300)?.picture).toBe('better');
    expect(closed).toEqual(['good', 'worse', 'nothing']);
    expect(best.take(300)).toBeNull();
  });

  it('is not one of long ago', () => {
    const closed: string[] = [];
    const best = new BestFrame<string>((name) => closed.push(name));
    best.offer({ picture: 'old', quality: 0.9, at: 0 });
    best.offer({ picture: 'new', quality: 0.3, at: 2_001 });
    expect(closed).toEqual(['old']);
    expect(best.take(4_002)).toBeNull();
    expect(closed).toEqual(['old', 'new']);
  });

  it('holds on to no picture, in whatever order they come', () => {
    const offered = fc.record({ quality: fc.double({ min: 0, max: 1, noNaN: true }), at: fc.nat(5_000) });
    fc.assert(
      fc.property(fc.array(offered), (frames) => {
        const open = new Set<number>();
        const best = new BestFrame<number>((picture) => open.delete(picture));
        for (const [picture, frame] of frames.entries()) {
          open.add(picture);
          best.offer({ picture, ...frame });
          expect(open.size).toBeLessThanOrEqual(1);
        }
        best.clear();
        expect(open.size).toBe(0);
      }),
    );
  });
});
