import type { FoundFace } from '../face-model/face-finder.ts';

/** Mean red, green and blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** How a face and the margins of its picture are lit. */
export interface FaceLight {
  readonly face: Colour;
  readonly margins: Colour;
}

/** Points a side that are looked at: a mean needs no more. */
const side = 40;

/** The colours of the face's inner part, and of what lies at the picture's left and right: whatever lights the room lights that too. */
export function faceLight(
  pixels: Pick<ImageData, 'width' | 'height' | 'data'>,
  { box: { x, y, width, height } }: FoundFace,
): FaceLight {
  const edge = 0.08 * pixels.width;
  const high = 0.8 * pixels.height;
  const [left, right] = [meanOf(pixels, 0, 0, edge, high), meanOf(pixels, pixels.width - edge, 0, edge, high)];
  return {
    face: meanOf(pixels, x + 0.2 * width, y + 0.2 * height, 0.6 * width, 0.65 * height),
    margins: [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2, (left[2] + right[2]) / 2],
  };
}

function meanOf(
  { width, height, data }: Pick<ImageData, 'width' | 'height' | 'data'>,
  x: number,
  y: number,
  wide: number,
  high: number,
): Colour {
  const within = (value: number, most: number) => Math.min(most - 1, Math.max(0, Math.round(value)));
  let [red, green, blue] = [0, 0, 0];
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const point =
        4 *
        (within(y + ((row + 0.5) / side) * high, height) * width + within(x + ((column + 0.5) / side) * wide, width));
      red += data[point] ?? 0;
      green += data[point + 1] ?? 0;
      blue += data[point + 2] ?? 0;
    }
  const count = side * side;
  return [red / count, green / count, blue / count];
}
