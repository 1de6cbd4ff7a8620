import { asFailure, Failure } from '../result/failure.ts';
import { addYears, type PlainDate, parsePlainDate } from '../result/plain-date.ts';
import type { Retention } from '../verification/terms.ts';
import type { Act } from './act.ts';
import { numbersIn } from './record-numbers.ts';

/** From what the years run: the bank says so (AMLR 2024/1624 art. 77(3)). */
export const retentionEvents = ['relationship-ended', 'transaction-done'] as const;
export type RetentionEventKind = (typeof retentionEvents)[number];

export interface RetentionEvent {
  readonly kind: RetentionEventKind;
  readonly on: PlainDate;
}

/** What a record is kept by where its policy said nothing: AMLR art. 77(3), five years. */
export const usualRetention: Retention = { keep: 'reference', years: 5 };

/** How much longer an authority may have a record kept: case by case, five years at most (AMLR art. 77(4)). */
export const mostHeldYears = 5;

/** Why and when a record was erased. */
export interface Erasure extends Retention {
  readonly on: PlainDate;
  /** Null where the years ran from the record's own day. */
  readonly event: RetentionEvent | null;
}

/** Records that an authority has kept longer, by the act that said so. */
export interface Hold {
  /** The number of its act. */
  readonly number: number;
  readonly until: PlainDate;
  readonly records: readonly number[];
  /** It does not keep them any more. */
  readonly released: boolean;
}

/** What the acts say of records: everything that decides whether one is erased, and nothing of what stood in it. */
export interface RetentionLedger {
  readonly events: ReadonlyMap<number, RetentionEvent>;
  readonly holds: readonly Hold[];
  /** Until when those that stand keep a record. */
  readonly heldUntil: ReadonlyMap<number, PlainDate>;
  readonly erased: ReadonlyMap<number, Erasure>;
}

/** Reads the acts, oldest first. One that this app cannot read says nothing. */
export function ledgerOf(acts: readonly (Act & { readonly number: number })[]): RetentionLedger {
  const events = new Map<number, RetentionEvent>();
  const holds = new Map<number, Hold>();
  const erased = new Map<number, Erasure>();
  for (const { number: act, kind, detail } of acts) {
    const records = numbersIn(String(detail.records ?? ''));
    if (kind === 'record.event') {
      const event = eventIn(detail);
      for (const record of records) {
        if (event === null) events.delete(record);
        else events.set(record, event);
      }
    }
    const until = dayIn(detail.until);
    if (kind === 'record.hold' && until !== null) holds.set(act, { number: act, until, records, released: false });
    const ended = kind === 'record.release' ? holds.get(Number(detail.hold)) : undefined;
    if (ended !== undefined) holds.set(ended.number, { ...ended, released: true });
    const erasure = kind === 'record.erase' ? erasureIn(detail) : null;
    if (erasure !== null) for (const record of records) erased.set(record, erasure);
  }
  return { events, holds: [...holds.values()], heldUntil: latestOf([...holds.values()]), erased };
}

function latestOf(holds: readonly Hold[]): ReadonlyMap<number, PlainDate> {
  const latest = new Map<number, PlainDate>();
  for (const { records, until } of holds.filter(({ released }) => !released))
    for (const record of records) if ((latest.get(record) ?? '') < until) latest.set(record, until);
  return latest;
}

/**
 * The last day on which a record is kept; null where the years have not begun to run. `none` belongs to no relationship: the
 * years run from the record's own day. A hold lengthens that by five years at most, whatever it says.
 */
export function keptUntil(record: {
  readonly retention: Retention;
  readonly writtenOn: PlainDate;
  readonly event: RetentionEvent | null;
  readonly heldUntil: PlainDate | null;
}): PlainDate | null {
  const { retention, writtenOn, event, heldUntil } = record;
  const begins = event?.on ?? (retention.keep === 'none' ? writtenOn : null);
  if (begins === null) return null;
  const until = addYears(begins, retention.years);
  if (heldUntil === null || heldUntil <= until) return until;
  const longest = addYears(until, mostHeldYears);
  if (heldUntil > longest) return longest;
  return heldUntil;
}

/** What an act of erasing says of why, as `ledgerOf` reads it. */
export function erasureDetail({ keep, years, on, event }: Erasure): Act['detail'] {
  return { keep, years, on, event: event?.kind ?? null, eventOn: event?.on ?? null };
}

/** A failure in the middle of an erasing: what was erased before stays erased, and how many those were is told with it. */
export function stoppedAfter(erased: number, thrown: unknown): unknown {
  if (erased === 0) return thrown;
  const { code, fields } = asFailure(thrown);
  const before = typeof fields.erased === 'number' ? fields.erased : 0;
  return new Failure(code, { ...fields, erased: erased + before }, thrown);
}

function erasureIn(detail: Act['detail']): Erasure | null {
  const on = dayIn(detail.on);
  const keep = (['copy', 'reference', 'none'] as const).find((word) => word === detail.keep);
  if (on === null || keep === undefined || typeof detail.years !== 'number') return null;
  return { on, keep, years: detail.years, event: eventIn({ event: detail.event ?? null, on: detail.eventOn ?? null }) };
}

function eventIn({ event, on }: Act['detail']): RetentionEvent | null {
  const kind = retentionEvents.find((word) => word === event);
  const day = dayIn(on);
  return kind === undefined || day === null ? null : { kind, on: day };
}

function dayIn(value: Act['detail'][string] | undefined): PlainDate | null {
  return typeof value === 'string' ? parsePlainDate(value) : null;
}
