import * as v from 'valibot';
import { count, failure, readTold } from '../inspection/evidence-schema.ts';
import type { RosterMessage } from './roster-messages.ts';

/*
 * The form of everything that an importing thread tells: it has read a stranger's file, and what it tells is bounded here before
 * anything rests on it (docs/decisions/0011-one-judgement.md).
 */

const longestText = 65_535;
/** A row of a file is no longer, and so no header has more columns. */
const mostColumns = 16_384;
/** Kinds of notes are few, and of each so many lines are named (`stage.ts`). */
const mostNotes = 1_000;
const mostLines = 1_000;

const text = v.pipe(v.string(), v.maxLength(longestText));
const notNegative = v.pipe(v.number(), v.finite(), v.minValue(0));

const progress = v.strictObject({
  stage: v.picklist(['looking', 'taking', 'indexing']),
  part: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  people: count,
  perSecond: notNegative,
  secondsLeft: v.nullable(notNegative),
});

const report = v.strictObject({
  read: count,
  added: count,
  replaced: count,
  rejected: count,
  encoding: v.picklist(['utf-8', 'windows-1252']),
  unused: v.pipe(v.array(text), v.maxLength(mostColumns)),
  notes: v.pipe(
    v.array(
      v.strictObject({
        kind: v.picklist(['fault', 'remark', 'sharing']),
        note: text,
        count,
        lines: v.pipe(v.array(count), v.maxLength(mostLines)),
      }),
    ),
    v.maxLength(mostNotes),
  ),
  resumed: v.boolean(),
  taken: v.boolean(),
});

const message = v.variant('type', [
  v.strictObject({ type: v.literal('progress'), progress }),
  v.strictObject({ type: v.literal('ended'), report }),
  v.strictObject({ type: v.literal('failure'), ...failure.entries }),
]);

/** What an importing thread told; null where it is nothing that one tells. */
export function rosterMessage(told: unknown): RosterMessage | null {
  return readTold(message, told);
}
