import { faceLight } from '../face-challenge/face-light.ts';
import { FilmWatch } from '../film-signs/film-watch.ts';
import { greyOf } from '../mrz-camera/grey-image.ts';
import { pixelsOf } from '../mrz-camera/picture-pixels.ts';
import type { FaceModel } from './face-finder.ts';
import { measureFrame } from './frame-measures.ts';
import { loadHumanModel } from './human-model.ts';
import { likenessOf } from './likeness.ts';
import type { Compared, FilmPlace, Look, ModelAnswer, ModelQuestion } from './model-messages.ts';

/*
 * The worker in which faces are found: one question, one answer. It keeps nothing that describes a face, and of a film small pictures in
 * grey of the last moments (`FilmWatch`); what leaves it are places and figures. The only script of the page that may compile WebAssembly (`main/station/page-files.ts`): its file's name is what
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

let watch = new FilmWatch();

async function look(pixels: ImageData, film: FilmPlace | null): Promise<Look> {
  const faces = await (await model).find(pixels);
  const [face] = faces;
  if (film?.begins === true) watch = new FilmWatch();
  const watched = film === null ? null : watch.next({ pixels, face: face ?? null, moment: film.moment });
  const light = face === undefined ? null : faceLight(pixels, face);
  return { faces, measures: face === undefined ? null : measureFrame(greyOf(pixels), face), light, film: watched };
}

async function compare(portrait: ImageData, still: ImageData): Promise<Compared> {
  const { describe } = await model;
  const [one, other] = [await describe(portrait), await describe(still)];
  return { likeness: one === null || other === null ? null : likenessOf(one, other) };
}

async function answerTo(question: ModelQuestion): Promise<ModelAnswer> {
  if (question.kind === 'look') return look(taken(question.pictures[0]), question.film);
  const [portrait, still] = question.pictures;
  return compare(taken(portrait), taken(still));
}

addEventListener('message', async ({ data }: MessageEvent<ModelQuestion>) => {
  postMessage(await answerTo(data).catch(() => null));
});
