import * as v from 'valibot';
import { longest } from '../main/result/bounds.ts';
import { count, done, nothing, text } from './contract-parts.ts';
import { readerTestSchema } from './reader-contract.ts';

/*
 * First set-up of a station, step by step: a part of the contract (`contract.ts`). What is done is told by what is there, never by
 * what somebody pressed; what nobody can look up here is told as said.
 */

/** The steps, in the order in which they are gone through; `overview` is what came of them. */
const doneSteps = ['station', 'key', 'lists', 'administrator', 'reader', 'case'] as const;
export const setUpSteps = [...doneSteps, 'overview'] as const;
export const setUpStepSchema = v.picklist(setUpSteps);
const doneStepSchema = v.picklist(doneSteps);

const kindSchema = v.picklist(['attended', 'unattended']);
const stationName = text(longest.stationName);

/** What was typed of the station and not kept yet. */
const draftSchema = v.strictObject({ name: stationName, kind: v.nullable(kindSchema) });

/** What is kept of a set-up in the folder, across restarts. */
export const setUpKeptSchema = v.object({
  over: v.boolean(),
  step: setUpStepSchema,
  skipped: v.pipe(v.array(doneStepSchema), v.maxLength(setUpSteps.length)),
  /** Whether staff say that a training case was taken, where nothing here can tell. */
  saidCase: v.boolean(),
  draft: v.nullable(draftSchema),
  reader: v.nullable(readerTestSchema),
});

export const setUpViewSchema = v.object({
  /** Whether somebody has ended the set-up; what is not done can be done all the same. */
  over: v.boolean(),
  /** Where it was left. */
  step: setUpStepSchema,
  /** `open`: nobody has come to it, or it came to nothing; `said`: staff say so, and nothing here can tell. */
  steps: v.array(v.object({ step: doneStepSchema, state: v.picklist(['done', 'said', 'skipped', 'open']) })),
  /** Null where nobody has named the station, or said of what kind it is. */
  name: v.nullable(stationName),
  kind: v.nullable(kindSchema),
  draft: v.nullable(draftSchema),
  certificates: count,
  administrators: count,
  /** Whether a key for backups is set. */
  backup: v.boolean(),
  /** The newest test of a reader that something answered; null before. */
  reader: v.nullable(readerTestSchema),
});

/** The calls of this part. */
export const setUpMethods = {
  'setUp.state': { args: nothing, answer: setUpViewSchema },
  /** Where the set-up stands now, and what is typed of the station: both are there after a restart. */
  'setUp.stand': { args: v.tuple([setUpStepSchema, v.nullable(draftSchema)]), answer: done },
  /**
   * Leaves a step out, takes that back (`open`), or says that it is done where nothing here can tell: of the training case of an
   * ordinary folder alone, else fails with `call.malformed`.
   */
  'setUp.note': { args: v.tuple([doneStepSchema, v.picklist(['skipped', 'said', 'open'])]), answer: done },
  /**
   * Asks what lies on the reader whether it is a travel document; nothing of it is read. Fails with `case.busy` while a case is open,
   * `card.absent`, and as the readers and the card do.
   */
  'setUp.testReader': { args: nothing, answer: readerTestSchema },
  /** The set-up is over: it does not come by itself any more. */
  'setUp.finish': { args: nothing, answer: done },
  /**
   * Names the station and says of what kind it is, once people have confirmed it outside the page; a kind of null leaves it as it is.
   * Fails with `settings.managed`, `station.name-missing` for a name of nothing, and as confirmations do.
   */
  'station.set': {
    args: v.tuple([v.strictObject({ name: stationName, kind: v.nullable(kindSchema) })]),
    answer: done,
  },
} as const;

export type SetUpStep = (typeof setUpSteps)[number];
export type SetUpView = v.InferOutput<typeof setUpViewSchema>;
export type SetUpDraft = v.InferOutput<typeof draftSchema>;
