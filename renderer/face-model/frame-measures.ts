import type { GreyImage } from '../mrz-camera/grey-image.ts';
import type { FoundFace, Point } from './face-finder.ts';

/** What a picture says of how well its face can be seen. Brightness runs from 0 to 255. */
export interface FrameMeasures {
  /** Mean brightness of the face. */
  readonly light: number;
  /** Of the face's points, the part that is white and the part that is black: what is there shows nothing. */
  readonly clipped: number;
  readonly black: number;
  /** How much one side of the face is brighter than the other, as a part of the whole: 0 to 2. */
  readonly sides: number;
  /** How much brighter it is around the face than in it. */
  readonly behind: number;
  /** How steep edges are beside how much there is to see: blur makes it smaller, contrast does not. */
  readonly sharpness: number;
  /** How much of an edge lies across the bridge of the nose, where a pair of glasses has one. */
  readonly bridge: number;
}

/** The face is looked at in so many points across and down, whatever its size: what is smaller is not sharp. */
const across = 128;
/** A face of one shade has no edges; what a camera's noise adds is none. */
const leastSpread = 4;

/** Measures a face in its picture. Every figure is finite, whatever the picture holds. */
export function measureFrame(image: GreyImage, face: FoundFace): FrameMeasures {
  const patch = facePatch(image, face);
  const { mean, spread, clipped, black } = spreadOf(patch);
  const half = (from: number) => meanOf(patch, from, from + across / 2);
  return {
    light: mean,
    clipped,
    black,
    sides: mean === 0 ? 0 : Math.abs(half(0) - half(across / 2)) / mean,
    behind: surroundings(image, face) - mean,
    sharpness: steepness(patch) / Math.max(leastSpread, spread),
    bridge: bridgeEdge(image, face) / Math.max(leastSpread, spread),
  };
}

/** The nearest point of a picture that a place names; 0 of an empty one. */
function at({ width, height, luma }: GreyImage, x: number, y: number): number {
  const column = Math.min(width - 1, Math.max(0, Math.round(x)));
  const row = Math.min(height - 1, Math.max(0, Math.round(y)));
  return luma[row * width + column] ?? 0;
}

// Eyes, nose and mouth: the inner part of the box, without hair and wall.
function facePatch(image: GreyImage, { box }: FoundFace): Uint8Array {
  const patch = new Uint8Array(across * across);
  const [left, top] = [box.x + 0.2 * box.width, box.y + 0.2 * box.height];
  const [wide, high] = [(0.6 * box.width) / across, (0.65 * box.height) / across];
  for (let row = 0; row < across; row++)
    for (let column = 0; column < across; column++)
      patch[row * across + column] = at(image, left + column * wide, top + row * high);
  return patch;
}

function spreadOf(patch: Uint8Array) {
  let [sum, squares, white, black] = [0, 0, 0, 0];
  for (const value of patch) {
    sum += value;
    squares += value * value;
    if (value >= 250) white += 1;
    if (value <= 5) black += 1;
  }
  const mean = sum / patch.length;
  return {
    mean,
    spread: Math.sqrt(Math.max(0, squares / patch.length - mean * mean)),
    clipped: white / patch.length,
    black: black / patch.length,
  };
}

function meanOf(patch: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let row = 0; row < across; row++)
    for (let column = from; column < to; column++) sum += patch[row * across + column] ?? 0;
  return sum / (across * (to - from));
}

// The root of the mean square of second differences: what blur takes first.
function steepness(patch: Uint8Array): number {
  let squares = 0;
  for (let row = 1; row < across - 1; row++)
    for (let column = 1; column < across - 1; column++) {
      const here = row * across + column;
      const around =
        (patch[here - 1] ?? 0) + (patch[here + 1] ?? 0) + (patch[here - across] ?? 0) + (patch[here + across] ?? 0);
      squares += (around - 4 * (patch[here] ?? 0)) ** 2;
    }
  return Math.sqrt(squares / (across - 2) ** 2);
}

function surroundings(image: GreyImage, { box }: FoundFace): number {
  const inner = { left: box.x - 0.3 * box.width, right: box.x + 1.3 * box.width, top: box.y - 0.5 * box.height };
  let [sum, count] = [0, 0];
  const step = Math.max(1, Math.floor(Math.max(image.width, image.height) / 64));
  for (let y = 0; y < image.height; y += step)
    for (let x = 0; x < image.width; x += step) {
      // Below the face is the body, whatever the light.
      if (y > box.y + 0.6 * box.height || (x > inner.left && x < inner.right && y > inner.top)) continue;
      sum += image.luma[y * image.width + x] ?? 0;
      count += 1;
    }
  // A face that fills the picture has nothing around it that could be too bright.
  return count === 0 ? 0 : sum / count;
}

// Glasses have a bar from one glass to the other: the darkest step from a row to the next, all across the bridge of the nose.
function bridgeEdge(image: GreyImage, { eyes: { right, left } }: FoundFace): number {
  const middle: Point = { x: (right.x + left.x) / 2, y: (right.y + left.y) / 2 };
  const [alongX, alongY] = [left.x - right.x, left.y - right.y];
  const rows = 24;
  const columns = 9;
  let steepest = 0;
  let before: number | null = null;
  for (let row = 0; row < rows; row++) {
    const down = (row / (rows - 1) - 0.5) * 0.7;
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      const side = (column / (columns - 1) - 0.5) * 0.22;
      sum += at(image, middle.x + alongX * side - alongY * down, middle.y + alongY * side + alongX * down);
    }
    if (before !== null) steepest = Math.max(steepest, Math.abs(sum / columns - before));
    before = sum / columns;
  }
  return steepest;
}
