import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layByEyes } from '../../../renderer/face/align-eyes.ts';
import { stillFaceOf } from '../../../renderer/face/use-still-face.ts';
import { AnyWayUp, lookEveryWayUp } from '../../../renderer/face-model/any-way-up.ts';
import type { FoundFace } from '../../../renderer/face-model/face-finder.ts';
import { type Pixels, quartersTo, turnedBack, turnedPicture } from '../../../renderer/face-model/turned-picture.ts';
import { foundAt } from '../../support/faces/drawn-face.ts';

const quarters = [0, 1, 2, 3] as const;
const numbered = (width: number, height: number): Pixels => {
  const points = Uint32Array.from({ length: width * height }, (_, at) => at + 1);
  return { width, height, data: new Uint8ClampedArray(points.buffer) };
};
const pointsOf = ({ data }: Pixels) => [...new Uint32Array(data.buffer, data.byteOffset, data.length / 4)];
const size = fc.integer({ min: 1, max: 12 });

describe('a picture that is turned', () => {
  it('is turned clockwise', () => {
    // 1 2 3      4 1
    // 4 5 6  ->  5 2
    //            6 3
    const turned = turnedPicture(numbered(3, 2), 1);
    expect([turned.width, turned.height, ...pointsOf(turned)]).toEqual([2, 3, 4, 1, 5, 2, 6, 3]);
  });

  it('is itself again after the quarters that are left of a whole turn', () => {
    fc.assert(
      fc.property(size, size, fc.constantFrom(...quarters), (width, height, by) => {
        const picture = numbered(width, height);
        const there = turnedPicture(picture, by);
        const back = turnedPicture(there, quartersTo(90 * by));
        expect([back.width, back.height]).toEqual([width, height]);
        expect(pointsOf(back)).toEqual(pointsOf(picture));
      }),
    );
  });

  it('has its face told where it lies in the picture as it came', () => {
    const [width, height] = [100, 60];
    // In the picture turned by a quarter, 60 wide and 100 high.
    const face = { ...foundAt(20, 30, 10), box: { x: 10, y: 25, width: 20, height: 22 } };
    const { eyes, box, turned } = turnedBack(face, 1, { width, height });
    expect(eyes).toEqual({ right: { x: 30, y: 45 }, left: { x: 30, y: 35 } });
    expect(box).toEqual({ x: 25, y: 30, width: 22, height: 20 });
    expect(turned.roll).toBe(-90);
  });

  it('keeps a face’s size, and its line of eyes is turned by what is told', () => {
    const place = fc.double({ min: 0, max: 60, noNaN: true });
    fc.assert(
      fc.property(place, place, fc.constantFrom(...quarters), (x, y, by) => {
        const face = foundAt(x, y, 12);
        const { eyes, box, turned } = turnedBack(face, by, { width: 90, height: 70 });
        const [aside, down] = [eyes.left.x - eyes.right.x, eyes.left.y - eyes.right.y];
        expect(Math.hypot(aside, down)).toBeCloseTo(12, 6);
        expect(Math.cos((turned.roll * Math.PI) / 180)).toBeCloseTo(aside / 12, 6);
        expect(Math.sin((turned.roll * Math.PI) / 180)).toBeCloseTo(down / 12, 6);
        expect(box.width * box.height).toBeCloseTo(face.box.width * face.box.height, 6);
        // Turned by so many quarters it stands upright again.
        expect(quartersTo(turned.roll)).toBe(by);
      }),
    );
  });
});

/** A finder of a face that stands by so many quarters wrong in what it is shown; what it takes for a face of another way up is `seenAs`. */
function finder(wrong: () => number | null, seenAs: (off: number) => FoundFace | null) {
  let looks = 0;
  const shown: number[] = [];
  const find = async ({ data }: Pixels) => {
    looks += 1;
    const [first] = data;
    // The first point of the picture is numbered by how the picture was turned: see `corners`.
    const by = corners.indexOf(first ?? -1);
    shown.push(by);
    const standing = wrong();
    const face = standing === null ? null : seenAs((by + 4 - standing) % 4);
    return face === null ? [] : [face];
  };
  return { find, shown, looks: () => looks };
}
const picture = numbered(2, 2);
const corners = quarters.map((by) => pointsOf(turnedPicture(picture, by))[0] ?? 0);
const upright = { ...foundAt(1, 1, 1), certainty: 1, atSight: 0.84 };
const onItsHead = { ...upright, certainty: 0.9, atSight: 0.4 };
const lying = (roll: number) => ({ ...upright, turned: { ...upright.turned, roll } });
const onlyUpright = (off: number) => (off === 0 ? upright : null);
const asTheModel = (off: number) => [upright, lying(90), onItsHead, lying(-90)][off] ?? null;
/** As it takes one face in eight: nearly as sure of it on its head. */
const asTheModelAtWorst = (off: number) => (off === 2 ? { ...onItsHead, atSight: 0.82 } : asTheModel(off));
/** Of a picture on its side it finds something else, askew. */
const askew = (off: number) => (off === 0 ? upright : { ...lying(48), certainty: 0.9, atSight: 0.5 });
const rollOf = (faces: readonly FoundFace[]) => faces[0]?.turned.roll ?? null;

