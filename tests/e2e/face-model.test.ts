import { afterAll, beforeAll, expect, test } from 'vitest';
import { movements } from '../../main/result/film-challenges.ts';
import { stillFaceOf } from '../../renderer/face/use-still-face.ts';
import { MovementMeasure } from '../../renderer/face-challenge/movement.ts';
import type { FoundFace } from '../../renderer/face-model/face-finder.ts';
import { framingOf, isLying, SteadyCode } from '../../renderer/face-model/framing.ts';
import { drawnNames, drawnPortrait, type ModelPage, openModelPage, type Scene } from '../support/faces/model-page.ts';

/*
 * The model as it is built into the product, in its worker and under the product's policy. Drawn portraits have eyes whose places are
 * known to the point; nobody's photograph is part of the tests.
 */

let page: ModelPage;
beforeAll(async () => {
  page = await openModelPage();
}, 120_000);
afterAll(() => page.close());

/** Where `tools/portraits/svg.ts` draws the pupils, in a portrait of 413 by 531. */
const drawnEyes = { right: { x: 165, y: 238.5 }, left: { x: 248, y: 238.5 } };
const [portraitWidth, portraitHeight] = [413, 531];
const drawn = (name: string): Scene => ({
  width: portraitWidth,
  height: portraitHeight,
  laid: [{ file: drawnPortrait(name), x: 0, y: 0, height: portraitHeight }],
});
const camera = { width: 1280, height: 720 };
const before = (file: string, turn = 0): Scene => ({ ...camera, laid: [{ file, x: 400, y: 60, height: 640, turn }] });
const seen = async (scene: Scene) => {
  const { look } = await page.look(scene);
  if (look === null) throw new Error('the model failed');
  return { faces: look.faces, codes: framingOf({ ...look, width: scene.width, height: scene.height }).codes };
};

test('nothing is asked for but scripts of our own origin', async () => {
  await seen(drawn('asa'));
  const strange = page.asked.filter(
    (address) => !/^https:\/\/app\.styrk\.invalid\/(index\.html|assets\/[\w-]+\.js)$/.test(address),
  );
  expect(strange).toEqual([]);
  // What describes a face is loaded by nobody who only looks for one.
  expect(page.asked.some((address) => address.includes('faceres'))).toBe(false);
});

test.each(drawnNames)('the eyes of %s are found where they were drawn', async (name) => {
  const { faces: found } = await seen(drawn(name));
  expect(found).toHaveLength(1);
  const distance = drawnEyes.left.x - drawnEyes.right.x;
  for (const eye of ['right', 'left'] as const) {
    const { x, y } = found[0]?.eyes[eye] ?? { x: 0, y: 0 };
    const error = Math.hypot(x - drawnEyes[eye].x, y - drawnEyes[eye].y) / distance;
    expect(error, `${eye} eye, in parts of their distance`).toBeLessThan(0.06);
  }
});

test.each(['samira', 'anders', 'elias'])(
  '%s turns the head to either side, comes closer, and is told so',
  async (name) => {
    const file = drawnPortrait(name);
    /** What a kiosk's measure makes of looks at somebody who does this: degrees to their own left, and how near they are. */
    const came = async (moves: readonly { readonly head?: number; readonly height?: number }[]) => {
      const faces: FoundFace[] = [];
      for (const { head = 0, height = 440 } of moves) {
        const laid = [{ file, x: 640 - 0.39 * height, y: 360 - height / 2, height, head }];
        faces.push(...(await seen({ ...camera, laid })).faces.slice(0, 1));
      }
      return movements.filter((movement) => {
        const measure = new MovementMeasure(movement);
        for (const face of faces) measure.next(face);
        return (measure.score ?? 0) >= 500;
      });
    };
    const out = { head: 0 };
    expect(await came([out, out, out, { head: 25 }, { head: 35 }, { head: 35 }, { head: 15 }, out])).toEqual([
      'turn-left',
    ]);
    expect(await came([out, out, out, { head: -25 }, { head: -35 }, { head: -35 }, out, out])).toEqual(['turn-right']);
    expect(await came([out, out, out, { height: 520 }, { height: 560 }, { height: 560 }, out, out])).toEqual([
      'closer',
    ]);
    expect(await came([out, out, out, { head: 6 }, out, { head: -6 }, { height: 450 }, out])).toEqual([]);
  },
);

test('how a face is lit is measured where the face is, and at the margins where the wall is', async () => {
  const { look } = await page.look({ ...before(drawnPortrait('samira')), wall: '#2040a0' });
  const { face, margins } = look?.light ?? { face: [0, 0, 0], margins: [0, 0, 0] };
  // Skin is redder than green and greener than blue; the wall is what it was painted.
  expect(face[0]).toBeGreaterThan(face[1]);
  expect(face[1]).toBeGreaterThan(face[2]);
  [0x20, 0x40, 0xa0].forEach((painted, at) => {
    expect(Math.abs((margins[at] ?? 0) - painted)).toBeLessThan(4);
  });
});

test('a face before the camera is found, also in grey, dark, out of focus and tilted', async () => {
  const plain = await seen(before(drawnPortrait('samira')));
  expect(plain.faces).toHaveLength(1);
  expect(plain.codes).not.toContain('blurred');
  expect((await seen({ ...before(drawnPortrait('samira')), filter: 'grayscale(1)' })).faces).toHaveLength(1);
  expect((await seen({ ...before(drawnPortrait('samira')), filter: 'brightness(0.25)' })).codes).toContain('too-dark');
  expect((await seen({ ...before(drawnPortrait('samira')), filter: 'blur(4px)' })).codes).toContain('blurred');
  const tilted = await seen(before(drawnPortrait('samira'), 25));
  expect(Math.round((tilted.faces[0]?.turned.roll ?? 0) / 10)).toBe(3);
  expect(tilted.codes).toContain('tilted');
});

