import type { FoundFace } from './face-finder.ts';
import type { FrameMeasures } from './frame-measures.ts';
import { type Quarters, quartersTo } from './turned-picture.ts';

/** What hinders that a face is seen well, in the order in which it is put right; each is a sentence of the catalogues. */
export const framingCodes = [
  'no-face',
  'two-faces',
  'upside-down',
  'on-its-side',
  'too-far',
  'too-close',
  'off-centre',
  'tilted',
  'turned',
  'too-dark',
  'too-bright',
  'back-light',
  'uneven-light',
  'blurred',
  'glasses',
] as const;

export type FramingCode = (typeof framingCodes)[number];

/** How a picture lies whose face does not stand upright in it: whoever is on it can put nothing right. */
export type Lying = Extract<FramingCode, 'upside-down' | 'on-its-side'>;

/** How a picture lies whose face has to be turned by so many quarters; null where it stands. */
export function lyingOf(quarters: Quarters): Lying | null {
  if (quarters === 0) return null;
  return quarters === 2 ? 'upside-down' : 'on-its-side';
}

/** Whether the code says how the camera is mounted, and nothing of who stands before it. */
export function isLying(code: FramingCode | null): code is Lying {
  return code === 'upside-down' || code === 'on-its-side';
}

export interface Framing {
  /** Everything that hinders, what is to be put right first before the rest; empty where the picture serves. */
  readonly codes: readonly FramingCode[];
  /** How well the face can be compared in this picture, 0 to 1: to choose the best of several, and for nothing else. */
  readonly quality: number;
}

interface Seen {
  readonly width: number;
  readonly height: number;
  readonly faces: readonly FoundFace[];
  readonly measures: FrameMeasures | null;
}

/** Where a measure stops being good and where it is of no use: between them quality falls. */
const bounds = {
  /** Pixels between the eyes, and of the picture's shorter side: a face that is smaller has no marks that anybody could compare. */
  eyes: { least: 45, good: 90 },
  /** Of the picture's height: a larger box loses chin or hair. */
  box: { good: 0.8, most: 0.98 },
  /** Degrees. Portraits may be turned by 5 (ISO/IEC 19794-5 §7.2); a living person before a kiosk is given more. */
  turned: { good: 8, most: 22 },
  tilted: { good: 6, most: 15 },
  light: { dark: 55, good: 90, bright: 215 },
  white: { good: 0.02, most: 0.15 },
  sides: { good: 0.2, most: 0.5 },
  behind: { most: 80, darkFace: 110 },
  sharpness: { least: 0.14, good: 0.3 },
  /** Of drawn faces without glasses it is 0.7 at most, with them 2.7 at least. */
  bridge: 1.5,
} as const;
/** A second face of this part of the first's height stands beside it; a smaller one hangs on the wall. */
const beside = 0.5;
const sureEnough = 0.5;

/** Whether a face other than the largest is somebody's, and not a picture behind them. */
export function isBeside(largest: FoundFace, other: FoundFace): boolean {
  return other.certainty >= sureEnough && other.box.height >= beside * largest.box.height;
}

/** Judges a picture of who stands before the camera. */
export function framingOf({ width, height, faces, measures }: Seen): Framing {
  const [face, ...others] = faces;
  if (face === undefined || measures === null) return { codes: ['no-face'], quality: 0 };
  const { eyes, box, turned } = face;
  const distance = Math.hypot(eyes.left.x - eyes.right.x, eyes.left.y - eyes.right.y);
  const middle = { x: (eyes.left.x + eyes.right.x) / 2, y: (eyes.left.y + eyes.right.y) / 2 };
  const roll = Math.abs(turned.roll);
  const lying = lyingOf(quartersTo(turned.roll));
  const side = Math.max(Math.abs(turned.yaw), Math.abs(turned.pitch));
  const { light, clipped, behind, sides, sharpness, bridge } = measures;
  const found: Readonly<Record<FramingCode, boolean>> = {
    'no-face': false,
    'two-faces': others.some((other) => isBeside(face, other)),
    'upside-down': lying === 'upside-down',
    'on-its-side': lying === 'on-its-side',
    'too-far': distance < bounds.eyes.least,
    'too-close': box.height > bounds.box.most * height,
    'off-centre':
      middle.x < 0.2 * width || middle.x > 0.8 * width || middle.y < 0.12 * height || middle.y > 0.8 * height,
    tilted: roll > bounds.tilted.most && lying === null,
    turned: side > bounds.turned.most,
    'too-dark': light < bounds.light.dark && behind <= bounds.behind.most,
    'too-bright': light > bounds.light.bright || clipped > bounds.white.most,
    'back-light': behind > bounds.behind.most && light < bounds.behind.darkFace,
    'uneven-light': sides > bounds.sides.most,
    blurred: sharpness < bounds.sharpness.least,
    glasses: bridge > bounds.bridge,
  };
  const parts = [
    rising(distance, bounds.eyes.least / 2, bounds.eyes.good),
    1 - rising(box.height / height, bounds.box.good, 1.2),
    1 - rising(side, bounds.turned.good, 2 * bounds.turned.most),
    1 - rising(roll, bounds.tilted.good, 3 * bounds.tilted.most),
    rising(light, 15, bounds.light.good),
    1 - rising(light, bounds.light.bright - 25, 255),
    1 - rising(clipped, bounds.white.good, 2 * bounds.white.most),
    1 - rising(sides, bounds.sides.good, 2 * bounds.sides.most),
    rising(sharpness, bounds.sharpness.least / 2, bounds.sharpness.good),
    face.certainty,
  ];
  return { codes: framingCodes.filter((code) => found[code]), quality: parts.reduce((all, part) => all * part, 1) };
}

// 0 up to `from`, 1 from `to` on, straight between.
function rising(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

/** Pictures that say the same before anybody is told otherwise: who stands at the edge of two sentences hears one. */
const agreeing = 3;

/** The code that is told, of what picture after picture says: it changes once some have agreed. */
export class SteadyCode {
  #told: FramingCode | null = null;
  #isTold = false;
  #next: FramingCode | null = null;
  #times = 0;

  next(code: FramingCode | null): FramingCode | null {
    this.#times = code === this.#next ? this.#times + 1 : 1;
    this.#next = code;
    if (this.#times >= agreeing) {
      this.#told = code;
      this.#isTold = true;
    }
    return this.#told;
  }

  /** Whether some have agreed at all: before that `null` says nothing. */
  get isTold(): boolean {
    return this.#isTold;
  }
}
