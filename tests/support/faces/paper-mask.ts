import type { DrawnPerson } from './drawn-person.ts';

/** How a mask of paper is cut: along the face, or as the sheet came. */
export type MaskCut = 'along the face' | 'as a sheet';

/** Every so many pictures the wearer's eyes are shut, for two. */
const blinkEvery = 22;

/**
 * The face of a person printed on paper, with holes where the eyes are, through which those of whoever wears it are seen: what is laid over a
 * living head. A print has less contrast than skin under the same light, and its cut edge is white.
 */
export function paperMask({ picture, eyes }: DrawnPerson, cut: MaskCut, at: number): DrawnPerson {
  const distance = eyes.left.x - eyes.right.x;
  const middle = { x: (eyes.left.x + eyes.right.x) / 2, y: (eyes.left.y + eyes.right.y) / 2 + 0.35 * distance };
  const [wide, high] = [1.15 * distance, 1.45 * distance];
  // From 0 in the middle of the paper to 1 on its edge.
  const outward = (x: number, y: number): number => {
    const [aside, down] = [(x - middle.x) / wide, (y - middle.y) / high];
    return cut === 'along the face' ? Math.hypot(aside, down) : Math.max(Math.abs(aside), Math.abs(down));
  };
  const isHole = (x: number, y: number): boolean =>
    [eyes.right, eyes.left].some(
      (eye) => Math.hypot((x - eye.x) / (0.22 * distance), (y - eye.y) / (0.12 * distance)) < 1,
    );
  const eyeShade = at % blinkEvery < 2 ? 140 : 52;
  const luma = Uint8Array.from(picture.luma);
  const mask = new Uint8Array(luma.length);
  for (let y = 0; y < picture.height; y++)
    for (let x = 0; x < picture.width; x++) {
      const out = outward(x, y);
      if (out >= 1) continue;
      const point = y * picture.width + x;
      mask[point] = 1;
      const printed = out > 0.95 ? 238 : 40 + 0.75 * (luma[point] ?? 0);
      luma[point] = Math.round(isHole(x, y) ? eyeShade : printed);
    }
  return { picture: { ...picture, luma }, mask, eyes };
}
