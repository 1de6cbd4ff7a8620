import type { Database } from 'better-sqlite3';
import type { FailureCode } from '../result/failure-codes.ts';
import { guarded } from './database-failure.ts';

/** Cases for a colleague at another station, or how cases of that one ended. */
export type StoredParcelKind = 'referrals' | 'outcomes';

/** The parcel in which a case, or its end, goes to another station by headquarters. Instants are ISO 8601. */
export interface SentParcel {
  readonly kind: StoredParcelKind;
  /** The id of the case. */
  readonly id: string;
  readonly station: string;
  /** SHA-256 over the parcel that was made last, lower-case hex. */
  readonly digest: string;
  /** When the first one was made, and the last one. */
  readonly since: string;
  readonly madeAt: string;
  /** When it lay at headquarters; null before, and where it is to be made anew. */
  readonly sentAt: string | null;
  readonly takenAt: string | null;
  /** So many were made after the first. */
  readonly tries: number;
  /** Why its addressee did not take the last one; null where it did, or has not told. */
  readonly code: FailureCode | null;
}

/** A parcel that came and was not taken; an empty digest stands for all of a station that is not trusted. */
export interface RefusedParcel {
  readonly station: string;
  readonly digest: string;
  readonly kind: StoredParcelKind;
  readonly code: FailureCode;
  readonly since: string;
  readonly triedAt: string;
  readonly tries: number;
}

/** How parcels over headquarters stand. Instants are ISO 8601. */
export interface ParcelReport {
  /** So many do not lie at headquarters yet, and so many lie there and were not taken. */
  readonly waiting: number;
  readonly onTheWay: number;
  /** Since when the oldest of both. */
  readonly since: string | null;
  /** What could not be taken: here (`in`) or at the station that it was for (`out`); the newest fifty. */
  readonly refused: readonly {
    readonly way: 'in' | 'out';
    readonly station: string;
    readonly kind: StoredParcelKind;
    readonly code: FailureCode;
    readonly since: string;
  }[];
  /** How the last try ended; null before the first. */
  readonly last: {
    readonly triedAt: string;
    readonly code: FailureCode | null;
    readonly failingSince: string | null;
  } | null;
}

/**
 * What this station remembers of parcels over headquarters. It needs no mark: what goes is decided by acts and by the sealed cases, and
 * headquarters is asked what lies there. Fails as the database does.
 */
export interface ParcelsRepository {
  /** Those that were not taken yet, the oldest first. */
  untaken(): readonly SentParcel[];
  /** Cases that their addressee has had, or refused for good, and that still wait there, the oldest first. */
  away(): readonly SentParcel[];
  get(kind: StoredParcelKind, id: string): SentParcel | null;
  /** A parcel was made for this case and lies nowhere yet. Part of what takes the case out of the queue, where it does. */
  noteMade(made: Pick<SentParcel, 'kind' | 'id' | 'station' | 'digest'>, at: string): void;
  noteSent(digest: string, at: string): void;
  /** `code`: its addressee refused it, for good. */
  noteTaken(digest: string, at: string, code: FailureCode | null): void;
  /** It lies there no more, or was refused: another is to be made. */
  noteLost(digest: string, code: FailureCode | null): void;
  /** Its addressee is sent another, whatever became of this one. */
  askAgain(digest: string): void;
  /** The end of this case is told once more, as if it had never been. */
  forgetEnd(id: string): void;
  /** Forgets cases that do not wait at another station any more, and ends that were taken before `before`. */
  tidy(before: string): void;
  refused(): readonly RefusedParcel[];
  noteRefused(refused: Pick<RefusedParcel, 'station' | 'digest' | 'kind' | 'code'>, at: string): void;
  /** This one is told no more: it was taken, lies there no longer, or was told for long enough. */
  forgetRefused(station: string, digest: string): void;
  /** How a round ended; null: well. */
  noteTry(at: string, code: FailureCode | null): void;
}

const sentColumns = `SELECT kind, id, station, digest, since, made_at AS madeAt, sent_at AS sentAt, taken_at AS takenAt, tries, code
  FROM parcels_sent`;
const refusedColumns = `SELECT station, digest, kind, code, refused_since AS since, tried_at AS triedAt, tries FROM parcels_refused`;
/** So many are told of; a station that sends more of them is one whose certificate others have. */
const mostTold = 50;
/** So many of a station are remembered, the newest: whoever has its certificate fills no disk, and has none of another one forgotten. */
const mostRefused = 500;

