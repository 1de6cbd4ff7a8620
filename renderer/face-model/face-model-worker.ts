import { faceLight } from '../face-challenge/face-light.ts';
import { FilmWatch } from '../film-signs/film-watch.ts';
import { greyOf } from '../mrz-camera/grey-image.ts';
import { pixelsOf } from '../mrz-camera/picture-pixels.ts';
import { AnyWayUp, lookEveryWayUp } from './any-way-up.ts';
import type { FaceModel } from './face-finder.ts';
import { measureFrame } from './frame-measures.ts';
import { loadHumanModel } from './human-model.ts';
import { likenessOf } from './likeness.ts';
import { type ModelFile, takeModelFile } from './model-files.ts';
import type { Compared, FilmPlace, Look, ModelAnswer, ModelQuestion } from './model-messages.ts';
import { type Pixels, type Quarters, turnedPicture } from './turned-picture.ts';

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

const find = async ({ data, width, height }: Pixels) => (await model).find(new ImageData(data, width, height));
type Upright = readonly [pixels: ImageData, quarters: Quarters];

let watch = new FilmWatch();
let wayUp = new AnyWayUp(find);

async function look(pixels: ImageData, film: FilmPlace | null): Promise<Look> {
  if (film?.begins === true) {
    watch = new FilmWatch();
    wayUp = new AnyWayUp(find);
  }
  const { faces, upright } = film === null ? await lookEveryWayUp(find, pixels) : await wayUp.next(pixels);
  // What is measured of a face is measured of it upright: hair above, body below.
  const seen = upright ?? { pixels, face: null };
  const watched = film === null ? null : watch.next({ ...seen, moment: film.moment });
  if (upright === null) return { faces, measures: null, light: null, film: watched };
  const { face } = upright;
  return {
    faces,
    measures: measureFrame(greyOf(upright.pixels), face),
    light: faceLight(upright.pixels, face),
    film: watched,
  };
}

// A face is described as it looks upright: one that lies or stands on its head would be another's.
async function describe(pixels: ImageData, quarters: Quarters): Promise<readonly number[] | null> {
  const { data, width, height } = turnedPicture(pixels, quarters);
  return (await model).describe(new ImageData(data, width, height));
}

async function compare([portrait, still]: readonly [Upright, Upright]): Promise<Compared> {
  const [one, other] = [await describe(...portrait), await describe(...still)];
  return { likeness: one === null || other === null ? null : likenessOf(one, other) };
}

async function answerTo(question: ModelQuestion): Promise<ModelAnswer> {
  if (question.kind === 'look') return look(taken(question.pictures[0]), question.film);
  const [[portrait, still], [first, second]] = [question.pictures, question.quarters];
  return compare([
    [taken(portrait), first],
    [taken(still), second],
  ]);
}

addEventListener('message', async ({ data }: MessageEvent<ModelQuestion | ModelFile>) => {
  if ('file' in data) return takeModelFile(data);
  postMessage(await answerTo(data).catch(() => null));
});
