import * as v from 'valibot';
import { longest, most } from '../main/result/bounds.ts';
import { mostCameraNames } from '../main/result/camera-uses.ts';
import { movements } from '../main/result/film-challenges.ts';
import { cameraTroubles } from '../main/result/kiosk-health.ts';
import { languages } from '../resources/texts/languages.ts';
import { code, count, done, list, nothing, purposeSchema, text } from './contract-parts.ts';
import { filmedMethods, openedCameraSchema, thousandths } from './filmed-contract.ts';

/*
 * What the kiosk's page may ask: the acts of the person who stands there, and the sign-in of a colleague who comes. Nothing of the
 * desk's contract, of the office or of anybody on file crosses here: no name, no number, no check, no reason (docs/kiosk.md).
 */

/** The screens, in the order in which a person meets them. Of each there is one thing to do. */
export const kioskScreens = [
  'out-of-order',
  'attract',
  'language',
  'purpose',
  'way',
  'film',
  'can',
  'fields',
  'lay',
  'reading',
  'face',
  'result',
  'staff',
  'colleague',
] as const;
export const kioskScreenSchema = v.picklist(kioskScreens);

/** What the person is told beside the screen's own sentence: what went wrong with the last try, never why a document is not believed. */
export const kioskSaid = [
  'lines-wrong',
  'number-wrong',
  'order-refused',
  'key-wrong',
  'wait',
  'nothing-there',
  'lay-again',
  'other-document',
  'try-again',
  'reader-away',
  'sign-in-refused',
  'sign-in-wait',
] as const;

/**
 * How a visit ended, in what the person may know. `colleague`: somebody of the bank finishes it; the same words whatever was found,
 * so that nobody learns here what gave a document away. The others stand on the document for all to see.
 */
export const kioskResults = ['finished', 'colleague', 'document-expired', 'document-other-kind', 'not-now'] as const;

/** Where the chip of the document sits (resources/chip-places.json); `unknown`: no source says it for this one. */
export const chipPlaces = ['data-page', 'cover', 'card', 'unknown'] as const;

/**
 * How far the face step has come, which hangs on nothing that was found: `asked`: whether the person wants to be filmed; `framing`: they
 * stand right before the camera first; `challenge`: something is asked of them; `closing`: a moment before the end.
 */
export const facePhases = ['asked', 'framing', 'challenge', 'closing'] as const;

/** What somebody may be asked to do before the camera. */
export const faceAsks = [...movements, 'light-amber', 'light-green', 'light-blue'] as const;

export const kioskStateSchema = v.object({
  /** Grows with every change. */
  revision: count,
  screen: kioskScreenSchema,
  /** Counts those who stood here since the start: what a page shows of one it never shows of the next. */
  visit: count,
  language: v.picklist(languages),
  training: v.boolean(),
  standIn: v.boolean(),
  /** What a person may do here without staff. */
  purposes: list(purposeSchema, most.managed),
  purpose: v.nullable(purposeSchema),
  /** Whether the order of the visit came with it, for the person to read: nothing where there is none. */
  order: v.nullable(
    v.object({
      issuer: text(longest.orderIssuer),
      text: text(longest.orderText),
      amount: v.nullable(v.object({ value: text(20), currency: text(3) })),
    }),
  ),
  /** Where to lay the document, as far as its lines say what it is. */
  laying: v.object({ kind: v.picklist(['passport', 'card', 'unknown']), place: v.picklist(chipPlaces) }),
  /** How far the chip is read; from 0 to 1. */
  part: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  said: v.nullable(v.picklist(kioskSaid)),
  /** Seconds that a chip or a lock makes people wait, or null. */
  wait: v.nullable(count),
  /** The face step; null outside it. `number` tells one that is asked for from the next. */
  face: v.nullable(
    v.object({
      phase: v.picklist(facePhases),
      asked: v.nullable(v.object({ number: count, ask: v.picklist(faceAsks) })),
    }),
  ),
  result: v.nullable(v.picklist(kioskResults)),
  /** What the person may show to a colleague: the last letters of the record's number; null where there is none. */
  receipt: v.nullable(text(12)),
  /** Whether somebody was called. */
  called: v.boolean(),
  /** Until the screen is wiped, once that is near; null before. */
  time: v.nullable(v.object({ total: count, left: count })),
  speech: v.boolean(),
  lower: v.boolean(),
  contrast: v.boolean(),
  /** Whether a colleague has to sign in to leave the kiosk: training without operators has nobody who could. */
  signIn: v.boolean(),
  /** Why the kiosk is out of order, for whoever comes to mend it. */
  code: v.nullable(code),
  /** The specimens that can be laid in training; empty elsewhere. */
  specimens: list(v.object({ id: text(60), title: text(200) }), most.records),
  /** What lies on the training reader. */
  specimen: v.nullable(text(60)),
});

/** The screens between which a person goes by themselves. */
const ownScreens = v.picklist(['language', 'purpose', 'way', 'film', 'can', 'fields', 'lay']);
const flag = v.boolean();

