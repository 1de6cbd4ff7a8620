import type { Database } from 'better-sqlite3';
import { guarded } from './database-failure.ts';
import type { StoreMarks } from './marks/store-marks.ts';
import { type DeliveryState, deliveryState, type OutboxPart, outboxParts } from './outbox.ts';
import { type ParcelReport, parcelReport } from './parcels.ts';
import { type PulledIssue, type PullState, pulledRepository, pullState } from './pulled.ts';

/** Under this name the way to headquarters is kept among the services. */
export const headquartersName = 'headquarters';

/** How far the delivery to headquarters is. Instants are ISO 8601. */
export interface DeliveryReport {
  readonly parts: readonly {
    readonly part: OutboxPart;
    readonly newest: number;
    readonly delivered: number;
    readonly deliveredAt: string | null;
  }[];
  /** When the oldest record was written that has not arrived; null where none waits. */
  readonly waitingSince: string | null;
  /** Null before the first try. */
  readonly last: DeliveryState | null;
  /** What came from headquarters, the newest of each kind, and how the last try to fetch ended; null before the first. */
  readonly pulled: readonly PulledIssue[];
  readonly lastPull: PullState | null;
  /** Referred cases, and their ends, on their way to and from other stations by headquarters. */
  readonly parcels: ParcelReport;
}

const newestOf: Readonly<Record<OutboxPart, string>> = {
  records: 'SELECT coalesce(max(number), 0) FROM records',
  checkpoints: 'SELECT coalesce(max(size), 0) FROM log_checkpoint',
  answers: 'SELECT coalesce(max(number), 0) FROM outgoing_answers',
  erasures: 'SELECT coalesce(max(number), 0) FROM outgoing_erasures',
};

/** The report; null where no headquarters is set. Needs no key. Fails with `trust.tampered`, and as the database does. */
export function deliveryReport(database: Database, path: string, marks: StoreMarks): () => DeliveryReport | null {
  const one = <Value>(sql: string, ...values: unknown[]): Value | null =>
    (database
      .prepare(sql)
      .pluck()
      .get(...values) as Value | undefined) ?? null;
  return () =>
    guarded(path, () => {
      const isSet = marks.read(() => one<number>('SELECT 1 FROM station_services WHERE name = ?', headquartersName));
      if (isSet === null) return null;
      const parts = outboxParts.map((part) => ({
        part,
        newest: one<number>(newestOf[part]) ?? 0,
        delivered: one<number>('SELECT number FROM outbox WHERE part = ?', part) ?? 0,
        deliveredAt: one<string>('SELECT delivered_at FROM outbox WHERE part = ?', part),
      }));
      const next = (parts.find(({ part }) => part === 'records')?.delivered ?? 0) + 1;
      return {
        parts,
        waitingSince: one<string>('SELECT written_at FROM records WHERE number = ?', next),
        last: deliveryState(database),
        pulled: pulledRepository(database, path, marks).list(),
        lastPull: pullState(database),
        parcels: parcelReport(database),
      };
    });
}
