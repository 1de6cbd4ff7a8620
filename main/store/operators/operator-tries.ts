import type { Database } from 'better-sqlite3';
import type { Tries } from './lock-out.ts';

/** The subject under which tries at the station as a whole are counted. */
export const stationSubject = 'station';

/** What was tried against this subject; null where its row is gone: then nothing is known, and nobody may go by zero. */
export function readTries(database: Database, subject: string): Tries | null {
  return (
    database.prepare<[string], Tries>('SELECT failures, tries FROM operator_tries WHERE subject = ?').get(subject) ??
    null
  );
}

/** Begins to count. Inside a marked change. */
export function beginTries(database: Database, subject: string): void {
  database.prepare('INSERT INTO operator_tries (subject, failures, tries) VALUES (?, 0, 0)').run(subject);
}

/** Counts a try as wrong until it is known to be right. Inside a marked change. */
export function countTry(database: Database, subject: string): void {
  database
    .prepare('UPDATE operator_tries SET failures = failures + 1, tries = tries + 1 WHERE subject = ?')
    .run(subject);
}

/** Takes so many wrong tries back; the count of all tries stays. Inside a marked change. */
export function takeBack(database: Database, subject: string, failures: number): void {
  database
    .prepare('UPDATE operator_tries SET failures = max(0, failures - ?) WHERE subject = ?')
    .run(failures, subject);
}

/** Forgives all wrong tries, or begins to count where mending had taken the row. Inside a marked change. */
export function forgiveTries(database: Database, subject: string): void {
  database
    .prepare(
      `INSERT INTO operator_tries (subject, failures, tries) VALUES (?, 0, 0)
       ON CONFLICT (subject) DO UPDATE SET failures = 0`,
    )
    .run(subject);
}
