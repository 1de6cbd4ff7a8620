/** A picture in shades of grey: one byte for each point, row by row, 0 black and 255 white. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly luma: Uint8Array;
}

/** Below this no letter of a page has the points that tell it from another. */
const shortestSide = 100;
/** Above this the work for one picture is no longer bounded by what a camera gives. */
const longestSide = 4_096;
const mostPoints = 9_000_000;

/** Why a picture is not looked at at all; null where it is one. */
export function unusable({ width, height, luma }: GreyImage): 'not-a-picture' | 'too-small' | 'too-large' | null {
  const whole = Number.isSafeInteger(width) && Number.isSafeInteger(height) && width > 0 && height > 0;
  if (!whole || luma.length !== width * height) return 'not-a-picture';
  if (width > longestSide || height > longestSide || width * height > mostPoints) return 'too-large';
  return width < shortestSide || height < shortestSide ? 'too-small' : null;
}

/** A picture's brightness (ITU-R BT.601, in parts of 256) out of its pixels: red, green, blue and one that is passed over. */
export function greyOf({ width, height, data }: Pick<ImageData, 'width' | 'height' | 'data'>): GreyImage {
  const luma = new Uint8Array(width * height);
  for (let at = 0; at < luma.length; at++) {
    const point = 4 * at;
    luma[at] = (77 * (data[point] ?? 0) + 150 * (data[point + 1] ?? 0) + 29 * (data[point + 2] ?? 0)) >> 8;
  }
  return { width, height, luma };
}

/** Half the size, each point the mean of four; an odd last row or column is left out. */
export function halved({ width, height, luma }: GreyImage): GreyImage {
  const wide = width >> 1;
  const high = height >> 1;
  const half = new Uint8Array(wide * high);
  for (let y = 0; y < high; y++) {
    const above = 2 * y * width;
    const below = above + width;
    for (let x = 0; x < wide; x++) {
      const left = 2 * x;
      const sum =
        (luma[above + left] ?? 0) +
        (luma[above + left + 1] ?? 0) +
        (luma[below + left] ?? 0) +
        (luma[below + left + 1] ?? 0);
      half[y * wide + x] = (sum + 2) >> 2;
    }
  }
  return { width: wide, height: high, luma: half };
}
