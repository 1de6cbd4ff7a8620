import * as v from 'valibot';
import { longest } from '../main/result/bounds.ts';
import { count, day, done, list, nothing, text } from './contract-parts.ts';
import { officeBounds } from './office-contract.ts';

/*
 * How long records are kept, as the office asks and says it: a part of the contract (`contract.ts`). Every change is confirmed outside
 * the page (`main/station/dangerous-acts.ts`) and a recorded act; all of it needs the folder's key.
 */

/** Which records are meant: one, by its number or id, or all of a person on file. */
export const meantRecordsSchema = v.union([
  v.strictObject({ record: text(60) }),
  v.strictObject({ customer: text(longest.query) }),
]);

/** Numbers of records as text (`1-7 12`), cut where they are many, and how many there are. */
const numbered = { numbers: text(officeBounds.numbers), count } as const;
const keep = v.picklist(['copy', 'reference', 'none']);
const event = v.picklist(['relationship-ended', 'transaction-done']);

export const retentionViewSchema = v.object({
  today: day,
  /** Those whose time is over, and the next day on which one's is; null where none has begun to run out. */
  due: v.object(numbered),
  next: v.nullable(day),
  /** Records that an authority has kept longer. Whom it looks into is told to nobody else (AMLR 2024/1624 art. 73). */
  holds: list(
    v.object({
      hold: count,
      until: day,
      ...numbered,
      authority: v.nullable(text(longest.reason)),
      reason: v.nullable(text(longest.reason)),
    }),
    officeBounds.holds,
  ),
  erased: count,
  /** The newest erasings, each with the rule and what the years ran from (null: the record's own day). */
  erasures: list(
    v.object({ on: day, keep, years: count, event: v.nullable(event), eventOn: v.nullable(day), ...numbered }),
    officeBounds.erasures,
  ),
});

const meant = v.object(numbered);

/** The calls of this part. What people confirm fails with `trust.not-confirmed`, `confirm.timed-out`, `confirm.open`, `confirm.changed`. */
export const retentionMethods = {
  'retention.state': { args: nothing, answer: retentionViewSchema },
  /**
   * From which day the years of these records run; null takes that back. Fails with `record.not-found`, `record.erased`,
   * `retention.customer-unknown`, `retention.day`.
   */
  'retention.event': {
    args: v.tuple([meantRecordsSchema, v.nullable(v.strictObject({ kind: event, on: day }))]),
    answer: meant,
  },
  /** An authority has them kept longer. Fails as above, and with `decision.reason-missing`, `retention.hold-too-long`. */
  'retention.hold': {
    args: v.tuple([
      meantRecordsSchema,
      v.strictObject({ authority: text(longest.reason), reason: text(longest.reason), until: day }),
    ]),
    answer: meant,
  },
  /** A hold keeps its records no longer. Fails with `retention.hold-unknown`. */
  'retention.release': { args: v.tuple([count]), answer: done },
  /** Erases what is due now, a batch at a time: how many went, and are left. Fails as erasing in the background does. */
  'retention.erase': { args: nothing, answer: v.object({ erased: count, left: count, cleaned: v.boolean() }) },
} as const;

export type MeantRecordsInput = v.InferOutput<typeof meantRecordsSchema>;
export type RetentionView = v.InferOutput<typeof retentionViewSchema>;
