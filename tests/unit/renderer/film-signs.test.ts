import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { bandsBetween } from '../../../renderer/film-signs/bands.ts';
import { FilmWatch } from '../../../renderer/film-signs/film-watch.ts';
import { FrameClock } from '../../../renderer/film-signs/frame-clock.ts';
import { glareIn } from '../../../renderer/film-signs/glare.ts';
import { patternIn } from '../../../renderer/film-signs/pattern.ts';
import { printOf, Repeats } from '../../../renderer/film-signs/repeats.ts';
import { surroundingsBetween } from '../../../renderer/film-signs/sheet.ts';
import { smallOf } from '../../../renderer/film-signs/small-picture.ts';
import { powerOf } from '../../../renderer/film-signs/spectrum.ts';
import { stillBlocks } from '../../../renderer/film-signs/still-blocks.ts';
import { straightEdges } from '../../../renderer/film-signs/straight-edges.ts';
import type { GreyImage } from '../../../renderer/mrz-camera/grey-image.ts';
import { drawnFilms, numberedPerson } from '../../support/faces/attack-films.ts';
import { foundAt } from '../../support/faces/drawn-face.ts';
import { filmRow, filmTable } from '../../support/faces/film-table.ts';

/*
 * What the measures find in films of a drawn person: honest ones, and attacks. Also what they do not find: a film that finds nothing stands
 * in the table too. docs/face.md has the same table.
 */

const rows = drawnFilms(numberedPerson()).map((film) => filmRow(film));
const signsOf = (name: string) => {
  const row = rows.find((each) => each.name === name);
  if (row === undefined) throw new Error(`no film: ${name}`);
  return row.signs.map((sign) => sign.split(' ')[0]);
};

describe('the films', () => {
  test.each(rows.filter(({ kind }) => kind === 'honest').map(({ name }) => name))('nothing is found in %s', (name) => {
    expect(signsOf(name)).toEqual([]);
  });

  test.each<[string, readonly string[]]>([
    ['a printed photo, held', ['flat', 'edges']],
    ['a photo behind glass under a lamp', ['flat', 'edges', 'glare']],
    ['a telephone that shows a film', ['pattern', 'flat', 'edges']],
    ['a screen on a stand', ['pattern', 'bands']],
    ['a frozen picture', ['frozen']],
    ['two seconds of film, over and over', ['repeated']],
    ['a film without noise', ['no-noise']],
    ['a film on the stroke', ['clock-even']],
    ['pictures out of order', ['clock-impossible']],
    ['pictures from times to come', ['clock-impossible']],
    ['pictures of another size in between', ['size-changed', 'misstated']],
    ['a virtual camera that says what it is', ['virtual-camera']],
    ['a camera that gives more pictures than it says', ['misstated']],
  ])('of %s', (name, signs) => {
    expect(signsOf(name)).toEqual(signs);
  });

  // These are the gaps: whoever closes one finds this row red, and the words of docs/face.md wrong.
  test.each([
    'a printed photo, held, cut out along the head',
    'a printed photo on a stand',
    'a printed photo that fills the picture',
    'a paper mask with holes for the eyes, worn, cut along the face',
    'a paper mask with holes for the eyes, worn, cut as a sheet',
    'a film with noise and an uneven clock',
  ])('nothing is found in %s, which is an attack', (name) => {
    expect(signsOf(name)).toEqual([]);
  });

  test('no film is accepted at a kiosk, and none with a sign at a desk', () => {
    for (const { name, signs, kiosk, desk } of rows) {
      expect(
        kiosk.map((check) => check.split(',')[0]),
        name,
      ).not.toContain('successful');
      if (signs.length > 0)
        expect(
          desk.every((check) => check === 'successful'),
          name,
        ).toBe(false);
    }
  });

  test('docs/face.md says the same', () => {
    expect(readFileSync(resolve(import.meta.dirname, '../../../docs/face.md'), 'utf8')).toContain(filmTable(rows));
  });

  test('a camera that the bank does not name is none of its own', () => {
    const [honest] = drawnFilms(numberedPerson());
    if (honest === undefined) throw new Error('no film');
    expect(filmRow(honest, [honest.camera]).desk).toEqual(['successful', 'successful']);
    expect(filmRow(honest, ['Another camera']).desk[1]).toBe('failed, `film.camera-not-listed`');
  });
});

