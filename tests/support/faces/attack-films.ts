import type { FoundFace } from '../../../renderer/face-model/face-finder.ts';
import type { FilmMoment } from '../../../renderer/film-signs/film-moment.ts';
import type { FilmedPicture } from '../../../renderer/film-signs/film-watch.ts';
import type { GreyImage } from '../../../renderer/mrz-camera/grey-image.ts';
import { blurred, facePicture, foundAt } from './drawn-face.ts';
import type { DrawnPerson } from './drawn-person.ts';
import { type MaskCut, paperMask } from './paper-mask.ts';

/*
 * Films of drawn people before a camera: honest ones, and attacks. Everything is computed, picture by picture, the same each time; a
 * sensor's noise is part of it. What they are is known, which no film of a real room says of itself; what they lack is a real camera.
 */

export interface DrawnFilm {
  readonly name: string;
  readonly kind: 'honest' | 'presentation' | 'injection';
  /** The name by which the camera goes. */
  readonly camera: string;
  readonly pictures: readonly DrawnPicture[];
}

export interface DrawnPicture {
  readonly image: GreyImage;
  readonly face: FoundFace;
  readonly moment: FilmMoment;
}

export const filmSize = { width: 480, height: 360 } as const;
const count = 56;
/** Milliseconds between two pictures that are looked at. */
const pace = 100;

/** The same numbers each time, evenly from 0 to 1 (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Somebody who is drawn by numbers alone. */
export function numberedPerson(): DrawnPerson {
  const [width, height] = [240, 300];
  const found = foundAt(120, 130, 52);
  const bare = facePicture(width, height, found, { skin: 165, wall: 205, features: 60 });
  const mask = new Uint8Array(width * height);
  const next = numbersFrom(5);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const face = ((x - 120) / 60) ** 2 + ((y - 148) / 72) ** 2 < 1;
      const hair = ((x - 120) / 72) ** 2 + ((y - 128) / 86) ** 2 < 1 && y < 190;
      const body = y > 215 && Math.abs(x - 120) < 34 + (y - 215) * 1.3;
      if (hair && (!face || y < 100)) bare.luma[at] = 58 + Math.round(14 * Math.sin(x * 0.9 + y * 0.13));
      if (body && !face) bare.luma[at] = 96 + Math.round(10 * next());
      // Light falls from one side.
      if (face && y >= 100) bare.luma[at] = Math.max(0, (bare.luma[at] ?? 0) - Math.round((x - 120) / 4));
      mask[at] = face || hair || body ? 1 : 0;
    }
  return { picture: blurred(bare, 1), mask, eyes: found.eyes };
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly turn?: number;
}

function room(seed: number): GreyImage {
  const { width, height } = filmSize;
  const luma = new Uint8Array(width * height);
  const next = numbersFrom(seed);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) luma[y * width + x] = 120 + Math.round((30 * x) / width + (20 * y) / height);
  // Shelves, books, a door: things with edges, upright and level as rooms have them.
  for (let thing = 0; thing < 46; thing++) {
    const [left, top] = [Math.floor(next() * width), Math.floor(next() * height)];
    const [wide, high, shade] = [8 + next() * 40, 10 + next() * 60, 50 + next() * 150];
    for (let y = top; y < Math.min(height, top + high); y++)
      for (let x = left; x < Math.min(width, left + wide); x++) luma[y * width + x] = Math.round(shade);
  }
  return blurred({ width, height, luma }, 1);
}

type Shade = (value: number, x: number, y: number) => number;

