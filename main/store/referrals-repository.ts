import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../crypto/random.ts';
import { open, seal } from '../crypto/sealing.ts';
import { Failure } from '../result/failure.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import { guarded } from './database-failure.ts';

/** A case that waits, by its id and since when (ISO 8601), and what was sealed of it as text. */
export interface WaitingCase {
  readonly id: string;
  readonly at: string;
  readonly text: string;
}

/** A case that waits and does not open any more, whatever was done to the file: by its id and since when (ISO 8601). */
export interface DamagedCase {
  readonly id: string;
  readonly at: string;
}

/** A case that was handed over and waits at another station, whose id this is. */
export interface HandedCase {
  readonly id: string;
  readonly at: string;
  readonly to: string;
}

/**
 * The cases that wait for a colleague. They need no mark: each is sealed with its id under the master key, and the record that it
 * was referred by stands in the chain. One that waits at another station lies here still, sealed with that station's id, and is in
 * nobody's queue here. One that does not open under its seal fails with `referral.damaged`, and keeps none of the others back.
 */
export interface ReferralsRepository {
  put(waiting: WaitingCase): void;
  /** The longest waiting first. */
  list(): { readonly whole: readonly WaitingCase[]; readonly damaged: readonly DamagedCase[] };
  /** The ids of those that wait, in the same order. Nothing is opened. */
  ids(): readonly string[];
  /** Null where none of that id waits, or waits any more. */
  get(id: string): WaitingCase | null;
  /** Fails with `referral.gone` where it does not wait any more: nobody decides it twice. */
  take(id: string): void;
  /** Whether one of that id waits, here or at another station. Nothing is opened. */
  waits(id: string): boolean;
  /** From now on it waits at that station. Fails with `referral.gone` where it does not wait here. */
  handOver(id: string, to: string): void;
  /** Those that wait at other stations, the longest waiting first. Nothing is opened: so there may be many. */
  handed(): readonly HandedCase[];
  /** One that waits at that station; null where it does not. */
  getHanded(id: string, station: string): WaitingCase | null;
  /** It waits here again. Fails with `referral.not-handed` where it does not wait at that station. */
  takeBack(id: string, from: string): void;
  /** It was decided there and waits no more. Fails as `takeBack`. */
  takeHanded(id: string, from: string): void;
}

/** How many cases wait at other stations, and when the oldest of them was referred (ISO 8601). */
export interface AwayCases {
  readonly count: number;
  readonly since: string;
}

/** Null where none waits there. Needs no key. */
export function awayCases(database: Database): AwayCases | null {
  const { count, since } = database
    .prepare<[], { count: number; since: string | null }>(
      'SELECT count(*) AS count, min(at) AS since FROM referrals JOIN referrals_handed USING (id)',
    )
    .get() ?? { count: 0, since: null };
  return since === null ? null : { count, since };
}

interface Row {
  readonly id: string;
  readonly at: string;
  readonly sealed: Uint8Array;
  readonly handedTo: string | null;
}

const utf8 = new TextEncoder();
const columns = `SELECT id, at, sealed, station AS handedTo FROM referrals LEFT JOIN referrals_handed USING (id)`;

