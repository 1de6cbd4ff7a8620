import type { Database } from 'better-sqlite3';
import { type PlainDate, parsePlainDate } from '../result/plain-date.ts';
import { prepared } from './prepared.ts';

/** The newest day that the station has seen. */
export interface NewestDay {
  readonly day: PlainDate;
  /** Whether an administrator said that this is the newest: what is dated later was wrong. */
  readonly accepted: boolean;
}

/** Null where the station has seen none. */
export function newestDay(database: Database): NewestDay | null {
  const found = database
    .prepare<[], { day: string; accepted: number }>('SELECT day, accepted FROM newest_day WHERE only_row = 1')
    .get();
  const day = found === undefined ? null : parsePlainDate(found.day);
  return day === null ? null : { day, accepted: found?.accepted === 1 };
}

/** Keeps the newest of these days where it is newer than the one that is kept: no day goes back. Inside a marked change. */
export function noteDays(database: Database, days: readonly (string | null)[]): void {
  const newest = days.filter((day) => day !== null && parsePlainDate(day) !== null).reduce(later, null);
  if (newest === null) return;
  prepared<[string]>(
    database,
    `INSERT INTO newest_day (only_row, day) VALUES (1, ?)
     ON CONFLICT (only_row) DO UPDATE SET day = excluded.day WHERE excluded.day > newest_day.day`,
  ).run(newest);
}

/** Keeps this day whatever was kept before: an administrator's act. Inside a marked change. */
export function acceptDay(database: Database, day: PlainDate): void {
  database
    .prepare(
      `INSERT INTO newest_day (only_row, day, accepted) VALUES (1, ?, 1)
       ON CONFLICT (only_row) DO UPDATE SET day = excluded.day, accepted = 1`,
    )
    .run(day);
}

function later(one: string | null, other: string | null): string | null {
  return (one ?? '') > (other ?? '') ? one : other;
}