// Lays a person into a picture, cut out or with the wall of the portrait around them.
function lay(
  image: GreyImage,
  person: DrawnPerson,
  place: Place,
  whole: boolean,
  shade: Shade = (value) => value,
): void {
  const { picture, mask } = person;
  const [cosine, sine] = [Math.cos(place.turn ?? 0), Math.sin(place.turn ?? 0)];
  const reach = place.scale * Math.hypot(picture.width, picture.height);
  const [middleX, middleY] = [
    place.x + (place.scale * picture.width) / 2,
    place.y + (place.scale * picture.height) / 2,
  ];
  for (let y = Math.max(0, Math.floor(middleY - reach)); y < Math.min(image.height, middleY + reach); y++)
    for (let x = Math.max(0, Math.floor(middleX - reach)); x < Math.min(image.width, middleX + reach); x++) {
      const [aside, down] = [(x - middleX) / place.scale, (y - middleY) / place.scale];
      const [u, v] = [
        aside * cosine + down * sine + picture.width / 2,
        down * cosine - aside * sine + picture.height / 2,
      ];
      const [left, top] = [Math.floor(u), Math.floor(v)];
      if (left < 0 || top < 0 || left >= picture.width - 1 || top >= picture.height - 1) continue;
      if (!whole && mask[top * picture.width + left] !== 1) continue;
      const at = (row: number, column: number) => picture.luma[(top + row) * picture.width + left + column] ?? 0;
      const [right, low] = [u - left, v - top];
      const value =
        (at(0, 0) * (1 - right) + at(0, 1) * right) * (1 - low) + (at(1, 0) * (1 - right) + at(1, 1) * right) * low;
      image.luma[y * image.width + x] = clamped(shade(value, x, y));
    }
}

function paper(image: GreyImage, { picture }: DrawnPerson, place: Place, border: number, shade: number): void {
  const card: DrawnPerson = {
    picture: {
      width: picture.width + 2 * border,
      height: picture.height + 2 * border,
      luma: new Uint8Array((picture.width + 2 * border) * (picture.height + 2 * border)).fill(shade),
    },
    mask: new Uint8Array(0),
    eyes: { right: { x: 0, y: 0 }, left: { x: 0, y: 0 } },
  };
  lay(image, card, { ...place, x: place.x - border * place.scale, y: place.y - border * place.scale }, true);
}

const clamped = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));

// The sum of three even ones is near enough to a bell; a picture begins somewhere in them.
const noise = (() => {
  const next = numbersFrom(29);
  return Float32Array.from({ length: 1 << 19 }, () => 2 * (next() + next() + next() - 1.5));
})();

function withNoise(image: GreyImage, strength: number, next: () => number): GreyImage {
  const from = Math.floor(next() * noise.length);
  const luma = image.luma.map((value, at) => clamped(value + strength * (noise[(from + at) % noise.length] ?? 0)));
  return { ...image, luma };
}

function faceAt(person: DrawnPerson, { x, y, scale, turn = 0 }: Place): FoundFace {
  const [wide, high] = [(scale * person.picture.width) / 2, (scale * person.picture.height) / 2];
  const placed = (eye: { x: number; y: number }) => {
    const [aside, down] = [eye.x * scale - wide, eye.y * scale - high];
    return {
      x: x + wide + aside * Math.cos(turn) - down * Math.sin(turn),
      y: y + high + down * Math.cos(turn) + aside * Math.sin(turn),
    };
  };
  const [right, left] = [placed(person.eyes.right), placed(person.eyes.left)];
  const distance = Math.hypot(left.x - right.x, left.y - right.y);
  return { ...foundAt((right.x + left.x) / 2, (right.y + left.y) / 2, distance), eyes: { right, left } };
}

interface Made {
  readonly place: (at: number) => Place;
  readonly draw: (image: GreyImage, place: Place, at: number) => void;
  readonly noise?: number;
  readonly camera?: string;
  readonly behind?: (at: number) => GreyImage;
  readonly light?: (value: number, y: number, at: number) => number;
  readonly moment?: (at: number, usual: FilmMoment) => FilmMoment;
  /** Which of the pictures made is shown at this place of the film. */
  readonly shown?: (at: number) => number;
}

