import type { GreyImage } from '../mrz-camera/grey-image.ts';
import type { Region } from './small-picture.ts';

/** Levels of brightness from one side of an edge to the other, and how much of its length shows it. */
const [step, unbroken] = [9, 0.8];
/** How far an edge may lean, in points for each point of its length. */
const leans = [-0.12, -0.08, -0.04, 0, 0.04, 0.08, 0.12];

/** Where a straight edge lies on each side of a face, in points from the picture's upper left corner; null where there is none. */
export interface StraightEdges {
  readonly left: number | null;
  readonly right: number | null;
  readonly top: number | null;
  readonly bottom: number | null;
}

/**
 * The straight edges around a face, longer than the face and some way from it: paper has them, a screen, and also a window in the room.
 * What tells one from the other is whether they move with the face (`FilmWatch`).
 */
export function straightEdges(image: GreyImage, { x, y, width, height }: Region): StraightEdges {
  const turned: GreyImage = turnedOf(image);
  const rows = [y - 0.3 * height, y + 1.1 * height] as const;
  const columns = [x - 0.3 * width, x + 1.3 * width] as const;
  return {
    left: edgeIn(image, [x - 1.3 * width, x - 0.3 * width], rows),
    right: edgeIn(image, [x + 1.3 * width, x + 2.3 * width], rows),
    top: edgeIn(turned, [y - 1.3 * height, y - 0.35 * height], columns),
    bottom: edgeIn(turned, [y + 1.2 * height, y + 2.2 * height], columns),
  };
}

function turnedOf({ width, height, luma }: GreyImage): GreyImage {
  const turned = new Uint8Array(luma.length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) turned[x * height + y] = luma[y * width + x] ?? 0;
  return { width: height, height: width, luma: turned };
}

// The steepest edge that runs down all of the rows, among those whose middle lies between two columns.
function edgeIn(
  { width, height, luma }: GreyImage,
  [left, right]: readonly [number, number],
  [top, bottom]: readonly [number, number],
): number | null {
  const rows = { from: Math.max(0, Math.round(top)), to: Math.min(height, Math.round(bottom)) };
  const [long, middle] = [rows.to - rows.from, (rows.from + rows.to) / 2];
  if (long < 12) return null;
  let best: { readonly at: number; readonly steep: number } | null = null;
  for (let at = Math.max(3, Math.round(left)); at < Math.min(width - 3, right); at++)
    for (const lean of leans) {
      let [sum, rising, falling] = [0, 0, 0];
      for (let y = rows.from; y < rows.to; y++) {
        const column = Math.round(at + lean * (y - middle));
        if (column < 2 || column > width - 3) continue;
        const change = (luma[y * width + column + 2] ?? 0) - (luma[y * width + column - 2] ?? 0);
        sum += change;
        if (change >= step) rising += 1;
        if (change <= -step) falling += 1;
      }
      const steep = Math.abs(sum) / long;
      if (Math.max(rising, falling) < unbroken * long || steep < step) continue;
      if (best === null || steep > best.steep) best = { at, steep };
    }
  return best?.at ?? null;
}