/** Each call: the schema of its arguments (a tuple) and of its answer. */
export const kioskMethods = {
  state: { args: nothing, answer: kioskStateSchema },
  /** Somebody is there: a touch, a key. It keeps the screen from being wiped, and says nothing of where. */
  touched: { args: nothing, answer: done },
  /** Goes to a screen for which there is ground; elsewhere nothing happens. */
  go: { args: v.tuple([ownScreens]), answer: done },
  chooseLanguage: { args: v.tuple([v.picklist(languages)]), answer: done },
  choosePurpose: { args: v.tuple([purposeSchema]), answer: done },
  /** What a scanner typed or the camera read: the lines of a document, or an order. What is wrong with it stands in `said`. */
  scan: { args: v.tuple([text(Math.max(longest.swipe, longest.orderCode))]), answer: done },
  /** The six digits on the document. */
  typeCan: { args: v.tuple([text(6)]), answer: done },
  /** Number, day of birth and last day, as the document's lines write them. */
  typeFields: {
    args: v.tuple([v.strictObject({ documentNumber: text(40), birthDate: text(6), expiryDate: text(6) })]),
    answer: done,
  },
  'mrz.judgeFilmed': filmedMethods['mrz.judgeFilmed'],
  /** What the film of the face has shown so far; passed over outside the face step. */
  'case.faceFilmed': filmedMethods['case.faceFilmed'],
  /** The person wants their face to be filmed. */
  beginFace: { args: nothing, answer: done },
  /** The face is seen well: what is asked for may begin. Whoever asked for less motion (`true`) is shown no changing light. */
  faceFramed: { args: v.tuple([flag]), answer: done },
  /**
   * What was measured of what was asked for under this number: thousandths, 500 and more where it was done; null where it could not be
   * measured. Told once, and passed over where nothing of that number is asked for, or it comes sooner than anybody could have done it.
   */
  answerChallenge: { args: v.tuple([v.pipe(count, v.maxValue(1_000)), v.nullable(thousandths)]), answer: done },
  /** The face step is over: the person would rather have a colleague do it, or nothing can be filmed. Why is not told. */
  endFace: { args: nothing, answer: done },
  /** Opens the camera to the page to film a document's lines or the face, and closes it. */
  'case.camera': { args: v.tuple([flag]), answer: openedCameraSchema },
  /** By what names cameras are there: kept for whoever chooses among them. */
  camerasSeen: { args: v.tuple([list(text(longest.cameraName), mostCameraNames)]), answer: done },
  /** The camera did not start, is gone, or is mounted wrong: told to whoever looks after the kiosk. */
  cameraFailed: { args: v.tuple([v.picklist(cameraTroubles)]), answer: done },
  /** Reads what lies there once more. */
  tryAgain: { args: nothing, answer: done },
  /** Calls a colleague, or says that none is needed. */
  callStaff: { args: v.tuple([flag]), answer: done },
  /** Goes on from where a colleague was called. */
  goOn: { args: nothing, answer: done },
  /** How the person wants to be told: by speech, in the lower part of the screen, in strong contrast. */
  prefer: {
    args: v.tuple([
      v.strictObject({ speech: v.exactOptional(flag), lower: v.exactOptional(flag), contrast: v.exactOptional(flag) }),
    ]),
    answer: done,
  },
  /** The person leaves: the screen is wiped. */
  leave: { args: nothing, answer: done },
  /** A colleague comes to the kiosk: the desk's window opens. What refuses them stands in `said`. */
  signIn: { args: v.tuple([text(longest.sign), text(1000)]), answer: done },
  /** Lays a specimen on the training reader; null lifts it. Nothing happens outside training. */
  lay: { args: v.tuple([v.nullable(text(60))]), answer: done },
} as const;

export type KioskMethod = keyof typeof kioskMethods;
export type KioskArguments<M extends KioskMethod> = v.InferOutput<(typeof kioskMethods)[M]['args']>;
export type KioskAnswer<M extends KioskMethod> = v.InferOutput<(typeof kioskMethods)[M]['answer']>;
export type KioskState = v.InferOutput<typeof kioskStateSchema>;
export type KioskScreen = (typeof kioskScreens)[number];
export type KioskSaid = (typeof kioskSaid)[number];
export type KioskResultWord = (typeof kioskResults)[number];
export type ChipPlace = (typeof chipPlaces)[number];

/** How a call answers across the bridge. */
export type KioskCall<M extends KioskMethod> =
  | { readonly ok: true; readonly value: KioskAnswer<M> }
  | { readonly ok: false; readonly code: v.InferOutput<typeof code> };

export const kioskChannel = (method: KioskMethod) => `styrk-kiosk:${method}` as const;
export const kioskStateChannel = 'styrk-kiosk-state';

/** What the preload script puts on the kiosk's page as `window.styrkKiosk`. */
export interface KioskBridge {
  call<M extends KioskMethod>(method: M, ...args: KioskArguments<M>): Promise<KioskCall<M>>;
  /** Listens to states; the answer stops it. */
  onState(listener: (state: KioskState) => void): () => void;
}
