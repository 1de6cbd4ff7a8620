import type { Database } from 'better-sqlite3';
import { brokenActs } from '../records/act.ts';
import { numbersIn } from '../records/record-numbers.ts';
import { canonicalBytes } from '../result/canonical-json.ts';
import { allActs } from './acts-repository.ts';

/** What headquarters is told of one erased record, in an order of its own. */
export interface OutgoingErasure {
  readonly number: number;
  /** Canonical JSON: `{ "answers", "at", "format", "hash", "number", "record", "station", "version" }`; nothing of why. */
  readonly notice: string;
}

/** Over the acts of this database. Inside a transaction. */
export interface ErasureNotices {
  /** Takes in the acts of erasing that came since. What others wrote there becomes no notice: the station signs each. */
  readonly follow: () => void;
  readonly newest: () => number;
  readonly after: (number: number, limit: number) => readonly OutgoingErasure[];
}

/** Fails as the database does. */
export function erasureNotices(
  database: Database,
  station: { readonly id: string; readonly publicKey: Uint8Array },
): ErasureNotices {
  const newest = database.prepare<[], number>('SELECT coalesce(max(number), 0) FROM outgoing_erasures').pluck();
  const isBehind = database
    .prepare<[], number>(
      `SELECT EXISTS (SELECT 1 FROM acts WHERE kind = 'record.erase'
         AND number > (SELECT coalesce(max(act), 0) FROM outgoing_erasures))`,
    )
    .pluck();
  const hashOf = database.prepare<[number], string>('SELECT hash FROM records WHERE number = ?').pluck();
  // Answers to the order for which the record came: emptied here with it, and delivered for themselves.
  const answersOf = database
    .prepare<[number], number>(
      `SELECT o.number FROM outgoing_answers o JOIN received_orders r ON r.number = o.order_number
       JOIN records e ON e.id = r.record_id WHERE e.number = ? ORDER BY o.number`,
    )
    .pluck();
  const put = database.prepare<[number, number, number, string]>(
    'INSERT INTO outgoing_erasures (number, act, record, notice) VALUES (?, ?, ?, ?)',
  );
  return {
    follow: () => {
      if (isBehind.get() !== 1) return;
      const last =
        database.prepare<[], number>('SELECT coalesce(max(act), 0) FROM outgoing_erasures').pluck().get() ?? 0;
      const acts = allActs(database);
      const broken = new Set(brokenActs(acts, station));
      let number = newest.get() ?? 0;
      for (const { number: act, kind, at, detail } of acts) {
        if (kind !== 'record.erase' || act <= last || broken.has(act)) continue;
        for (const record of numbersIn(String(detail.records ?? ''))) {
          const hash = hashOf.get(record);
          if (hash === undefined) continue;
          number += 1;
          const form = { format: 'styrk-erasure-notice', version: 1, station: station.id };
          const notice = canonicalBytes({ ...form, number, record, hash, at, answers: answersOf.all(record) });
          put.run(number, act, record, new TextDecoder().decode(notice));
        }
      }
    },
    newest: () => newest.get() ?? 0,
    after: (number, limit) =>
      database
        .prepare<[number, number], OutgoingErasure>(
          'SELECT number, notice FROM outgoing_erasures WHERE number > ? ORDER BY number LIMIT ?',
        )
        .all(number, limit),
  };
}
