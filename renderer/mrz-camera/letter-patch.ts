import { type GreyImage, halved } from './grey-image.ts';

/*
 * What is cut out around a letter: a little more than its pitch wide and 1.5 times that high, 16 by 24 points, turned level. The
 * picture is halved until a letter has about as many points as the cut.
 */

export const patchWidth = 16;
export const patchHeight = 24;
/** Points of a cut from one letter to the next. */
const pointsPerPitch = 13.5;
/** Points of the picture from one letter to the next, at most: twice these are halved. */
const coarsestPitch = 22;

/** A picture with its halves, each made when it is first asked for. */
export class Pyramid {
  readonly #levels: GreyImage[];

  constructor(image: GreyImage) {
    this.#levels = [image];
  }

  level(index: number): GreyImage {
    for (;;) {
      const found = this.#levels[index];
      if (found !== undefined) return found;
      const last = this.#levels.at(-1);
      if (last === undefined || last.width < 2 || last.height < 2) throw new RangeError('no such level');
      this.#levels.push(halved(last));
    }
  }

  /** Which level suits letters at this pitch. */
  levelFor(pitch: number): number {
    return Math.max(0, Math.ceil(Math.log2(pitch / coarsestPitch)));
  }
}

/** Where a letter stands: its middle, and the way to the next one, in points of the whole picture. */
export interface LetterPlace {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
}

/** Cuts a letter out of the picture into `patch`, 16 × 24 values between 0 and 255; outside the picture its edge goes on. */
export function cutLetter(pyramid: Pyramid, { x, y, stepX, stepY }: LetterPlace, patch: Float32Array): void {
  const level = pyramid.levelFor(Math.hypot(stepX, stepY));
  const { width, height, luma } = pyramid.level(level);
  const scale = 1 / 2 ** level;
  const acrossX = (stepX * scale) / pointsPerPitch;
  const acrossY = (stepY * scale) / pointsPerPitch;
  // A point of a halved picture has its middle where four had theirs.
  const middleX = x * scale - 0.5;
  const middleY = y * scale - 0.5;
  const mostX = width - 1.001;
  const mostY = height - 1.001;
  let at = 0;
  for (let row = 0; row < patchHeight; row++) {
    const v = row - (patchHeight - 1) / 2;
    for (let column = 0; column < patchWidth; column++) {
      const u = column - (patchWidth - 1) / 2;
      const px = Math.min(mostX, Math.max(0, middleX + u * acrossX - v * acrossY));
      const py = Math.min(mostY, Math.max(0, middleY + u * acrossY + v * acrossX));
      const left = Math.floor(px);
      const top = Math.floor(py);
      const fx = px - left;
      const fy = py - top;
      const corner = top * width + left;
      const above = (luma[corner] ?? 0) * (1 - fx) + (luma[corner + 1] ?? 0) * fx;
      const below = (luma[corner + width] ?? 0) * (1 - fx) + (luma[corner + width + 1] ?? 0) * fx;
      patch[at++] = above * (1 - fy) + below * fy;
    }
  }
}