function film(name: string, kind: DrawnFilm['kind'], person: DrawnPerson, made: Made, seed = 11): DrawnFilm {
  const next = numbersFrom(seed);
  const wall = room(3);
  const pictures = new Map<number, { image: GreyImage; face: FoundFace }>();
  const made1 = (at: number) => {
    const before = pictures.get(at);
    if (before !== undefined) return before;
    const place = made.place(at);
    const behind = made.behind?.(at) ?? wall;
    const image = { ...behind, luma: Uint8Array.from(behind.luma) };
    made.draw(image, place, at);
    const { light } = made;
    if (light !== undefined)
      for (let point = 0; point < image.luma.length; point++)
        image.luma[point] = clamped(light(image.luma[point] ?? 0, Math.floor(point / image.width), at));
    const noisy = (made.noise ?? 1.5) === 0 ? image : withNoise(image, made.noise ?? 1.5, next);
    const taken = { image: noisy, face: faceAt(person, place) };
    pictures.set(at, taken);
    return taken;
  };
  let clock = 1_000;
  return {
    name,
    kind,
    camera: made.camera ?? 'HD Webcam (046d:0825)',
    pictures: Array.from({ length: count }, (_, at) => {
      clock += pace + (next() - 0.5) * 4;
      const usual = { at: clock, now: null, shown: 3 * at, stated: { ...filmSize, frameRate: 30 }, ...filmSize };
      return { ...made1(made.shown?.(at) ?? at), moment: made.moment?.(at, usual) ?? usual };
    }),
  };
}

