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
    const at = y * width;
    for (let x = 0; x < width; x++) {
      const left = luma[at + (x === 0 ? 0 : x - 1)] ?? 0;
      const right = luma[at + (x === width - 1 ? x : x + 1)] ?? 0;
      rows[at + x] = left + 2 * (luma[at + x] ?? 0) + right;
    }
  }
  const smooth = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const at = y * width;
    const above = y === 0 ? at : at - width;
    const below = y === height - 1 ? at : at + width;
    for (let x = 0; x < width; x++)
      smooth[at + x] = ((rows[above + x] ?? 0) + 2 * (rows[at + x] ?? 0) + (rows[below + x] ?? 0) + 8) >> 4;
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

function sums({ width, height }: GreyImage, smooth: Uint8Array): Uint32Array {
  const across = width + 1;
  const total = new Uint32Array(across * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += smooth[y * width + x] ?? 0;
      total[(y + 1) * across + x + 1] = (total[y * across + x + 1] ?? 0) + row;
    }
  }
  return total;
}

/** What is darker than the paper around it (a window of a twentieth of the picture's width), wherever the light comes from. */
export function inkOf(image: GreyImage): Ink {
  const { width, height } = image;
  const smooth = smoothed(image);
  const total = sums(image, smooth);
  const across = width + 1;
  const reach = Math.max(9, Math.round(width / 40));
  const least = Math.max(leastShades, grainOf(smooth) * grainTimes);
  const dark = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const top = Math.max(0, y - reach) * across;
    const bottomRow = Math.min(height, y + reach + 1);
    const bottom = bottomRow * across;
    const rows = bottomRow - Math.max(0, y - reach);
    for (let x = 0; x < width; x++) {
      const left = x < reach ? 0 : x - reach;
      const right = Math.min(width, x + reach + 1);
      const sum =
        (total[bottom + right] ?? 0) -
        (total[top + right] ?? 0) -
        (total[bottom + left] ?? 0) +
        (total[top + left] ?? 0);
      const mean = sum / (rows * (right - left));
      const step = mean * leastShare;
      if ((smooth[y * width + x] ?? 0) < mean - Math.max(step, least)) dark[y * width + x] = 1;
    }
  }
  return { width, height, dark };
}
