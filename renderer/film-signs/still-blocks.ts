import type { GreyImage } from '../mrz-camera/grey-image.ts';

/** Points a side. */
const block = 8;
/** Where a picture is black or white a sensor's noise is cut off. */
const shown = { least: 16, most: 239 } as const;
const fewestBlocks = 40;

/**
 * Of a picture's parts, how many are the same as in the picture before to the last point, though something else changed: 0 to 1. A
 * sensor's noise leaves none the same. Null where the whole is the same, too little of it is neither black nor white, or the sizes differ.
 */
export function stillBlocks(before: GreyImage, now: GreyImage): number | null {
  const { width, height } = now;
  if (before.width !== width || before.height !== height) return null;
  let [same, looked, changed] = [0, 0, false];
  for (let top = 0; top + block <= height; top += block)
    for (let left = 0; left + block <= width; left += block) {
      let [sum, differs] = [0, false];
      for (let y = top; y < top + block; y++)
        for (let x = left; x < left + block; x++) {
          const value = now.luma[y * width + x] ?? 0;
          sum += value;
          differs ||= value !== before.luma[y * width + x];
        }
      changed ||= differs;
      const mean = sum / block ** 2;
      if (mean < shown.least || mean > shown.most) continue;
      looked += 1;
      if (!differs) same += 1;
    }
  return changed && looked >= fewestBlocks ? same / looked : null;
}