/** The referrals of an unlocked folder. `SQLite` overwrites what is deleted (`secure_delete`). */
export function referralsRepository(
  database: Database,
  path: string,
  { sealingKey, random }: { readonly sealingKey: SecretBytes; readonly random: RandomSource },
): ReferralsRepository {
  // Whoever can write the file cannot say of one that was handed over that it waits here: it opens in its place alone.
  const contextOf = (id: string, at: string, to: string | null): Uint8Array =>
    utf8.encode(to === null ? `styrk/referral/1/${id}/${at}` : `styrk/referral/2/${id}/${at}/${to}`);
  const unsealed = ({ id, at, sealed, handedTo }: Row): WaitingCase | null => {
    const plain = open(sealingKey.reveal(), sealed, contextOf(id, at, handedTo));
    return plain === null ? null : { id, at, text: new TextDecoder().decode(plain) };
  };
  const opened = (row: Row): WaitingCase => {
    const waiting = unsealed(row);
    if (waiting === null) throw new Failure('referral.damaged', { id: row.id });
    return waiting;
  };
  const here = (id: string): Row | undefined =>
    database.prepare<[string], Row>(`${columns} WHERE id = ? AND station IS NULL`).get(id);
  const there = (id: string, station: string): Row => {
    const row = database.prepare<[string, string], Row>(`${columns} WHERE id = ? AND station = ?`).get(id, station);
    if (row === undefined) throw new Failure('referral.not-handed');
    return row;
  };
  const moveTo = (row: Row, to: string | null): void => {
    const { id, at, text } = opened(row);
    const sealed = seal(sealingKey.reveal(), utf8.encode(text), contextOf(id, at, to), random);
    database.transaction(() => {
      database.prepare('UPDATE referrals SET sealed = ? WHERE id = ?').run(sealed, id);
      database.prepare('DELETE FROM referrals_handed WHERE id = ?').run(id);
      if (to !== null) database.prepare('INSERT INTO referrals_handed (id, station) VALUES (?, ?)').run(id, to);
    })();
  };
  return {
    put: ({ id, at, text }) =>
      guarded(path, () => {
        const sealed = seal(sealingKey.reveal(), utf8.encode(text), contextOf(id, at, null), random);
        database.prepare('INSERT INTO referrals (id, at, sealed) VALUES (?, ?, ?)').run(id, at, sealed);
      }),
    list: () =>
      guarded(path, () => {
        const whole: WaitingCase[] = [];
        const damaged: DamagedCase[] = [];
        for (const row of database.prepare<[], Row>(`${columns} WHERE station IS NULL ORDER BY at, id`).all()) {
          const waiting = unsealed(row);
          if (waiting === null) damaged.push({ id: row.id, at: row.at });
          else whole.push(waiting);
        }
        return { whole, damaged };
      }),
    ids: () =>
      guarded(path, () =>
        database
          .prepare<[], string>(
            'SELECT id FROM referrals WHERE id NOT IN (SELECT id FROM referrals_handed) ORDER BY at, id',
          )
          .pluck()
          .all(),
      ),
    get: (id) =>
      guarded(path, () => {
        const row = here(id);
        return row === undefined ? null : opened(row);
      }),
    take: (id) =>
      guarded(path, () => {
        if (
          database.prepare('DELETE FROM referrals WHERE id = ? AND id NOT IN (SELECT id FROM referrals_handed)').run(id)
            .changes !== 1
        )
          throw new Failure('referral.gone');
      }),
    waits: (id) => guarded(path, () => database.prepare('SELECT 1 FROM referrals WHERE id = ?').get(id) !== undefined),
    handOver: (id, to) =>
      guarded(path, () => {
        const row = here(id);
        if (row === undefined) throw new Failure('referral.gone');
        moveTo(row, to);
      }),
    handed: () =>
      guarded(path, () =>
        database
          .prepare<[], HandedCase>(
            'SELECT id, at, station AS "to" FROM referrals JOIN referrals_handed USING (id) ORDER BY at, id',
          )
          .all(),
      ),
    getHanded: (id, station) =>
      guarded(path, () => {
        const row = database.prepare<[string, string], Row>(`${columns} WHERE id = ? AND station = ?`).get(id, station);
        return row === undefined ? null : opened(row);
      }),
    takeBack: (id, from) => guarded(path, () => moveTo(there(id, from), null)),
    takeHanded: (id, from) =>
      guarded(path, () => {
        opened(there(id, from));
        database.transaction(() => {
          database.prepare('DELETE FROM referrals WHERE id = ?').run(id);
          database.prepare('DELETE FROM referrals_handed WHERE id = ?').run(id);
        })();
      }),
  };
}
