import type { FoundFace } from '../../../renderer/face-model/face-finder.ts';
import type { GreyImage } from '../../../renderer/mrz-camera/grey-image.ts';

/** A face as a model would find it: upright, looking out, its eyes so many pixels apart, the middle between them at a place. */
export function foundAt(x: number, y: number, distance: number): FoundFace {
  const side = 2.3 * distance;
  return {
    eyes: { right: { x: x - distance / 2, y }, left: { x: x + distance / 2, y } },
    box: { x: x - side / 2, y: y - 0.35 * side, width: side, height: side },
    turned: { yaw: 0, pitch: 0, roll: 0 },
    certainty: 0.9,
    atSight: 0.85,
  };
}

/**
 * A picture with what a face's measures look at: skin before a wall, dark eyes, brows, nostrils and mouth, so blurred by hand that no
 * edge is harder than a lens gives.
 */
export function facePicture(
  width: number,
  height: number,
  { eyes, box }: FoundFace,
  { skin = 150, wall = 140, features = 60 } = {},
): GreyImage {
  const luma = new Uint8Array(width * height).fill(wall);
  const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2];
  const distance = eyes.left.x - eyes.right.x;
  const marks = [
    ...[eyes.right, eyes.left].flatMap(({ x, y }) => [
      { x, y, wide: 0.18 * distance, high: 0.09 * distance },
      { x, y: y - 0.3 * distance, wide: 0.3 * distance, high: 0.05 * distance },
    ]),
    { x: middleX, y: eyes.right.y + 0.65 * distance, wide: 0.2 * distance, high: 0.05 * distance },
    { x: middleX, y: eyes.right.y + 1.05 * distance, wide: 0.35 * distance, high: 0.06 * distance },
  ];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const inFace = ((x - middleX) / (box.width / 2)) ** 2 + ((y - middleY) / (0.6 * box.height)) ** 2 < 1;
      if (!inFace) continue;
      const dark = marks.some((mark) => ((x - mark.x) / mark.wide) ** 2 + ((y - mark.y) / mark.high) ** 2 < 1);
      luma[y * width + x] = dark ? features : skin;
    }
  return { width, height, luma };
}

/** The mean of what lies around each point, so many times: what a lens out of focus does. */
export function blurred(image: GreyImage, times: number): GreyImage {
  const { width, height } = image;
  let luma = image.luma;
  for (let turn = 0; turn < times; turn++) {
    const next = new Uint8Array(luma.length);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        let [sum, count] = [0, 0];
        for (let down = -1; down <= 1; down++)
          for (let aside = -1; aside <= 1; aside++) {
            const [column, row] = [x + aside, y + down];
            if (column < 0 || row < 0 || column >= width || row >= height) continue;
            sum += luma[row * width + column] ?? 0;
            count += 1;
          }
        next[y * width + x] = Math.round(sum / count);
      }
    luma = next;
  }
  return { width, height, luma };
}
