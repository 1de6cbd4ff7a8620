import type { Database } from 'better-sqlite3';
import { newestDay } from './newest-day.ts';
import { prepared } from './prepared.ts';

/** What the station's own records tell of its clock. */
export interface RecordedTime {
  /** The newest instant among the last thousand records that count (ISO 8601); null without one. */
  readonly newestAt: string | null;
  /** The act by which administrators said last that the clock is right (`clock accept`), by its number; null where none did. */
  readonly acceptedBy: number | null;
}

interface Acceptance {
  readonly number: number;
  readonly at: string;
  /** The newest record of that moment; null in an act of an earlier app. */
  readonly record: number | null;
}

/**
 * What was written before administrators accepted the clock, and is dated later than they did, was dated by a clock that ran ahead,
 * by hours or by years; so was what is dated later than the newest day that counts. It counts no more.
 */
export function recordedTime(database: Database): RecordedTime {
  const accepted = lastAcceptance(database);
  const restsOn = JSON.stringify([accepted, newestDay(database), lastRecord(database)]);
  const known = told.get(database);
  if (known?.restsOn === restsOn) return known.time;
  const found = prepared<[{ at: string | null; record: number | null }], { newestAt: string | null }>(
    database,
    `SELECT max(written_at) AS newestAt FROM (SELECT number, written_at FROM records ORDER BY number DESC LIMIT 1000)
     WHERE substr(written_at, 1, 10) <= coalesce((SELECT day FROM newest_day WHERE only_row = 1), '9999')
       AND (@record IS NULL OR number > @record OR written_at <= @at)`,
  ).get({ at: accepted?.at ?? null, record: accepted?.record ?? null });
  const time = { newestAt: found?.newestAt ?? null, acceptedBy: accepted?.number ?? null };
  told.set(database, { restsOn, time });
  return time;
}

// Asked for with each look at an open case: what it rests on is compared, and the records are gone through only where it is another.
const told = new WeakMap<Database, { readonly restsOn: string; readonly time: RecordedTime }>();

function lastRecord(database: Database): unknown {
  return prepared(database, 'SELECT number, written_at FROM records ORDER BY number DESC LIMIT 1').get() ?? null;
}

function lastAcceptance(database: Database): Acceptance | null {
  const found = prepared<[], Acceptance>(
    database,
    `SELECT number, at, json_extract(detail, '$.record') AS record FROM acts
     WHERE kind = 'clock.accept' ORDER BY number DESC LIMIT 1`,
  ).get();
  return found ?? null;
}