describe('a film is looked at', () => {
  it('once a picture where its camera stands right, and once more now and then', async () => {
    const { find, looks } = finder(() => 0, asTheModel);
    const film = new AnyWayUp(find);
    for (let at = 0; at < 48; at++) expect(rollOf((await film.next(picture)).faces)).toBe(0);
    expect(looks()).toBe(50);
  });

  it('twice a picture where nobody is there, and every way up in three', async () => {
    const { find, looks, shown } = finder(
      () => null,
      () => null,
    );
    const film = new AnyWayUp(find);
    for (let at = 0; at < 6; at++) expect(await film.next(picture)).toEqual({ faces: [], upright: null });
    expect(looks()).toBe(12);
    expect(new Set(shown.slice(0, 6))).toEqual(new Set(quarters));
    // Where nobody comes, three times in two pictures, and every way up in six.
    for (let at = 0; at < 6; at++) await film.next(picture);
    expect([looks(), shown.slice(12).filter((by) => by === 0).length]).toEqual([21, 6]);
    expect(new Set(shown.slice(12))).toEqual(new Set(quarters));
  });

  it.each([
    [1, -90],
    [2, -180],
    [3, 90],
  ])('and found turned by %i quarters, by the third picture and by one look each from then on', async (wrong, roll) => {
    for (const seenAs of [onlyUpright, asTheModel, asTheModelAtWorst, askew]) {
      const { find, looks } = finder(() => wrong, seenAs);
      const film = new AnyWayUp(find);
      for (let at = 0; at < 3; at++) await film.next(picture);
      const before = looks();
      for (let at = 0; at < 12; at++) {
        const { faces, upright: seen } = await film.next(picture);
        expect(Math.cos(((rollOf(faces) ?? 0) * Math.PI) / 180)).toBeCloseTo(Math.cos((roll * Math.PI) / 180), 9);
        expect(Math.sin(((rollOf(faces) ?? 0) * Math.PI) / 180)).toBeCloseTo(Math.sin((roll * Math.PI) / 180), 9);
        // What is measured is measured of the face upright.
        expect(seen?.face.turned.roll).toBe(0);
      }
      expect(looks() - before).toBeLessThanOrEqual(13);
    }
  });

  it('again as it comes once somebody has turned the camera', async () => {
    let wrong = 2;
    const { find } = finder(() => wrong, onlyUpright);
    const film = new AnyWayUp(find);
    for (let at = 0; at < 5; at++) await film.next(picture);
    wrong = 0;
    expect(rollOf((await film.next(picture)).faces)).toBe(0);
    wrong = 1;
    await film.next(picture);
    await film.next(picture);
    await film.next(picture);
    expect(rollOf((await film.next(picture)).faces)).toBe(-90);
  });

  it('and what is only like a face is none in a turned picture', async () => {
    const { find } = finder(
      () => 0,
      (off) => (off === 0 ? null : { ...onItsHead, atSight: 0.6 }),
    );
    const film = new AnyWayUp(find);
    for (let at = 0; at < 8; at++) expect((await film.next(picture)).faces).toEqual([]);
  });
});

describe('a picture that stands still', () => {
  it.each([
    [0, null],
    [1, 'on-its-side'],
    [2, 'upside-down'],
    [3, 'on-its-side'],
  ] as const)('%i quarters wrong is aligned, and told', async (wrong, told) => {
    for (const seenAs of [onlyUpright, asTheModel, asTheModelAtWorst, askew]) {
      const { faces } = await lookEveryWayUp(finder(() => wrong, seenAs).find, picture);
      const face = stillFaceOf(faces);
      expect([face.told, face.quarters]).toEqual([told, wrong]);
      // Laid by its eyes it is turned by as much.
      const turn = face.eyes === null ? null : (layByEyes(face.eyes)?.turn ?? null);
      expect(Math.cos((turn ?? Number.NaN) - (wrong * Math.PI) / 2)).toBeCloseTo(1, 9);
    }
  });

  it('without a face, with two, and with the small second one that some states print', () => {
    const face = foundAt(200, 200, 80);
    expect(stillFaceOf([])).toEqual({ eyes: null, quarters: 0, told: 'no-face' });
    expect(stillFaceOf([face, foundAt(500, 200, 70)]).told).toBe('two-faces');
    expect(stillFaceOf([face, foundAt(500, 400, 20)]).told).toBeNull();
  });
});