const side = fc.integer({ min: 0, max: 260 });
const pictures = fc.tuple(side, side, fc.integer({ min: 0, max: 255 }), fc.boolean()).map(
  ([width, height, shade, striped]): GreyImage => ({
    width,
    height,
    luma: Uint8Array.from({ length: width * height }, (_, at) => (striped && at % 3 === 0 ? 255 - shade : shade)),
  }),
);
const place = fc.integer({ min: -400, max: 600 });
const faces = fc
  .tuple(place, place, fc.integer({ min: 0, max: 400 }))
  .map(([x, y, distance]) => foundAt(x, y, distance));
const times = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0, -1));

describe('whatever a camera gives', () => {
  it('ends in whole scores of known signs, between 500 and 1000', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(pictures, faces, times, times), { maxLength: 16 }), (film) => {
        const watch = new FilmWatch();
        for (const [{ width, height, luma }, face, at, now] of film) {
          const data = new Uint8ClampedArray(4 * luma.length).map((_, point) => luma[point >> 2] ?? 0);
          const stated = { width: at, height: now, frameRate: at };
          const {
            signs,
            measured,
            pictures: counted,
          } = watch.next({
            pixels: { width, height, data },
            face,
            moment: { at, now, width, height, shown: now, stated },
          });
          expect(counted).toBeLessThanOrEqual(film.length);
          expect(new Set(measured).size).toBe(measured.length);
          for (const { score } of signs) {
            expect(Number.isInteger(score)).toBe(true);
            expect(score).toBeGreaterThanOrEqual(500);
            expect(score).toBeLessThanOrEqual(1_000);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is not looked at where it is no picture, or larger than what a camera gives', () => {
    for (const [width, height] of [
      [0, 0],
      [1, 1],
      [4_000, 2],
      [7_680, 4_320],
    ] as const)
      expect(smallOf({ width, height, luma: new Uint8Array(width * height) })).toBeNull();
    expect(smallOf({ width: 640, height: 360, luma: new Uint8Array(4) })).toBeNull();
  });
});

describe('each measure by itself', () => {
  const [width, height] = [320, 240];
  const drawn = (shade: (x: number, y: number) => number): GreyImage => ({
    width,
    height,
    luma: Uint8Array.from({ length: width * height }, (_, at) => shade(at % width, Math.floor(at / width))),
  });
  const face = foundAt(160, 110, 60);

  it('finds the frequency that is there, by Parseval as strong as it is', () => {
    const size = 32;
    const wave = Float64Array.from({ length: size * size }, (_, at) =>
      Math.cos((2 * Math.PI * 5 * (at % size)) / size),
    );
    const power = powerOf(wave, size);
    expect(power.indexOf(Math.max(...power))).toBe(5);
    const window = Array.from({ length: size }, (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / size));
    const energy = wave.reduce(
      (sum, value, at) => sum + (value * (window[at % size] ?? 0) * (window[Math.floor(at / size)] ?? 0)) ** 2,
      0,
    );
    expect(power.reduce((sum, value) => sum + value, 0) / size ** 2).toBeCloseTo(energy, 6);
  });

  it('takes a raster for a pattern, and neither an edge nor nothing', () => {
    expect(
      patternIn(
        drawn((x, y) => 120 + 20 * Math.sin(1.7 * x + 0.4 * y)),
        face,
      ),
    ).toBeGreaterThan(60);
    expect(
      patternIn(
        drawn((x) => (x < 160 ? 60 : 190)),
        face,
      ),
    ).toBeLessThan(60);
    expect(
      patternIn(
        drawn(() => 128),
        face,
      ),
    ).toBe(0);
    expect(
      patternIn(
        drawn((x) => 120 + 20 * Math.sin(1.7 * x)),
        foundAt(160, 110, 12),
      ),
    ).toBe(0);
  });

  it('takes bands over the face for a screen’s, and over the room for a lamp’s', () => {
    const small = { width: 160, height: 120 };
    const even = { ...small, luma: new Uint8Array(160 * 120).fill(120) };
    const banded = (from: number, to: number) => ({
      ...small,
      luma: even.luma.map((value, at) => {
        const [x, y] = [at % 160, Math.floor(at / 160)];
        return x >= from && x < to ? value + Math.round(9 * Math.sin(y / 9)) : value;
      }),
    });
    const box = { x: 50, y: 30, width: 60, height: 60 };
    expect(bandsBetween(even, banded(30, 130), box)).toBeGreaterThan(0.9);
    expect(bandsBetween(even, banded(0, 160), box)).toBe(0);
    expect(bandsBetween(even, even, box)).toBe(0);
  });

  it('tells what moved with a face from what stayed behind it', () => {
    const room = (x: number, y: number) => (((x >> 3) + (y >> 3)) % 2 === 0 ? 90 : 160);
    const at = (shift: number, far: number): GreyImage => ({
      width: 160,
      height: 120,
      luma: Uint8Array.from({ length: 160 * 120 }, (_, point) => {
        const [x, y] = [point % 160, Math.floor(point / 160)];
        return room(x + 800 - (x < 14 || x > 145 ? far : shift), y);
      }),
    });
    const box = { x: 60, y: 30, width: 40, height: 50 };
    const moved = { x: 4, y: 0 };
    expect(surroundingsBetween(at(0, 0), at(4, 0), box, moved)).toBe('moved with it');
    expect(surroundingsBetween(at(0, 0), at(0, 0), box, moved)).toBe('stayed');
    // The camera was moved.
    expect(surroundingsBetween(at(0, 0), at(4, 4), box, moved)).toBe('unknown');
    expect(surroundingsBetween(at(0, 0), at(4, 0), box, { x: 1, y: 0 })).toBe('unknown');
  });

  it('finds straight edges on four sides of a face, and none of a round one', () => {
    const card = drawn((x, y) => (x > 60 && x < 260 && y > 20 && y < 230 ? 200 : 60));
    const { left, right, top } = straightEdges(card, { x: 125, y: 80, width: 70, height: 70 });
    expect([left, right, top].map((edge) => edge !== null)).toEqual([true, true, true]);
    expect(Math.abs((left ?? 0) - 60)).toBeLessThan(4);
    const head = drawn((x, y) => (Math.hypot(x - 160, y - 115) < 80 ? 200 : 60));
    expect(straightEdges(head, { x: 125, y: 80, width: 70, height: 70 })).toEqual({
      left: null,
      right: null,
      top: null,
      bottom: null,
    });
  });

  it('takes a white band for glare, and a white spot for skin', () => {
    const box = { x: 100, y: 60, width: 120, height: 120 };
    expect(
      glareIn(
        drawn((x, y) => (Math.abs(x - y - 40) < 6 ? 255 : 120)),
        box,
      ),
    ).toBeGreaterThan(6);
    expect(
      glareIn(
        drawn((x, y) => (Math.hypot(x - 160, y - 100) < 14 ? 255 : 120)),
        box,
      ),
    ).toBe(0);
  });

  it('counts parts of a picture that stay the same to the point', () => {
    const before = drawn((x, y) => 60 + ((x * 7 + y * 13) % 120));
    const corner = { ...before, luma: before.luma.map((value, at) => (at % width < 32 ? value + 1 : value)) };
    expect(stillBlocks(before, corner)).toBeCloseTo(0.9, 1);
    expect(stillBlocks(before, { ...before, luma: before.luma.map((value) => value + 1) })).toBe(0);
    expect(stillBlocks(before, before)).toBeNull();
    expect(stillBlocks(before, { ...before, width: height, height: width })).toBeNull();
    // Black and white show no noise.
    expect(
      stillBlocks(
        drawn(() => 0),
        drawn((x) => (x === 0 ? 1 : 0)),
      ),
    ).toBeNull();
  });

  it('knows pictures again to the point, and no other', () => {
    const pixels = (shade: number, at: number) => {
      const data = new Uint8ClampedArray(4 * 64).fill(shade);
      data[at] = shade + 1;
      return { width: 8, height: 8, data };
    };
    expect(printOf(pixels(9, 0))).toBe(printOf(pixels(9, 0)));
    const prints = Array.from({ length: 64 }, (_, at) => printOf(pixels(9, 4 * at)));
    expect(new Set(prints).size).toBe(64);
    const repeats = new Repeats();
    // Each given twice is how some cameras fill up: neither frozen nor repeated.
    for (let at = 0; at < 40; at++) repeats.next(`${at >> 1}`, at * 33);
    expect([repeats.frozen, repeats.repeated]).toEqual([0, 0]);
  });

  it('forgets no more pictures than it remembers, and remembers no more than it says', () => {
    const repeats = new Repeats();
    for (let at = 0; at < 5_000; at++) repeats.next(`${at}`, at);
    repeats.next('10', 6_000);
    expect(repeats.repeated).toBe(0);
    repeats.next('4990', 6_001);
    expect(repeats.repeated).toBeGreaterThan(0);
  });

  it('takes a clock for even only where each picture is on the stroke', () => {
    const even = new FrameClock();
    const odd = new FrameClock();
    for (let at = 0; at < 80; at++) {
      even.next(40 * (3 * at + (at % 3)), null);
      odd.next(40 * (3 * at + (at % 3)) + (at % 7) * 0.1, null);
    }
    expect([even.told, even.isEven, even.impossible]).toEqual([true, true, 0]);
    expect(odd.isEven).toBe(false);
  });
});