/** Every film, honest ones first: of one drawn person. */
export function drawnFilms(person: DrawnPerson): readonly DrawnFilm[] {
  const scale = 250 / person.picture.height;
  const [restX, restY] = [(filmSize.width - scale * person.picture.width) / 2, filmSize.height - 250];
  // Whoever stands sways.
  const swaying = (at: number): Place => ({
    x: restX + 16 * Math.sin(at / 5),
    y: restY + 3 * Math.sin(at / 7),
    scale: scale * (1 + 0.015 * Math.sin(at / 9)),
  });
  // A hand holds a photo less still than a neck its head.
  const held = (at: number): Place => ({
    x: restX + 20 * Math.sin(at / 4),
    y: restY - 40 + 8 * Math.sin(at / 5),
    scale: 0.85 * scale,
    turn: 0.03 * Math.sin(at / 6),
  });
  const still = (): Place => ({ x: restX, y: restY - 40, scale: 0.85 * scale });
  const living = (image: GreyImage, place: Place) => lay(image, person, place, false);
  const onPaper = (image: GreyImage, place: Place) => {
    paper(image, person, place, 10, 235);
    lay(image, person, place, true);
  };
  // Worn, it moves as the head does, before a room that stands still.
  const masked = (cut: MaskCut) => (image: GreyImage, place: Place, at: number) => {
    living(image, place);
    lay(image, paperMask(person, cut, at), place, false);
  };
  const onScreen = (image: GreyImage, place: Place, at: number) => {
    paper(image, person, place, 14, 22);
    lay(image, person, place, true, (value, x, y) => {
      // What is left of a screen's points between those of a camera, and its refresh, which runs down the picture.
      const points = 1 + 0.09 * Math.sin(1.9 * x + 0.35 * y) + 0.06 * Math.sin(0.4 * x + 1.7 * y);
      return value * points + 9 * Math.sin(y / 18 + at * 1.3);
    });
  };
  const honest = (name: string, more: Partial<Made> = {}) =>
    film(name, 'honest', person, { place: swaying, draw: living, ...more });
  const held1 = (name: string, draw: Made['draw'], more: Partial<Made> = {}) =>
    film(name, 'presentation', person, { place: held, draw, ...more });
  const injected = (name: string, more: Partial<Made>) =>
    film(name, 'injection', person, { place: swaying, draw: living, ...more });
  const shelves = room(3);
  const shaken = (at: number) => moved(shelves, 6 * Math.sin(at / 3), 4 * Math.sin(at / 4));
  return [
    honest('a person who sways'),
    honest('a person in the dark, with much noise', { noise: 5, light: (value) => value * 0.45 }),
    honest('a person under a lamp that flickers', { light: (value, y, at) => value + 7 * Math.sin(y / 25 + at * 1.1) }),
    honest('a person before a camera that shakes', {
      behind: shaken,
      place: (at) => ({ ...swaying(at), x: restX + 6 * Math.sin(at / 3), y: restY + 4 * Math.sin(at / 4) }),
    }),
    honest('a person before a window', { behind: () => windowed(shelves) }),
    honest('a person who stands still', { place: () => ({ x: restX, y: restY, scale }) }),
    honest('a camera that gives each picture twice', { shown: (at) => at - (at % 2) }),
    held1('a printed photo, held', onPaper),
    held1('a printed photo, held, cut out along the head', living, { place: held }),
    held1('a printed photo on a stand', onPaper, { place: still }),
    held1('a printed photo that fills the picture', (image, place) => lay(image, person, place, true), {
      place: (at) => ({ ...held(at), scale: 3.4 * scale, x: held(at).x - 240, y: held(at).y - 290 }),
    }),
    held1('a photo behind glass under a lamp', (image, place) => {
      onPaper(image, place);
      for (let y = 0; y < image.height; y++)
        for (let x = 0; x < image.width; x++) {
          const across = (x - place.x) / place.scale - 0.5 * ((y - place.y) / place.scale) - 60;
          const inside = y > place.y && y < place.y + 250 * 0.85 && x > place.x;
          if (inside && Math.abs(across) < 9) image.luma[y * image.width + x] = 255;
        }
    }),
    held1('a telephone that shows a film', onScreen),
    held1('a screen on a stand', onScreen, { place: still }),
    ...(['along the face', 'as a sheet'] as const).map((cut) =>
      held1(`a paper mask with holes for the eyes, worn, cut ${cut}`, masked(cut), { place: swaying }),
    ),
    injected('a frozen picture', { shown: (at) => Math.min(at, 20) }),
    injected('two seconds of film, over and over', { shown: (at) => at % 20 }),
    injected('a film without noise', { noise: 0 }),
    injected('a film on the stroke', { moment: (at, usual) => ({ ...usual, at: 1_000 + pace * at }) }),
    injected('pictures out of order', {
      moment: (at, usual) => ({ ...usual, at: at % 9 === 8 ? usual.at - 3 * pace : usual.at }),
    }),
    injected('pictures from times to come', { moment: (_, usual) => ({ ...usual, now: usual.at - 5_000 }) }),
    injected('pictures of another size in between', {
      moment: (at, usual) => (at % 30 > 20 ? { ...usual, width: 1_280, height: 720 } : usual),
    }),
    injected('a virtual camera that says what it is', { camera: 'OBS Virtual Camera' }),
    injected('a camera that gives more pictures than it says', {
      moment: (_, usual) => ({ ...usual, stated: { ...filmSize, frameRate: 5 } }),
    }),
    injected('a film with noise and an uneven clock', {}),
  ];
}

function moved(image: GreyImage, aside: number, down: number): GreyImage {
  const { width, height } = image;
  const luma = new Uint8Array(image.luma.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const column = Math.min(width - 1, Math.max(0, Math.round(x - aside)));
      const row = Math.min(height - 1, Math.max(0, Math.round(y - down)));
      luma[y * width + x] = image.luma[row * width + column] ?? 0;
    }
  return { width, height, luma };
}

// A light window with a dark frame stands around the head, as far from it as a photo's edge would.
function windowed(image: GreyImage): GreyImage {
  const luma = Uint8Array.from(image.luma);
  for (let y = 20; y < 330; y++)
    for (let x = 130; x < 350; x++) luma[y * image.width + x] = x < 140 || x > 340 || y < 30 || y > 320 ? 40 : 215;
  return { ...image, luma };
}

/** A picture as the worker has it: in colour, which drawn ones have none of. */
export function filmedPicture({ image, face, moment }: DrawnPicture): FilmedPicture {
  const { width, height, luma } = image;
  const data = new Uint8ClampedArray(4 * luma.length);
  for (let at = 0; at < luma.length; at++) data.fill(luma[at] ?? 0, 4 * at, 4 * at + 3);
  return { pixels: { width, height, data }, face, moment };
}
