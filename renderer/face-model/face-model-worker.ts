import { greyOf } from '../mrz-camera/grey-image.ts';
import { pixelsOf } from '../mrz-camera/picture-pixels.ts';
import type { FaceModel } from './face-finder.ts';
import { measureFrame } from './frame-measures.ts';
import { loadHumanModel } from './human-model.ts';
import { likenessOf } from './likeness.ts';
import type { Compared, Look, ModelAnswer, ModelQuestion } from './model-messages.ts';

/*
 * The worker in which faces are found: one question, one answer. It keeps no picture and nothing that describes a face, and what leaves it
 * are places and figures. The only script of the page that may compile WebAssembly (`main/station/page-files.ts`): its file's name is what
 * that hangs on.
 */

const model: Promise<FaceModel> = loadHumanModel();
// A model that does not load is told with the first answer.
model.catch(() => undefined);

function taken(picture: ImageBitmap): ImageData {
  const pixels = pixelsOf(picture);
  picture.close();
  if (pixels === null) throw new Error('no canvas');
  return pixels;
}

async function look(pixels: ImageData): Promise<Look> {
  const faces = await (await model).find(pixels);
  const [face] = faces;
  return { faces, measures: face === undefined ? null : measureFrame(greyOf(pixels), face) };
}

async function compare(portrait: ImageData, still: ImageData): Promise<Compared> {
  const { describe } = await model;
  const [one, other] = [await describe(portrait), await describe(still)];
  return { likeness: one === null || other === null ? null : likenessOf(one, other) };
}

async function answerTo(question: ModelQuestion): Promise<ModelAnswer> {
  if (question.kind === 'look') return look(taken(question.pictures[0]));
  const [portrait, still] = question.pictures;
  return compare(taken(portrait), taken(still));
}

addEventListener('message', async ({ data }: MessageEvent<ModelQuestion>) => {
  postMessage(await answerTo(data).catch(() => null));
});
