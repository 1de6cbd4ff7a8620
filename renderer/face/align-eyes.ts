import type { Eyes, Point } from '../face-model/face-finder.ts';

/**
 * How a picture is laid into a frame: each of its points is turned, made larger and moved, and nothing else (a similarity transform:
 * distances keep their proportions, so what is compared is not bent). Frames are 1 wide; see `frameHeight`.
 */
export interface Laying {
  /** Parts of the frame's width for one pixel. */
  readonly scale: number;
  /** Radians, clockwise. */
  readonly turn: number;
  /** Where the picture's upper left corner comes to lie. */
  readonly x: number;
  readonly y: number;
}

/** What a person changes of it by hand. */
export interface HandFraming {
  /** 1 as it was laid. */
  readonly size: number;
  /** Per cent of the frame's height, downward positive; and of its width, to the right. */
  readonly height: number;
  readonly shift: number;
}

export const asLaid: HandFraming = { size: 1, height: 0, shift: 0 };

/** A frame is 7 wide and 9 high, as a portrait of 35 mm by 45 mm (9303-3 §3.9). */
export const frameHeight = 9 / 7;

/** Where the eyes lie in every frame: as far apart as in a portrait whose head fills it, a little above the middle. */
export const eyesInFrame: Eyes = {
  right: { x: 0.37, y: 0.45 * frameHeight },
  left: { x: 0.63, y: 0.45 * frameHeight },
};

/** Lays a face so that both its eyes come where all eyes do; null where they lie in one point and say nothing. */
export function layByEyes(eyes: Eyes, target: Eyes = eyesInFrame): Laying | null {
  const from = between(eyes);
  const to = between(target);
  const distance = Math.hypot(from.x, from.y);
  if (!(distance >= 1) || !Number.isFinite(distance)) return null;
  const scale = Math.hypot(to.x, to.y) / distance;
  const turn = Math.atan2(to.y, to.x) - Math.atan2(from.y, from.x);
  const { x, y } = turned(eyes.right, scale, turn);
  return { scale, turn, x: target.right.x - x, y: target.right.y - y };
}

/** Lays a whole picture upright so that it covers the frame, where nobody knows its eyes. */
export function layToCover({ width, height }: { readonly width: number; readonly height: number }): Laying {
  const scale = Math.max(1 / Math.max(1, width), frameHeight / Math.max(1, height));
  return { scale, turn: 0, x: (1 - width * scale) / 2, y: (frameHeight - height * scale) / 2 };
}

/** What a person changes, around the middle of the frame. */
export function byHand({ scale, turn, x, y }: Laying, { size, height, shift }: HandFraming): Laying {
  const around = (at: number, middle: number) => middle + (at - middle) * size;
  return {
    scale: scale * size,
    turn,
    x: around(x, 0.5) + shift / 100,
    y: around(y, frameHeight / 2) + (height / 100) * frameHeight,
  };
}

/** The next place of eyes that are followed: a part of the way to where they were seen, so that a still person's picture is still. */
export function followed(before: Eyes | null, seen: Eyes): Eyes {
  if (before === null) return seen;
  const { x, y } = between(seen);
  const distance = Math.hypot(x, y);
  const moved = Math.hypot(seen.right.x - before.right.x, seen.right.y - before.right.y);
  // Who moves is followed at once.
  const part = moved > 0.25 * distance ? 1 : 0.35;
  const toward = (from: Point, to: Point) => ({
    x: from.x + (to.x - from.x) * part,
    y: from.y + (to.y - from.y) * part,
  });
  return { right: toward(before.right, seen.right), left: toward(before.left, seen.left) };
}

function between({ right, left }: Eyes): Point {
  return { x: left.x - right.x, y: left.y - right.y };
}

function turned({ x, y }: Point, scale: number, turn: number): Point {
  const [along, across] = [scale * Math.cos(turn), scale * Math.sin(turn)];
  return { x: along * x - across * y, y: across * x + along * y };
}
