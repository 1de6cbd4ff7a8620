import type { Database } from 'better-sqlite3';
import type { KeyedIndex } from '../../crypto/sealing.ts';
import { hashLength } from '../../records/log/merkle.ts';
import { equalSecret, toHex } from '../../result/bytes.ts';
import { canonicalBytes } from '../../result/canonical-json.ts';
import { addDays, type PlainDate, parsePlainDate } from '../../result/plain-date.ts';
import { guarded } from '../database-failure.ts';

/** The records from the first to the `size`-th were checked whole, all of them last on `fullOn` or later. */
export interface CheckedPrefix {
  readonly size: number;
  /** The root of the log of so many records. */
  readonly root: Uint8Array;
  /** The day on which the oldest of them were last read in full. */
  readonly fullOn: PlainDate;
}

/** After so many days everything is read in full once more. */
export const keptDays = 30;

/**
 * What the last check found whole. It is marked under a key that is made of the master key: who can write the folder alone can
 * take it away, or put an earlier one back, and then more is read; no record stands in it that was not checked (docs/records.md).
 */
export interface CheckedRecords {
  /** Null where nothing is remembered, the mark does not fit, or it is too old on this day, or of a later one. */
  readonly remembered: (today: PlainDate) => CheckedPrefix | null;
  readonly remember: (prefix: CheckedPrefix) => void;
}

/** Over the table of this folder. */
export function checkedRecords(database: Database, path: string, stationId: string, key: KeyedIndex): CheckedRecords {
  const markOf = ({ size, root, fullOn }: CheckedPrefix): Uint8Array =>
    key.of(canonicalBytes({ format: 'styrk-records-checked', version: 1, stationId, size, root: toHex(root), fullOn }));
  return {
    remembered: (today) =>
      guarded(path, () => {
        const found = database
          .prepare<[], Record<'size' | 'root' | 'fullOn' | 'mark', unknown>>(
            'SELECT size, root, full_on AS fullOn, mark FROM records_checked WHERE only_row = 1',
          )
          .get();
        if (found === undefined) return null;
        const { size, root, mark } = found;
        const fullOn = parsePlainDate(String(found.fullOn));
        if (typeof size !== 'number' || !Number.isSafeInteger(size) || fullOn === null) return null;
        if (!(root instanceof Uint8Array) || root.length !== hashLength || !(mark instanceof Uint8Array)) return null;
        const prefix = { size, root: new Uint8Array(root), fullOn };
        if (!equalSecret(mark, markOf(prefix))) return null;
        return fullOn > today || addDays(fullOn, keptDays) < today ? null : prefix;
      }),
    remember: (prefix) =>
      guarded(path, () => {
        const { size, root, fullOn } = prefix;
        database
          .prepare(
            `INSERT INTO records_checked (only_row, size, root, full_on, mark) VALUES (1, @size, @root, @fullOn, @mark)
             ON CONFLICT (only_row) DO UPDATE
               SET size = excluded.size, root = excluded.root, full_on = excluded.full_on, mark = excluded.mark`,
          )
          .run({ size, root, fullOn, mark: markOf(prefix) });
      }),
  };
}
