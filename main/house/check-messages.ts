import * as v from 'valibot';
import { count, failure, readTold } from '../inspection/evidence-schema.ts';
import { type FailureCode, failureCodes } from '../result/failure-codes.ts';
import type { CheckKeys, RecordsCheck } from '../store/check/check-records.ts';

/** What a thread is started for that checks the records of a folder. */
export interface CheckWork {
  readonly path: string;
  /** Overwritten by the thread at its end. */
  readonly sealingKey: Uint8Array;
  readonly keys: Omit<CheckKeys, 'sealingKey'>;
  /** Null where everything is to be read in full. */
  readonly remembered: { readonly size: number; readonly root: Uint8Array } | null;
}

/** How far a check is: so many records of so many. */
export interface CheckProgress {
  readonly done: number;
  readonly all: number;
}

/** What a checking thread tells. All but `progress` end its work. */
export type CheckMessage =
  | { readonly type: 'progress'; readonly progress: CheckProgress }
  | { readonly type: 'ended'; readonly found: RecordsCheck }
  | { readonly type: 'failure'; readonly code: FailureCode; readonly fields: v.InferOutput<typeof failure>['fields'] };

/*
 * The form of everything that a checking thread tells: it has read rows that anyone may have written, and what it tells is bounded
 * here before anything rests on it (docs/decisions/0011-one-judgement.md).
 */

const name = v.pipe(v.string(), v.maxLength(200));
const mostNamed = 1_000_000;
const code = v.picklist(failureCodes);
const chainCode = v.custom<RecordsCheck['chain']['broken'][number]['code']>((value) => startsAs(value, 'record.'));
const logCode = v.custom<RecordsCheck['log']['broken'][number]['code']>((value) => startsAs(value, 'log.'));
const named = <Item extends v.GenericSchema>(item: Item) => v.pipe(v.array(item), v.maxLength(mostNamed));
// A record that somebody wrote by hand may have any number.
const number = v.pipe(v.number(), v.safeInteger());

const found = v.strictObject({
  chain: v.strictObject({
    records: count,
    erased: count,
    intact: v.boolean(),
    broken: named(v.strictObject({ id: name, number, code: chainCode })),
  }),
  log: v.strictObject({
    size: v.nullable(count),
    intact: v.boolean(),
    broken: named(v.strictObject({ number: v.nullable(number), code: logCode })),
  }),
  backwards: named(v.strictObject({ id: name, number })),
  rested: count,
  root: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
});

const message = v.variant('type', [
  v.strictObject({ type: v.literal('progress'), progress: v.strictObject({ done: count, all: count }) }),
  v.strictObject({ type: v.literal('ended'), found }),
  v.strictObject({ type: v.literal('failure'), ...failure.entries }),
]);

function startsAs(value: unknown, beginning: string): boolean {
  return typeof value === 'string' && value.startsWith(beginning) && v.is(code, value);
}

/** What a checking thread told; null where it is nothing that one tells. */
export function checkMessage(told: unknown): CheckMessage | null {
  return readTold(message, told);
}
