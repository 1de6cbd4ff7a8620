import { isDeepStrictEqual } from 'node:util';
import type { Database } from 'better-sqlite3';
import { type Act, type ActEntry, brokenActs, nextAct } from '../records/act.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import { type ActsEnd, actsEnd, newestAct, writeActsHead } from './acts-head.ts';
import { guarded } from './database-failure.ts';
import type { StoreMarks } from './marks/store-marks.ts';

/** What administrators did to the station itself. */
export interface ActsRepository {
  /** Does something as a recorded act, of which it is told the number: both or neither. Fails with `trust.tampered`. */
  record<Answer>(act: Act, what: (number: number) => Answer): Answer;
  /** The same where what verdicts rest on was touched: only for putting that right. */
  recordMending<Answer>(act: Act, mend: () => Answer): Answer;
  /** All acts, oldest first. */
  list(): readonly ActEntry[];
  /** The number of the newest; 0 before the first. */
  newest(): number;
  /** The numbers of those after this number that are not as the station signed them; of all without one. */
  broken(after?: number): readonly number[];
  /** Whether the signed end is that of the newest of them. */
  end(): ActsEnd;
}

type Row = Omit<ActEntry, 'signs' | 'detail'> & { readonly signs: string; readonly detail: string };

/**
 * The acts of a folder, chained and signed by its station. All of it fails as the database does (`storage.busy`, `.full`,
 * `.refused`, `.corrupt`).
 */
export function actsRepository(
  database: Database,
  path: string,
  around: {
    readonly marks: StoreMarks;
    readonly station: { readonly id: string; readonly publicKey: Uint8Array; readonly signingKey: SecretBytes };
  },
): ActsRepository {
  const { marks, station } = around;
  const all = (): readonly ActEntry[] => allActs(database);
  let proven: readonly ActEntry[] = [];
  // Of acts that lie there to the byte as they did when they were proven nothing is to be proven again: whoever trusts other stations
  // asks at each case, and cases are acts.
  const brokenOf = (acts: readonly ActEntry[], after: number): readonly number[] => {
    const same = acts.findIndex((act, index) => !isDeepStrictEqual(act, proven[index]));
    const unchanged = same === -1 ? acts.length : same;
    const broken = brokenActs(acts, station, Math.max(after, unchanged));
    if (broken.length === 0 && after <= unchanged) proven = acts;
    return broken;
  };
  const append = (act: Act): void => {
    // An end that does not fit stays as it is: the next act would else make good what somebody cut off.
    const fits = actsEnd(database, station) === 'fits';
    const entry = nextAct(newestAct(database), act, station);
    database
      .prepare(
        `INSERT INTO acts (number, kind, at, signs, reason, detail, previous_hash, hash, signature)
         VALUES (@number, @kind, @at, @signs, @reason, @detail, @previousHash, @hash, @signature)`,
      )
      .run({ ...entry, signs: JSON.stringify(entry.signs), detail: JSON.stringify(entry.detail) });
    if (fits) writeActsHead(database, station);
  };
  const both = <Answer>(act: Act, what: (number: number) => Answer): Answer => {
    const answer = what((newestAct(database)?.number ?? 0) + 1);
    append(act);
    return answer;
  };
  return {
    record: (act, what) => guarded(path, () => marks.write(() => both(act, what))),
    recordMending: (act, mend) => guarded(path, () => marks.mend(() => both(act, mend))),
    list: () => guarded(path, all),
    newest: () => guarded(path, () => newestAct(database)?.number ?? 0),
    broken: (after = 0) => guarded(path, () => brokenOf(all(), after)),
    end: () => guarded(path, () => actsEnd(database, station)),
  };
}

/** The acts of a folder as they lie there, oldest first. */
export function allActs(database: Database): readonly ActEntry[] {
  return database
    .prepare<[], Row>(
      `SELECT number, kind, at, signs, reason, detail, previous_hash AS previousHash, hash, signature
       FROM acts ORDER BY number`,
    )
    .all()
    .map((row) => ({ ...row, signs: JSON.parse(row.signs), detail: JSON.parse(row.detail) }));
}

/** How the acts of a folder stand, as far as the station's public key tells. */
export interface ActsStanding {
  readonly all: number;
  /** The numbers of those that are not as the station signed them. */
  readonly broken: readonly number[];
  readonly end: ActsEnd;
}

/** Needs no key. In one moment of the database. */
export function actsStanding(
  database: Database,
  station: { readonly id: string; readonly publicKey: Uint8Array },
): ActsStanding {
  const acts = allActs(database);
  return { all: acts.length, broken: brokenActs(acts, station), end: actsEnd(database, station) };
}
