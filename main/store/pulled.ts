import type { Database } from 'better-sqlite3';
import type { FailureCode } from '../result/failure-codes.ts';
import { guarded } from './database-failure.ts';
import type { StoreMarks } from './marks/store-marks.ts';

/** What headquarters sent last of a kind. */
export interface PulledIssue {
  readonly kind: string;
  /** Counts up; one that is not higher is older. */
  readonly number: number;
  /** SHA-256 over what was sent, lower-case hex. */
  readonly digest: string;
  /** ISO 8601: when headquarters signed it, and when it was taken. */
  readonly issuedAt: string;
  readonly takenAt: string;
}

/** The newest of each kind that came from headquarters. All of it fails with `trust.tampered` where others touched what is kept. */
export interface PulledRepository {
  readonly list: () => readonly PulledIssue[];
  readonly get: (kind: string) => PulledIssue | null;
  readonly put: (issue: PulledIssue) => void;
  /**
   * How a try to fetch ended; null: well. `refused` takes the place of what the last try could not take; without it that stands: the
   * try did not come so far.
   */
  readonly noteTry: (at: string, code: FailureCode | null, refused?: readonly Omit<PullRefusal, 'since'>[]) => void;
}

/** What headquarters issued and could not be taken. */
export interface PullRefusal {
  readonly kind: string;
  readonly number: number;
  readonly code: FailureCode;
  /** ISO 8601: when it was refused first. */
  readonly since: string;
}

/** How the last try to fetch what headquarters issued ended. Instants are ISO 8601. */
export interface PullState {
  readonly triedAt: string;
  readonly code: FailureCode | null;
  readonly failingSince: string | null;
  /** What could not be taken the last time that headquarters told what there is, by kind. */
  readonly refused: readonly PullRefusal[];
}

/** The newest of each kind, kept with a mark. */
export function pulledRepository(database: Database, path: string, marks: StoreMarks): PulledRepository {
  const list = (): readonly PulledIssue[] =>
    guarded(path, () =>
      marks.read(() =>
        database
          .prepare<[], PulledIssue>(
            'SELECT kind, number, digest, issued_at AS issuedAt, taken_at AS takenAt FROM pulled ORDER BY kind',
          )
          .all(),
      ),
    );
  return {
    list,
    get: (kind) => list().find((issue) => issue.kind === kind) ?? null,
    put: (issue) =>
      guarded(path, () =>
        marks.write(() =>
          database
            .prepare(
              `INSERT INTO pulled (kind, number, digest, issued_at, taken_at)
               VALUES (@kind, @number, @digest, @issuedAt, @takenAt)
               ON CONFLICT (kind) DO UPDATE SET number = excluded.number, digest = excluded.digest,
                 issued_at = excluded.issued_at, taken_at = excluded.taken_at`,
            )
            .run(issue),
        ),
      ),
    noteTry: (at, code, refused) =>
      guarded(path, () => {
        if (refused !== undefined) noteRefused(database, at, refused);
        database
          .prepare(
            `INSERT INTO pull_state (only_row, tried_at, code, failing_since) VALUES (1, @at, @code, @since)
             ON CONFLICT (only_row) DO UPDATE SET tried_at = @at, code = @code,
               failing_since = CASE WHEN @code IS NULL THEN NULL ELSE coalesce(failing_since, @at) END`,
          )
          .run({ at, code, since: code === null ? null : at });
      }),
  };
}

/** How the last try ended; null before the first. */
export function pullState(database: Database): PullState | null {
  const row = database
    .prepare<[], Omit<PullState, 'refused'>>(
      'SELECT tried_at AS triedAt, code, failing_since AS failingSince FROM pull_state',
    )
    .get();
  return row === undefined ? null : { ...row, refused: refusedBefore(database) };
}

function refusedBefore(database: Database): readonly PullRefusal[] {
  return database
    .prepare<[], PullRefusal>('SELECT kind, number, code, refused_since AS since FROM pull_refused ORDER BY kind')
    .all();
}

function noteRefused(database: Database, at: string, refused: readonly Omit<PullRefusal, 'since'>[]): void {
  const before = refusedBefore(database);
  const rows = refused.map((now) => {
    const known = before.find(
      ({ kind, number, code }) => kind === now.kind && number === now.number && code === now.code,
    );
    return { ...now, since: known?.since ?? at };
  });
  database.transaction(() => {
    database.prepare('DELETE FROM pull_refused').run();
    const put = database.prepare(
      'INSERT INTO pull_refused (kind, number, code, refused_since) VALUES (@kind, @number, @code, @since)',
    );
    for (const row of rows) put.run(row);
  })();
}
