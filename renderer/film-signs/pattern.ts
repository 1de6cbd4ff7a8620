import type { FoundFace } from '../face-model/face-finder.ts';
import type { GreyImage } from '../mrz-camera/grey-image.ts';
import { powerOf } from './spectrum.ts';

/** The largest square of a face that is looked at, and the smallest that says anything; powers of two. */
const sides = { most: 128, least: 32 } as const;
/** Frequencies below this part of the highest are a face's own. */
const lowest = 0.22;
/** Around a frequency: what is its own, and what it is measured against. */
const [own, around] = [2, 6];

/**
 * How far one fine, even pattern stands out in a face, as a screen's points or a printer's raster leave it before a camera (moire): the
 * power of the strongest frequency beside that of those around it. 0 where the face is too small.
 */
export function patternIn(image: GreyImage, { box }: FoundFace): number {
  const room = Math.min(box.width, box.height) * 0.8;
  let side: number = sides.most;
  while (side > room) side /= 2;
  if (side < sides.least) return 0;
  const left = Math.round(box.x + (box.width - side) / 2);
  const top = Math.round(box.y + (box.height - side) / 2);
  if (left < 0 || top < 0 || left + side > image.width || top + side > image.height) return 0;
  const square = Float64Array.from(
    { length: side * side },
    (_, at) => image.luma[(top + Math.floor(at / side)) * image.width + left + (at % side)] ?? 0,
  );
  return strongest(powerOf(square, side), side);
}

function strongest(power: Float64Array, side: number): number {
  const half = side / 2;
  const at = (x: number, y: number) => power[((y + side) % side) * side + ((x + side) % side)] ?? 0;
  let most = 0;
  // The other half of the plane is the mirrored same.
  for (let y = 0; y < half; y++)
    for (let x = -half + 1; x < half; x++) {
      const far = Math.hypot(x, y);
      if (far < lowest * half || far > half - 1) continue;
      const here = at(x, y);
      // A frequency that is not the strongest of its neighbours is none of its own.
      if (here < at(x - 1, y) || here < at(x + 1, y) || here < at(x, y - 1) || here < at(x, y + 1)) continue;
      let [sum, count] = [0, 0];
      for (let down = -around; down <= around; down++)
        for (let aside = -around; aside <= around; aside++) {
          if (Math.max(Math.abs(down), Math.abs(aside)) <= own) continue;
          sum += at(x + aside, y + down);
          count += 1;
        }
      // Rounding alone leaves a power of this size in every frequency.
      most = Math.max(most, here / (sum / count + (side * side) / 12));
    }
  return most;
}
