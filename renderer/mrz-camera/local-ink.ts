import type { GreyImage } from './grey-image.ts';

/** Where ink is: 1 for each dark point. */
export interface Ink {
  readonly width: number;
  readonly height: number;
  readonly dark: Uint8Array;
}

/** Of the paper around it, by so much a point must be darker: under glare ink and paper lie close together. */
const leastShare = 0.07;
const leastShades = 5;
/** In times of the grain that the picture has after smoothing. */
const grainTimes = 2.6;

/** Each point with its eight neighbours, weighed 1-2-1 both ways: what is left of noise is a quarter. */
function smoothed({ width, height, luma }: GreyImage): Uint8Array {
  const rows = new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    const first = y * width;
    const last = first + width - 1;
    rows[first] = 3 * (luma[first] ?? 0) + (luma[first + 1] ?? 0);
    for (let at = first + 1; at < last; at++)
      rows[at] = (luma[at - 1] ?? 0) + 2 * (luma[at] ?? 0) + (luma[at + 1] ?? 0);
    rows[last] = (luma[last - 1] ?? 0) + 3 * (luma[last] ?? 0);
  }
  const smooth = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const above = y === 0 ? 0 : -width;
    const below = y === height - 1 ? 0 : width;
    const end = (y + 1) * width;
    for (let at = y * width; at < end; at++)
      smooth[at] = ((rows[at + above] ?? 0) + 2 * (rows[at] ?? 0) + (rows[at + below] ?? 0) + 8) >> 4;
  }
  return smooth;
}

/** How much neighbouring points of the smoothed picture differ for no reason: from the median of their differences. */
function grainOf(smooth: Uint8Array): number {
  const counts = new Uint32Array(256);
  let seen = 0;
  for (let at = 2; at < smooth.length; at += 7) {
    const difference = Math.abs((smooth[at] ?? 0) - (smooth[at - 2] ?? 0));
    counts[difference] = (counts[difference] ?? 0) + 1;
    seen++;
  }
  let below = 0;
  for (let difference = 0; difference < 256; difference++) {
    below += counts[difference] ?? 0;
    if (below * 2 >= seen) return difference;
  }
  return 255;
}

/** Of each column the sum of the points from `reach` rows above a row to `reach` below it, as far as there are rows. */
class ColumnSums {
  readonly sums: Uint32Array;
  readonly #smooth: Uint8Array;
  readonly #width: number;

  constructor(smooth: Uint8Array, width: number) {
    this.#smooth = smooth;
    this.#width = width;
    this.sums = new Uint32Array(width);
  }

  add(row: number): void {
    const at = row * this.#width;
    for (let x = 0; x < this.#width; x++) this.sums[x] = (this.sums[x] ?? 0) + (this.#smooth[at + x] ?? 0);
  }

  leave(row: number): void {
    const at = row * this.#width;
    for (let x = 0; x < this.#width; x++) this.sums[x] = (this.sums[x] ?? 0) - (this.#smooth[at + x] ?? 0);
  }
}

/** What is darker than the paper around it (a window of a twentieth of the picture's width), wherever the light comes from. */
export function inkOf(image: GreyImage): Ink {
  const { width, height } = image;
  const smooth = smoothed(image);
  const reach = Math.max(9, Math.round(width / 40));
  const least = Math.max(leastShades, grainOf(smooth) * grainTimes);
  const dark = new Uint8Array(width * height);
  const columns = new ColumnSums(smooth, width);
  const { sums } = columns;
  for (let row = 0; row < Math.min(reach, height); row++) columns.add(row);
  for (let y = 0; y < height; y++) {
    if (y + reach < height) columns.add(y + reach);
    if (y > reach) columns.leave(y - reach - 1);
    const rows = Math.min(height, y + reach + 1) - Math.max(0, y - reach);
    let sum = 0;
    for (let x = 0; x < Math.min(reach, width); x++) sum += sums[x] ?? 0;
    for (let x = 0; x < width; x++) {
      if (x + reach < width) sum += sums[x + reach] ?? 0;
      if (x > reach) sum -= sums[x - reach - 1] ?? 0;
      const points = rows * (Math.min(width, x + reach + 1) - Math.max(0, x - reach));
      // All times the window's points, so that nothing is divided.
      if ((smooth[y * width + x] ?? 0) * points < sum - Math.max(sum * leastShare, least * points))
        dark[y * width + x] = 1;
    }
  }
  return { width, height, dark };
}
