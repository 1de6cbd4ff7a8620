import type { GreyImage } from '../mrz-camera/grey-image.ts';
import type { Region } from './small-picture.ts';

const white = 250;
/** Parts of the face that are white: fewer are eyes and a wet forehead, more is a lamp in the face. */
const share = { least: 0.02, most: 0.5 } as const;

/**
 * How long a white band lies across a face, in parts of its own width, as a lamp draws it on glass or glossy paper: skin has spots. 0 where
 * there is none.
 */
export function glareIn({ width, height, luma }: GreyImage, box: Region): number {
  const left = Math.max(0, Math.round(box.x));
  const right = Math.min(width, Math.round(box.x + box.width));
  const top = Math.max(0, Math.round(box.y));
  const bottom = Math.min(height, Math.round(box.y + box.height));
  let [count, sumX, sumY, sumXx, sumYy, sumXy] = [0, 0, 0, 0, 0, 0];
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      if ((luma[y * width + x] ?? 0) < white) continue;
      count += 1;
      sumX += x;
      sumY += y;
      sumXx += x * x;
      sumYy += y * y;
      sumXy += x * y;
    }
  const points = (right - left) * (bottom - top);
  if (points <= 0 || count < share.least * points || count > share.most * points) return 0;
  // Of the ellipse with the same moments: its longer and its shorter axis.
  const [xx, yy, xy] = [
    sumXx / count - (sumX / count) ** 2,
    sumYy / count - (sumY / count) ** 2,
    sumXy / count - (sumX * sumY) / count ** 2,
  ];
  const [mean, apart] = [(xx + yy) / 2, Math.hypot((xx - yy) / 2, xy)];
  const [long, short] = [Math.sqrt(mean + apart), Math.sqrt(Math.max(1 / 12, mean - apart))];
  // A band that is cut off by the face's edges is as long as the face.
  return long * Math.sqrt(12) < 0.6 * Math.min(box.width, box.height) ? 0 : long / short;
}
