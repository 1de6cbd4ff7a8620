import * as v from 'valibot';
import { longest, most } from '../main/result/bounds.ts';
import {
  code,
  count,
  day,
  done,
  list,
  namelessSchema,
  nothing,
  outcomeSchema,
  purposeSchema,
  text,
  verdictSchema,
} from './contract-parts.ts';

/*
 * What the office's pages ask of records, of how long they are kept, and of the station itself: a part of the contract
 * (`contract.ts`), in a file of its own.
 */

/** Given names, a space, surname. */
export const longestHolderName = longest.personName + 1 + longest.personName;

/** Bounds of what the office shows; beyond them it is counted. */
export const officeBounds = {
  tellers: 500,
  holds: 200,
  /** Numbers of records as text: `1-7 12`. */
  numbers: 2_000,
  /** A receipt as text: an inclusion path of 64 levels, a checkpoint, its cosignatures. */
  receipt: 16_384,
  broken: 200,
  erasures: 50,
  logLines: 200,
  logEvent: 60,
  logFields: 2_000,
} as const;

const id = text(60);
const sign = text(longest.sign);

export const recordRowSchema = v.object({
  id,
  number: count,
  endedAt: text(30),
  training: v.boolean(),
  purpose: v.nullable(purposeSchema),
  holderName: v.nullable(text(longestHolderName)),
  nameless: namelessSchema,
  /** Null, like the outcome, where the record's seal does not open, and where it was erased. */
  verdict: v.nullable(verdictSchema),
  outcome: v.nullable(outcomeSchema),
  /** Who decided. */
  decidedBy: v.nullable(sign),
  /** The day on which it was erased, because its time was over; null where it was not. */
  erasedOn: v.nullable(day),
});

export const recordViewSchema = v.object({
  row: recordRowSchema,
  hash: text(64),
  /** The record's content as it was sealed. */
  content: v.record(v.string(), v.unknown()),
});

/** What a record must be to be found; null asks for nothing. Days are the station's own. */
export const recordFilterSchema = v.strictObject({
  from: v.nullable(day),
  to: v.nullable(day),
  teller: v.nullable(sign),
  purpose: v.nullable(purposeSchema),
  verdict: v.nullable(verdictSchema),
  /** The number of the document, whole. */
  document: v.nullable(text(longest.number)),
});

export const tellerFiguresSchema = v.object({
  sign,
  cases: count,
  goOn: count,
  referred: count,
  stopped: count,
  abandoned: count,
  /** Decided after a colleague had referred them. */
  ofColleagues: count,
  /** Own cases that were decided otherwise than the verdict says. */
  otherwise: count,
});

/** What is given to a customer, on paper: that a record is there, and what proves it. Nothing of a person. */
export const receiptSchema = v.object({
  recordId: id,
  number: count,
  hash: text(64),
  endedAt: text(30),
  purpose: v.nullable(purposeSchema),
  outcome: v.nullable(outcomeSchema),
  training: v.boolean(),
  /** The `.tlog-proof` of the record. */
  proof: text(officeBounds.receipt),
});

/** The calls of this part: the schema of each one's arguments and answer. */
export const officeMethods = {
  /** The newest lines of this run's log, newest first. Nothing in it tells of a person (`main/station/log.ts`). */
  'app.log': {
    args: nothing,
    answer: list(
      v.object({ at: text(30), event: text(officeBounds.logEvent), fields: text(officeBounds.logFields) }),
      officeBounds.logLines,
    ),
  },
  /**
   * Past cases that fit, newest first, from before a record's number (null: the newest). A page may be short, or empty: while `before`
   * is not null more may come from there. So many records (`behind`) cannot be found yet, the newest of them; asked again, fewer.
   * Fails with `call.malformed` for a day that is none.
   */
  'records.search': {
    args: v.tuple([recordFilterSchema, v.nullable(count)]),
    answer: v.object({ rows: list(recordRowSchema, most.records), before: v.nullable(count), behind: count }),
  },
  'records.show': { args: v.tuple([id]), answer: recordViewSchema },
  /**
   * Whether they are as they were written, and the log over them (`size` null: it has no checkpoint that holds); how far it is stands in
   * the snapshots. All of them are read in full. Fails with `records.check-cancelled`.
   */
  'records.check': {
    args: v.tuple([]),
    answer: v.object({
      records: count,
      /** How many of them were not read in full this time. */
      rested: count,
      erased: count,
      intact: v.boolean(),
      broken: list(v.object({ id: v.nullable(id), number: v.nullable(count), code }), officeBounds.broken),
      brokenCount: count,
      log: v.object({ size: v.nullable(count), intact: v.boolean() }),
      /** Of them so many are of an earlier time than records before them. */
      backwards: count,
      /** Whether the station's acts, on whose word records are erased, are as they were signed, to their signed end. */
      actsWhole: v.boolean(),
    }),
  },
  /** Asks the check that is under way to end. */
  'records.stopCheck': { args: nothing, answer: done },
  /** What was decided in a month (`YYYY-MM`), by who decided. `unread`: records that do not open, or were erased. */
  'records.figures': {
    args: v.tuple([text(7)]),
    answer: v.object({ tellers: list(tellerFiguresSchema, officeBounds.tellers), unread: count, whole: v.boolean() }),
  },
  /** The receipt of a record. Fails with `record.not-found`, `log.missing`. */
  'records.receipt': { args: v.tuple([id]), answer: receiptSchema },
  /**
   * Writes a record, whole and signed by the station, to a file that a person names in a dialog of the system, and beside it pages to
   * read (`pages`, of the same name with `.pdf`); null where they named none. A recorded act. Fails as the export does, and with
   * `output.unwritable`, also where the pages are there already: then neither is written.
   */
  'records.export': {
    args: v.tuple([id]),
    answer: v.nullable(v.object({ file: text(longest.fileName), pages: text(longest.fileName) })),
  },
} as const;

export type RecordRow = v.InferOutput<typeof recordRowSchema>;
export type RecordView = v.InferOutput<typeof recordViewSchema>;
export type RecordFilterInput = v.InferOutput<typeof recordFilterSchema>;
export type TellerFiguresView = v.InferOutput<typeof tellerFiguresSchema>;
export type ReceiptView = v.InferOutput<typeof receiptSchema>;
