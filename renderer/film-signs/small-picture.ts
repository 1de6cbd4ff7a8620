import type { FoundFace } from '../face-model/face-finder.ts';
import { type GreyImage, unusable } from '../mrz-camera/grey-image.ts';

/** What moves is looked at in pictures so wide, whatever the camera gives. */
export const smallWidth = 160;

/** A rectangle in the points of a picture; may reach beyond it. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A picture made small, each point the mean of those that it stands for; null of one that is none, or too small or large to look at. */
export function smallOf(image: GreyImage): GreyImage | null {
  if (unusable(image) !== null) return null;
  const scale = Math.min(1, smallWidth / image.width);
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  const luma = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const [top, bottom] = spanOf(row, height, image.height);
    for (let column = 0; column < width; column++) {
      const [left, right] = spanOf(column, width, image.width);
      let sum = 0;
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += image.luma[y * image.width + x] ?? 0;
      luma[row * width + column] = Math.round(sum / ((bottom - top) * (right - left)));
    }
  }
  return { width, height, luma };
}

function spanOf(at: number, parts: number, whole: number): readonly [number, number] {
  const from = Math.floor((at * whole) / parts);
  return [from, Math.max(from + 1, Math.floor(((at + 1) * whole) / parts))];
}

/** A face's box in the points of another size of its picture. */
export function boxIn({ box }: FoundFace, times: number): Region {
  return { x: box.x * times, y: box.y * times, width: box.width * times, height: box.height * times };
}

/** The brightness between the points of a picture; at its edge that of its last point. */
export function between({ width, height, luma }: GreyImage, x: number, y: number): number {
  const column = Math.min(width - 1, Math.max(0, x));
  const row = Math.min(height - 1, Math.max(0, y));
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const [right, bottom] = [Math.min(width - 1, left + 1), Math.min(height - 1, top + 1)];
  const [aside, down] = [column - left, row - top];
  const above = (luma[top * width + left] ?? 0) * (1 - aside) + (luma[top * width + right] ?? 0) * aside;
  const below = (luma[bottom * width + left] ?? 0) * (1 - aside) + (luma[bottom * width + right] ?? 0) * aside;
  return above * (1 - down) + below * down;
}
