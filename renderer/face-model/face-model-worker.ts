import { greyOf } from '../mrz-camera/grey-image.ts';
import { pixelsOf } from '../mrz-camera/picture-pixels.ts';
import type { FaceModel } from './face-finder.ts';
import { measureFrame } from './frame-measures.ts';
import { loadHumanModel } from './human-model.ts';
import type { Look, ModelAnswer, ModelQuestion } from './model-messages.ts';

/*
 * The worker in which faces are found: one question, one answer. It keeps no picture, and what leaves it are places, figures and words.
 * The only script of the page that may compile WebAssembly (`main/station/page-files.ts`): its file's name is what that hangs on.
 */

const model: Promise<FaceModel> = loadHumanModel();
// A model that does not load is told with the first answer.
model.catch(() => undefined);

async function look(picture: ImageBitmap): Promise<Look> {
  const pixels = pixelsOf(picture);
  picture.close();
  if (pixels === null) throw new Error('no canvas');
  const faces = await (await model).find(pixels);
  const [face] = faces;
  return { faces, measures: face === undefined ? null : measureFrame(greyOf(pixels), face) };
}

addEventListener('message', async ({ data }: MessageEvent<ModelQuestion>) => {
  const answer: ModelAnswer = await look(data.picture).catch(() => null);
  postMessage(answer);
});
