import type { Database } from 'better-sqlite3';
import type { KeyedIndex } from '../../crypto/sealing.ts';
import { type Erasure, usualRetention } from '../../records/retention.ts';
import type { RecordContent } from '../../records/types.ts';
import { entryOf, type FoundEntry } from '../../records/verify-chain.ts';
import { type PlainDate, parsePlainDate } from '../../result/plain-date.ts';
import type { Retention } from '../../verification/terms.ts';
import { nextEntries } from '../chain-rows.ts';
import { prepared } from '../prepared.ts';
import { type FoundNumbers, findByTerms, type RecordQuery, termsOf, termToken } from './record-terms.ts';

/** What decides until when a record is kept, beside what acts say of it. */
export interface KeptRecord {
  readonly number: number;
  readonly retention: Retention;
  readonly writtenOn: PlainDate;
  readonly erased: boolean;
}

/** Whose each record is and how long it is kept. It follows from the records; all of it inside a transaction. */
export interface RecordIndex {
  /** Takes in at most so many records that are not in it yet; answers whether it is whole now. */
  readonly follow: (most: number) => boolean;
  readonly of: (number: number) => KeptRecord | null;
  /** The records of a person on file, erased ones no more. */
  readonly ofHolder: (holderId: string) => readonly number[];
  /** Those of no relationship that were written on this day or before and are not erased. */
  readonly ofNone: (until: PlainDate) => readonly KeptRecord[];
  /** Records by what stands in them and by their days, among those that are in it. */
  readonly find: (query: RecordQuery, page: { readonly before: number | null; readonly limit: number }) => FoundNumbers;
  /** How many records are not in it yet. */
  readonly behind: () => number;
  /** Nobody is found by it any more, and it by nothing but its day. */
  readonly forget: (number: number) => void;
}

interface Row {
  readonly number: number;
  readonly keep: Erasure['keep'];
  readonly years: number;
  readonly writtenOn: PlainDate;
  readonly erased: number;
}

/** `contentOf` opens a record, null where its seal does not. */
export function recordIndex(
  database: Database,
  { holders: index, terms }: { readonly holders: KeyedIndex; readonly terms: KeyedIndex },
  contentOf: (found: FoundEntry) => RecordContent | null,
): RecordIndex {
  const token = termToken(terms);
  const columns = 'SELECT number, keep, years, written_on AS writtenOn, erased FROM record_retention';
  const find = database.prepare<[number], Row>(`${columns} WHERE number = ?`);
  const findHolder = database
    .prepare<[Uint8Array], number>('SELECT number FROM record_retention WHERE holder_index = ? ORDER BY number')
    .pluck();
  const findNone = database.prepare<[string], Row>(
    `${columns} WHERE keep = 'none' AND erased = 0 AND written_on <= ? ORDER BY number`,
  );
  const put = database.prepare<[Readonly<Record<string, unknown>>]>(
    `INSERT INTO record_retention
       (number, holder_index, keep, years, written_on, erased, teller, purpose, verdict, document)
     VALUES (@number, @holder, @keep, @years, @writtenOn, @erased, @teller, @purpose, @verdict, @document)`,
  );
  const isThrough = database.prepare<[number]>('UPDATE retention_indexed SET through = ?');
  const state = database.prepare<[], { readonly through: number; readonly head: number }>(
    'SELECT through, (SELECT coalesce(max(number), 0) FROM records) AS head FROM retention_indexed',
  );
  const count = database.prepare<[], number>('SELECT count(*) FROM record_retention').pluck();
  // Counting reads all of it: once is enough for who opened the folder.
  let isCounted = false;
  const indexOf = (holderId: string): Uint8Array => index.of(new TextEncoder().encode(holderId)).subarray(0, 16);
  const kept = ({ number, keep, years, writtenOn, erased }: Row): KeptRecord => ({
    number,
    retention: { keep, years },
    writtenOn,
    erased: erased === 1,
  });

  const take = (found: FoundEntry): number => {
    const entry = entryOf(found);
    const content = contentOf(found);
    const { keep, years } = content?.retention ?? usualRetention;
    const holder = content?.holder ?? null;
    const erased = entry.sealed.length === 0 && entry.wrappedKey.length === 0;
    // A record that does not open is kept as usual: whoever broke its seal does not hasten its end.
    const writtenOn = parsePlainDate(entry.writtenAt.slice(0, 10)) ?? '9999-12-31';
    put.run({
      number: entry.number,
      holder: holder === null ? null : indexOf(holder.id),
      keep,
      years,
      writtenOn,
      erased: erased ? 1 : 0,
      ...termsOf(content, token),
    });
    return entry.number;
  };

  return {
    follow: (most) => {
      let { through, head } = state.get() ?? { through: 0, head: 0 };
      const isShort = !isCounted && count.get() !== through;
      isCounted = true;
      if (isShort) {
        // Rows that are gone hid their records: made anew.
        database.prepare('DELETE FROM record_retention').run();
        through = 0;
      }
      let taken = 0;
      for (const found of nextEntries(database, through, most)) {
        through = take(found);
        taken += 1;
      }
      if (taken > 0 || isShort) isThrough.run(through);
      return through >= head;
    },
    of: (number) => {
      const row = find.get(number);
      return row === undefined ? null : kept(row);
    },
    ofHolder: (holderId) => findHolder.all(indexOf(holderId)),
    ofNone: (until) => findNone.all(until).map(kept),
    find: (query, page) => findByTerms(database, token, query, page),
    behind: () => {
      const { through, head } = state.get() ?? { through: 0, head: 0 };
      return Math.max(0, head - through);
    },
    forget: (number) => {
      prepared<[number]>(
        database,
        `UPDATE record_retention SET erased = 1, holder_index = NULL, teller = NULL, purpose = NULL, verdict = NULL,
           document = NULL WHERE number = ?`,
      ).run(number);
    },
  };
}