/** A picture with a portrait in its middle, turned clockwise by degrees. */
const turnedPortrait = (name: string, turn: number): Scene => ({
  ...camera,
  laid: [{ file: drawnPortrait(name), x: 640 - (portraitWidth / portraitHeight) * 280, y: 80, height: 560, turn }],
});
/** The same as a chip's portrait that was turned: as large as it was. */
const turnedStill = (name: string, turn: number): Scene => ({
  width: portraitHeight,
  height: portraitHeight,
  laid: [{ file: drawnPortrait(name), x: (portraitHeight - portraitWidth) / 2, y: 0, height: portraitHeight, turn }],
});
const lies = { 0: null, 90: 'on-its-side', 180: 'upside-down', 270: 'on-its-side' } as const;

test.each(drawnNames)('%s before a camera that is mounted on its side or its head: told, and aligned', async (name) => {
  for (const turn of [0, 90, 180, 270] as const) {
    const scene = turnedPortrait(name, turn);
    // By the third picture it is found, and three have to agree before it is told.
    const steady = new SteadyCode();
    for (let at = 0; at < 6; at++) {
      const { look } = await page.film(scene, at === 0);
      if (look === null) throw new Error('the model failed');
      steady.next(framingOf({ ...look, width: scene.width, height: scene.height }).codes[0] ?? null);
    }
    const told = steady.next(null);
    expect(isLying(told) ? told : null, `told of a camera turned by ${turn}`).toBe(lies[turn]);
    const { faces } = await seen(turnedStill(name, turn));
    const face = stillFaceOf(faces);
    expect(face.told, `told of a portrait turned by ${turn}`).toBe(lies[turn]);
    // Where the drawn pupils come to lie, turned around the middle of the picture.
    const [cosine, sine] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
    const [middle, distance] = [portraitHeight / 2, drawnEyes.left.x - drawnEyes.right.x];
    for (const eye of ['right', 'left'] as const) {
      const [aside, down] = [drawnEyes[eye].x - portraitWidth / 2, drawnEyes[eye].y - middle];
      const place = { x: middle + aside * cosine - down * sine, y: middle + down * cosine + aside * sine };
      const { x, y } = face.eyes?.[eye] ?? { x: 0, y: 0 };
      const error = Math.hypot(x - place.x, y - place.y) / distance;
      expect(error, `${eye} eye, turned by ${turn}`).toBeLessThan(0.06);
    }
  }
});

test('a portrait without a face, and one of two, are told', async () => {
  expect(stillFaceOf((await seen({ ...camera, laid: [] })).faces).told).toBe('no-face');
  const two = ['asa', 'goran'].map((name, at) => ({
    file: drawnPortrait(name),
    x: 413 * at,
    y: 0,
    height: portraitHeight,
  }));
  expect(stillFaceOf((await seen({ width: 826, height: 531, laid: two })).faces).told).toBe('two-faces');
  expect(stillFaceOf((await seen({ ...drawn('asa'), filter: 'grayscale(1)' })).faces).told).toBeNull();
});

test('glasses are seen where they were drawn, and nowhere else', async () => {
  const withGlasses: string[] = [];
  for (const name of drawnNames) if ((await seen(drawn(name))).codes.includes('glasses')) withGlasses.push(name);
  expect(withGlasses).toEqual(['jurgen', 'linnea']);
});

test('two people are two, and a picture on the wall is none of them', async () => {
  const two = await seen({
    ...camera,
    laid: [
      { file: drawnPortrait('asa'), x: 100, y: 80, height: 600 },
      { file: drawnPortrait('goran'), x: 700, y: 80, height: 600 },
    ],
  });
  expect(two.codes).toContain('two-faces');
  const poster = await seen({
    ...camera,
    laid: [
      { file: drawnPortrait('asa'), x: 100, y: 40, height: 660 },
      { file: drawnPortrait('goran'), x: 900, y: 60, height: 200 },
    ],
  });
  expect(poster.codes).not.toContain('two-faces');
  expect(poster.faces[0]?.eyes.left.x).toBeLessThan(640);
});

test.each<[string, Scene]>([
  ['a wall', { ...camera, laid: [] }],
  ['a black picture', { ...camera, wall: '#000', laid: [] }],
  ['a picture of one point', { width: 1, height: 1, laid: [] }],
  ['a strip', { width: 4_000, height: 2, laid: [] }],
])('there is no face in %s', async (_, scene) => {
  expect((await seen(scene)).codes).toEqual(['no-face']);
});

test('a signature is no face', async () => {
  const signature = drawnPortrait('signature');
  expect((await seen({ ...camera, laid: [{ file: signature, x: 100, y: 200, height: 300 }] })).codes).toEqual([
    'no-face',
  ]);
});

test('a picture of 8K is looked at as any other', async () => {
  const { faces: found } = await seen({
    width: 7_680,
    height: 4_320,
    laid: [{ file: drawnPortrait('samira'), x: 2_400, y: 360, height: 3_840 }],
  });
  expect(found).toHaveLength(1);
});
