import type { FoundFace, Point } from './face-finder.ts';

/** Quarter turns clockwise. */
export type Quarters = 0 | 1 | 2 | 3;

/** A picture's points: RGBA with 8 bits each, row by row. */
export type Pixels = Pick<ImageData, 'width' | 'height' | 'data'>;

/** By how many quarters a face whose eyes' line is turned by so many degrees clockwise has to be turned to stand upright, to the nearest. */
export function quartersTo(roll: number): Quarters {
  const quarters = ((Math.round(-roll / 90) % 4) + 4) % 4;
  return quarters === 1 || quarters === 2 || quarters === 3 ? quarters : 0;
}

/** The picture turned clockwise, point by point; itself where it is not turned. */
export function turnedPicture({ width, height, data }: Pixels, quarters: Quarters): Pixels {
  if (quarters === 0) return { width, height, data };
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const to = new Uint32Array(from.length);
  if (quarters === 2) {
    for (let at = 0; at < from.length; at++) to[from.length - 1 - at] = from[at] ?? 0;
  } else {
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const [column, row] = quarters === 1 ? [height - 1 - y, x] : [y, width - 1 - x];
        to[row * height + column] = from[y * width + x] ?? 0;
      }
  }
  const pixels = new Uint8ClampedArray(to.buffer);
  return quarters === 2 ? { width, height, data: pixels } : { width: height, height: width, data: pixels };
}

/** A face of the turned picture where it lies in the picture as it came, whose size is given. */
export function turnedBack(
  { eyes, box, turned, ...face }: FoundFace,
  quarters: Quarters,
  { width, height }: { readonly width: number; readonly height: number },
): FoundFace {
  if (quarters === 0) return { ...face, eyes, box, turned };
  const back = ({ x, y }: Point): Point => {
    if (quarters === 1) return { x: y, y: height - x };
    return quarters === 2 ? { x: width - x, y: height - y } : { x: width - y, y: x };
  };
  const [one, other] = [back(box), back({ x: box.x + box.width, y: box.y + box.height })];
  // Between -180 and 180.
  const roll = ((turned.roll - 90 * quarters + 540) % 360) - 180;
  return {
    ...face,
    eyes: { right: back(eyes.right), left: back(eyes.left) },
    box: {
      x: Math.min(one.x, other.x),
      y: Math.min(one.y, other.y),
      width: Math.abs(one.x - other.x),
      height: Math.abs(one.y - other.y),
    },
    turned: { ...turned, roll },
  };
}
