import net from '../../resources/mrz-camera/letters.json' with { type: 'json' };
import { greyOf } from './grey-image.ts';
import { LetterClassifier } from './letter-classifier.ts';
import { pixelsOf } from './picture-pixels.ts';
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

function answerTo(picture: ImageBitmap): FrameAnswer {
  const pixels = pixelsOf(picture);
  if (pixels === null) return { filmed: { state: 'nothing' }, dark: false };
  const image = greyOf(pixels);
  if (image.luma.every((value) => value <= brightestBlack)) return { filmed: { state: 'nothing' }, dark: true };
  return { filmed: readFrame(image, classifier), dark: false };
}

addEventListener('message', ({ data: picture }: MessageEvent<ImageBitmap>) => {
  const answer = answerTo(picture);
  picture.close();
  postMessage(answer);
});
