import type { Point } from '../face-model/face-finder.ts';
import type { GreyImage } from '../mrz-camera/grey-image.ts';
import { between, type Region } from './small-picture.ts';

/** Points of a small picture by which a face has to move before it is asked what moved with it. */
export const leastMove = 2;
/** Mean squares of brightness: what has no marks moves unseen. */
const leastMarks = 12;
/** One of two explanations holds where it leaves so little of what the other leaves. */
const clearly = 0.45;

/** What became of the surroundings while a face moved. */
export type Surroundings = 'moved with it' | 'stayed' | 'unknown';

/**
 * Whether what lies close around a face moved as the face did between two pictures while the picture's margins stood still: so it is where
 * a face is printed or shown on something flat that is held before the camera. Behind a person the room stands still.
 */
export function surroundingsBetween(before: GreyImage, now: GreyImage, box: Region, moved: Point): Surroundings {
  if (Math.hypot(moved.x, moved.y) < leastMove) return 'unknown';
  const rows = { from: box.y - 0.35 * box.height, to: box.y + 0.6 * box.height };
  const ring = [
    { ...rows, left: box.x - 0.85 * box.width, right: box.x - 0.4 * box.width },
    { ...rows, left: box.x + 1.4 * box.width, right: box.x + 1.85 * box.width },
  ];
  const edge = 0.08 * now.width;
  const margins = [
    { from: 0, to: 0.8 * now.height, left: 0, right: edge },
    { from: 0, to: 0.8 * now.height, left: now.width - edge, right: now.width },
  ];
  const close = explained(before, now, ring, moved);
  const far = explained(before, now, margins, moved);
  // Where the margins move too it is the camera that moved.
  if (close === 'stayed') return 'stayed';
  return close === 'moved with it' && far !== 'moved with it' ? 'moved with it' : 'unknown';
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly right: number;
}

function explained(
  before: GreyImage,
  now: GreyImage,
  parts: readonly Part[],
  { x: aside, y: down }: Point,
): Surroundings {
  let [staying, moving, count] = [0, 0, 0];
  for (const { from, to, left, right } of parts)
    for (let y = Math.max(0, Math.ceil(from)); y < Math.min(now.height, to); y++)
      for (let x = Math.max(0, Math.ceil(left)); x < Math.min(now.width, right); x++) {
        const here = now.luma[y * now.width + x] ?? 0;
        staying += (here - (before.luma[y * now.width + x] ?? 0)) ** 2;
        moving += (here - between(before, x - aside, y - down)) ** 2;
        count += 1;
      }
  if (count === 0 || Math.max(staying, moving) < leastMarks * count) return 'unknown';
  if (moving < clearly * staying) return 'moved with it';
  return staying < clearly * moving ? 'stayed' : 'unknown';
}
