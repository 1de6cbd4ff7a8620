import * as v from 'valibot';
import { most } from '../main/result/bounds.ts';
import { count, list, text } from './contract-parts.ts';

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

export const filmedMethods = {
  /** What filmed lines say; nothing is taken. */
  'mrz.judgeFilmed': { args: v.tuple([filmedLines]), answer: filmedMrzSchema },
} as const;

export type FilmedMrzView = v.InferOutput<typeof filmedMrzSchema>;
