import * as v from 'valibot';
import { longest, most } from '../main/result/bounds.ts';
import { filmSigns } from '../main/result/film-signs.ts';
import { count, done, list, text } from './contract-parts.ts';

/* What the page asks of lines that its camera filmed. The picture itself never leaves the page. */

// 9303-4, -5, -6 §4.2: at most three lines, and at most 44 places in one.
const mostLines = 3;
const widest = 44;

const letter = v.pipe(text(1), v.regex(/^[A-Z0-9<]$/));
const cost = v.pipe(v.number(), v.minValue(0), v.maxValue(1_000));
/** What may stand at one place: each character with minus the natural logarithm of its chance. */
const filmedPlace = list(v.object({ letter, cost }), most.filmedLetters);
const filmedLines = list(list(filmedPlace, widest), mostLines);
const lines = list(text(widest), mostLines);
const places = list(v.object({ line: count, position: count }), mostLines * widest);

/**
 * `read`: every check digit fits, and nothing else is nearly as likely; `unsure`: the likeliest lines, and which places of them may be
 * others, counted from 1; `no-zone`: lines of no format.
 */
const filmedMrzSchema = v.variant('state', [
  v.object({ state: v.literal('read'), lines }),
  v.object({ state: v.literal('unsure'), lines, places }),
  v.object({ state: v.literal('no-zone') }),
]);

/** The camera that is opened: the one of that name; null: the first of the system. */
export const openedCameraSchema = v.object({ named: v.nullable(text(longest.cameraName)) });

const sign = v.picklist(filmSigns);
export const thousandths = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000));
/** A page that tells of more has not counted pictures of a visit. */
const mostPictures = 1_000_000;

/** What was found in the film of a face: which measures were made, and which lay over their bound. Figures and known names alone. */
const filmToldSchema = v.strictObject({
  camera: text(longest.cameraName),
  pictures: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostPictures)),
  measured: list(sign, filmSigns.length),
  signs: list(v.strictObject({ sign, score: thousandths }), filmSigns.length),
});

export const filmedMethods = {
  /** What filmed lines say; nothing is taken. */
  'mrz.judgeFilmed': { args: v.tuple([filmedLines]), answer: filmedMrzSchema },
  /** What the film of whoever's face is compared has shown so far. Signs add up, and none is taken back. Fails with `case.not-open`. */
  'case.faceFilmed': { args: v.tuple([filmToldSchema]), answer: done },
} as const;

export type FilmedMrzView = v.InferOutput<typeof filmedMrzSchema>;
