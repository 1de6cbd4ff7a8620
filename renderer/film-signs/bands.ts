import type { GreyImage } from '../mrz-camera/grey-image.ts';
import type { Region } from './small-picture.ts';

/** Levels of brightness: what changes less from a picture to the next is noise. */
const leastChange = 1.2;
/** The outer parts of a picture's width, which a screen that is held before a camera seldom fills. */
const margin = 0.12;
/** Light that flickers over the whole room does so at the margins too. */
const mostAtMargins = 0.4;

/**
 * How much of what changed between two pictures of a film lies in even bands across a face and not across the room, as a screen that is
 * filmed shows its own refresh: 0 to 1. 0 where next to nothing changed, and where the whole room flickers.
 */
export function bandsBetween(before: GreyImage, now: GreyImage, box: Region): number {
  const { width, height } = now;
  if (before.width !== width || before.height !== height) return 0;
  const outer = Math.round(margin * width);
  const left = Math.max(outer, Math.round(box.x));
  const right = Math.min(width - outer, Math.round(box.x + box.width));
  const top = Math.max(0, Math.round(box.y - 0.2 * box.height));
  const bottom = Math.min(height, Math.round(box.y + 1.1 * box.height));
  if (right - left < 8 || bottom - top < 8) return 0;
  const [face, edges]: [number[], number[]] = [[], []];
  let whole = 0;
  for (let y = top; y < bottom; y++) {
    let [sum, aside] = [0, 0];
    for (let x = left; x < right; x++) {
      const change = (now.luma[y * width + x] ?? 0) - (before.luma[y * width + x] ?? 0);
      sum += change;
      whole += change * change;
    }
    for (let x = 0; x < outer; x++)
      for (const column of [x, width - 1 - x])
        aside += (now.luma[y * width + column] ?? 0) - (before.luma[y * width + column] ?? 0);
    face.push(sum / (right - left));
    edges.push(aside / (2 * outer));
  }
  const inFace = spreadOf(face);
  if (inFace < leastChange || spreadOf(edges) > mostAtMargins * inFace) return 0;
  // Of a face that moves, one side grows darker while the other grows lighter: rows are not even.
  return Math.min(1, (inFace ** 2 * (right - left) * (bottom - top)) / whole);
}

function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
