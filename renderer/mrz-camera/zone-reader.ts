import net from '../../resources/mrz-camera/letters.json' with { type: 'json' };
import type { GreyImage } from './grey-image.ts';
import { LetterClassifier } from './letter-classifier.ts';
import { type Filmed, readFrame } from './read-frame.ts';

/*
 * The worker that looks for the lines of a document in pictures of the camera: one picture, one answer. It keeps none, and tells none
 * on: what leaves it are characters and how likely they are.
 */

/** What one picture of the camera shows; `dark`: it is black, as of a covered lens. */
export interface FrameAnswer {
  readonly filmed: Filmed;
  readonly dark: boolean;
}

const classifier = new LetterClassifier(net);
/** No point of a black picture is brighter. */
const brightestBlack = 24;

function greyOf(picture: ImageBitmap): GreyImage | null {
  const { width, height } = picture;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const luma = new Uint8Array(width * height);
  // ITU-R BT.601, in parts of 256.
  for (let at = 0; at < luma.length; at++) {
    const point = 4 * at;
    luma[at] = (77 * (data[point] ?? 0) + 150 * (data[point + 1] ?? 0) + 29 * (data[point + 2] ?? 0)) >> 8;
  }
  return { width, height, luma };
}

function answerTo(picture: ImageBitmap): FrameAnswer {
  const image = greyOf(picture);
  if (image === null) return { filmed: { state: 'nothing' }, dark: false };
  if (image.luma.every((value) => value <= brightestBlack)) return { filmed: { state: 'nothing' }, dark: true };
  return { filmed: readFrame(image, classifier), dark: false };
}

addEventListener('message', ({ data: picture }: MessageEvent<ImageBitmap>) => {
  const answer = answerTo(picture);
  picture.close();
  postMessage(answer);
});