/** What a folder remembers of parcels. Fails as the database does. */
export function parcelsRepository(database: Database, path: string): ParcelsRepository {
  const run = (sql: string, values: object): void => guarded(path, () => void database.prepare(sql).run(values));
  return {
    untaken: () =>
      guarded(path, () =>
        database.prepare<[], SentParcel>(`${sentColumns} WHERE taken_at IS NULL ORDER BY since, id`).all(),
      ),
    away: () =>
      guarded(path, () =>
        database
          .prepare<[], SentParcel>(
            `${sentColumns} WHERE kind = 'referrals' AND taken_at IS NOT NULL AND EXISTS
               (SELECT 1 FROM referrals_handed h WHERE h.id = parcels_sent.id AND h.station = parcels_sent.station)
             ORDER BY since, id`,
          )
          .all(),
      ),
    get: (kind, id) =>
      guarded(
        path,
        () =>
          database.prepare<[string, string], SentParcel>(`${sentColumns} WHERE kind = ? AND id = ?`).get(kind, id) ??
          null,
      ),
    noteMade: (made, at) =>
      run(
        `INSERT INTO parcels_sent (kind, id, station, digest, since, made_at, tries) VALUES (@kind, @id, @station, @digest, @at, @at, 0)
         ON CONFLICT (kind, id) DO UPDATE SET
           since = CASE WHEN station = excluded.station THEN since ELSE excluded.since END,
           tries = CASE WHEN station = excluded.station THEN tries + 1 ELSE 0 END,
           code = CASE WHEN station = excluded.station THEN code END,
           station = excluded.station, digest = excluded.digest, made_at = excluded.made_at, sent_at = NULL, taken_at = NULL`,
        { ...made, at },
      ),
    noteSent: (digest, at) => run('UPDATE parcels_sent SET sent_at = @at WHERE digest = @digest', { digest, at }),
    noteTaken: (digest, at, code) =>
      run(
        'UPDATE parcels_sent SET sent_at = coalesce(sent_at, @at), taken_at = @at, code = @code WHERE digest = @digest',
        { digest, at, code },
      ),
    noteLost: (digest, code) =>
      run('UPDATE parcels_sent SET sent_at = NULL, code = @code WHERE digest = @digest', { digest, code }),
    askAgain: (digest) =>
      run('UPDATE parcels_sent SET sent_at = NULL, taken_at = NULL, tries = 0, code = NULL WHERE digest = @digest', {
        digest,
      }),
    forgetEnd: (id) => run("DELETE FROM parcels_sent WHERE kind = 'outcomes' AND id = @id", { id }),
    tidy: (before) =>
      run(
        `DELETE FROM parcels_sent WHERE CASE kind
           WHEN 'referrals' THEN NOT EXISTS (SELECT 1 FROM referrals_handed h WHERE h.id = parcels_sent.id AND h.station = parcels_sent.station)
           ELSE taken_at < @before END`,
        { before },
      ),
    refused: () => guarded(path, () => database.prepare<[], RefusedParcel>(`${refusedColumns} ORDER BY since`).all()),
    noteRefused: (refused, at) => {
      run(
        `INSERT INTO parcels_refused (station, digest, kind, code, refused_since, tried_at, tries)
         VALUES (@station, @digest, @kind, @code, @at, @at, 1)
         ON CONFLICT (station, digest) DO UPDATE SET kind = excluded.kind, tried_at = excluded.tried_at, tries = tries + 1,
           refused_since = CASE WHEN code = excluded.code THEN refused_since ELSE excluded.refused_since END, code = excluded.code`,
        { ...refused, at },
      );
      run(
        `DELETE FROM parcels_refused WHERE station = @station AND rowid NOT IN
           (SELECT rowid FROM parcels_refused WHERE station = @station ORDER BY tried_at DESC, rowid DESC LIMIT ${mostRefused})`,
        { station: refused.station },
      );
    },
    forgetRefused: (station, digest) =>
      run('DELETE FROM parcels_refused WHERE station = @station AND digest = @digest', { station, digest }),
    noteTry: (at, code) =>
      run(
        `INSERT INTO parcel_state (only_row, tried_at, code, failing_since) VALUES (1, @at, @code, @since)
         ON CONFLICT (only_row) DO UPDATE SET tried_at = @at, code = @code,
           failing_since = CASE WHEN @code IS NULL THEN NULL ELSE coalesce(failing_since, @at) END`,
        { at, code, since: code === null ? null : at },
      ),
  };
}

/** How parcels stand. Needs no key. */
export function parcelReport(database: Database): ParcelReport {
  const { waiting, onTheWay, since } = database
    .prepare<[], Pick<ParcelReport, 'waiting' | 'onTheWay' | 'since'>>(
      `SELECT count(*) FILTER (WHERE sent_at IS NULL) AS waiting, count(sent_at) AS onTheWay, min(since) AS since
       FROM parcels_sent WHERE taken_at IS NULL`,
    )
    .get() ?? { waiting: 0, onTheWay: 0, since: null };
  const refused = database
    .prepare<[], ParcelReport['refused'][number]>(
      `SELECT 'in' AS way, station, kind, code, refused_since AS since FROM parcels_refused
       UNION ALL SELECT 'out', station, kind, code, made_at FROM parcels_sent WHERE code IS NOT NULL
       ORDER BY since DESC LIMIT ${mostTold}`,
    )
    .all();
  const last = database
    .prepare<[], NonNullable<ParcelReport['last']>>(
      'SELECT tried_at AS triedAt, code, failing_since AS failingSince FROM parcel_state',
    )
    .get();
  return { waiting, onTheWay, since, refused, last: last ?? null };
}
