import type { Database } from 'better-sqlite3';
import type { Difference } from '../trust/second-reading/facts.ts';
import type { ReadTwiceKind } from '../trust/second-reading/kinds.ts';

/** How both readings of one thing came out, as kept. */
export interface KeptReading {
  /** SHA-256 over its bytes, lower-case hex. */
  readonly digest: string;
  readonly kind: ReadTwiceKind;
  /** What has read second, and its version. */
  readonly hand: string;
  readonly result: 'agree' | 'differ' | 'unread';
  readonly differences: readonly Difference[];
}

/** Something that the store holds and that this hand has not read. */
export interface WaitingReading {
  readonly digest: string;
  readonly kind: Exclude<ReadTwiceKind, 'master-list'>;
  readonly bytes: Uint8Array;
}

/** Certificates and revocation lists that are held, by how their second reading came out. */
export type ReadingCounts = Readonly<Record<KeptReading['result'] | 'waiting', number>>;

/** What a second hand read of what is held. Fails as the database does, and with `trust.tampered`. */
export interface SecondReadingsRepository {
  /** What is held and was not read by this hand, so many at most, certificates first. */
  waiting(hand: string, most: number): readonly WaitingReading[];
  /** Keeps readings; what both hands read otherwise stands in the history from then on. `at` is an instant (ISO 8601). */
  keep(readings: readonly KeptReading[], at: string): void;
  /** The reading of the thing with this digest, null where it was read once. */
  of(digest: string): KeptReading | null;
  count(hand: string): ReadingCounts;
}

type Row = Omit<KeptReading, 'differences'> & { readonly differences: string };

// Revocation lists have up to some megabytes each.
const mostLists = 4;

const notReadBy = 'NOT EXISTS (SELECT 1 FROM second_readings s WHERE s.digest = fingerprint AND s.hand = @hand)';

/** The tables whose rows are read twice, by kind. */
export const heldTables = { certificate: 'certificates', 'revocation-list': 'revocation_lists' } as const;

/** What is held and was not read by this hand, `most` at most and few revocation lists among them; certificates first. */
export function waitingReadings(database: Database, hand: string, most: number): readonly WaitingReading[] {
  const found = (['certificate', 'revocation-list'] as const).flatMap((kind) =>
    database
      .prepare<{ hand: string; most: number }, { readonly digest: string; readonly bytes: Uint8Array }>(
        `SELECT fingerprint AS digest, der AS bytes FROM ${heldTables[kind]} WHERE ${notReadBy}
         ORDER BY fingerprint LIMIT @most`,
      )
      .all({ hand, most: kind === 'certificate' ? most : Math.min(most, mostLists) })
      .map((row) => ({ ...row, kind, bytes: new Uint8Array(row.bytes) })),
  );
  return found.slice(0, most);
}

/** Inside a transaction. Answers what differs and did not before. */
export function keepReadings(database: Database, readings: readonly KeptReading[], at: string): readonly KeptReading[] {
  const news = readings.filter(
    ({ digest, result }) => result === 'differ' && readingOf(database, digest)?.result !== 'differ',
  );
  const write = database.prepare(
    `INSERT INTO second_readings (digest, kind, hand, result, differences, at)
     VALUES (@digest, @kind, @hand, @result, @differences, @at)
     ON CONFLICT (digest) DO UPDATE SET hand = excluded.hand, result = excluded.result,
       differences = excluded.differences, at = excluded.at`,
  );
  for (const { differences, ...reading } of readings)
    write.run({ ...reading, differences: JSON.stringify(differences), at });
  return news;
}

/** The reading of the thing with this digest (SHA-256, lower-case hex); null where there is none. */
export function readingOf(database: Database, digest: string): KeptReading | null {
  const row = database
    .prepare<[string], Row>('SELECT digest, kind, hand, result, differences FROM second_readings WHERE digest = ?')
    .get(digest);
  return row === undefined ? null : { ...row, differences: JSON.parse(row.differences) };
}

/** How many things are held, by how this hand read them; what differs counts by whichever hand. */
export function countReadings(database: Database, hand: string): ReadingCounts {
  const held = Object.values(heldTables)
    .map((table) => `SELECT fingerprint FROM ${table}`)
    .join(' UNION ALL ');
  const rows = database
    .prepare<[string], { readonly result: keyof ReadingCounts; readonly number: number }>(
      `SELECT CASE WHEN s.hand = ? OR s.result = 'differ' THEN s.result ELSE 'waiting' END AS result, count(*) AS number
       FROM (${held}) h LEFT JOIN second_readings s ON s.digest = h.fingerprint GROUP BY 1`,
    )
    .all(hand);
  const counts = new Map(rows.map(({ result, number }) => [result, number]));
  const count = (result: keyof ReadingCounts): number => counts.get(result) ?? 0;
  return { agree: count('agree'), differ: count('differ'), unread: count('unread'), waiting: count('waiting') };
}
