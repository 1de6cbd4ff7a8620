import type { Database } from 'better-sqlite3';
import { hexDigest } from '../crypto/sealing.ts';
import { recordKeyOf } from '../records/seal-record.ts';
import type { RecordEntry } from '../records/types.ts';
import { entryOf } from '../records/verify-chain.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import { hashOfNumber, nextEntries } from './chain-rows.ts';
import { guarded } from './database-failure.ts';
import { erasureNotices } from './erasure-notices.ts';
import type { RecordsLog } from './log/records-log.ts';

/** What goes to headquarters, each in an order of its own. */
export const outboxParts = ['records', 'checkpoints', 'answers', 'erasures'] as const;
/** One of them. */
export type OutboxPart = (typeof outboxParts)[number];

/** Where a part stands: the number that was reached, and the digest (lower-case hex) of what lies there. 0 and empty at the beginning. */
export interface OutboxMark {
  readonly number: number;
  readonly digest: string;
}

/** A record on its way: as it lies in the chain, and its own key, null where that was destroyed. Whoever takes it purges the key. */
export interface OutgoingRecord {
  readonly entry: RecordEntry;
  readonly key: SecretBytes | null;
}

/** A text on its way: a checkpoint, a signed answer, or what is said of an erased record. */
export interface OutgoingText {
  readonly number: number;
  /** SHA-256 of the text, lower-case hex; it stays where the text was erased. */
  readonly digest: string;
  /** Null where it was erased with its record before it was delivered. */
  readonly text: string | null;
}

/** How the last try to deliver ended. Instants are ISO 8601. */
export interface DeliveryState {
  readonly triedAt: string;
  /** Null where it ended well. */
  readonly code: FailureCode | null;
  readonly failingSince: string | null;
  /** So many that had been delivered, headquarters had no longer, once: they were delivered again. */
  readonly wentBack: number | null;
  readonly wentBackAt: string | null;
}

/** What of a folder has reached headquarters, and what has not. Headquarters' own mark decides what is sent; this is what the station remembers. */
export interface Outbox {
  /** The newest there is. */
  readonly newest: (part: OutboxPart) => OutboxMark;
  /** The digest of what has this number; null where nothing has, and for a checkpoint that is not the newest. */
  readonly digestOf: (part: OutboxPart, number: number) => string | null;
  /** Entries of the chain after this number, in order, at most so many. Fails with `record.seal-broken` where a seal does not open. */
  readonly records: (after: number, limit: number) => readonly OutgoingRecord[];
  /** Answers or erasures after this number in order; of checkpoints the newest, where it is after it. */
  readonly texts: (part: Exclude<OutboxPart, 'records'>, after: number, limit: number) => readonly OutgoingText[];
  /** The last number that is known to have arrived, and when. */
  readonly delivered: (part: OutboxPart) => OutboxMark & { readonly at: string | null };
  readonly noteDelivered: (part: OutboxPart, mark: OutboxMark, at: string) => void;
  /** Forgets what has arrived: another headquarters has nothing yet. */
  readonly forget: () => void;
  readonly noteTry: (at: string, code: FailureCode | null) => void;
  readonly noteWentBack: (at: string, count: number) => void;
}

/** Where nothing is yet. */
export const outboxBeginning: OutboxMark = { number: 0, digest: '' };

/** What an outbox draws from. */
export interface OutboxSources {
  readonly sealingKey: SecretBytes;
  readonly answerOf: (order: number) => string | null;
  readonly log: Pick<RecordsLog, 'newest'>;
  readonly station: { readonly id: string; readonly publicKey: Uint8Array };
}

/** Fails as the database does, and as the log where it has no checkpoint. `answerOf` gives the answer that was kept for an order, null where none was. */
export function outbox(
  database: Database,
  path: string,
  { sealingKey, answerOf, log, station }: OutboxSources,
): Outbox {
  const alone = <Answer>(act: () => Answer): Answer => guarded(path, () => database.transaction(act).immediate());
  const answers = (after: number, limit: number): readonly OutgoingText[] =>
    database
      .prepare<[number, number], { number: number; orderNumber: number; digest: string | null }>(
        `SELECT number, order_number AS orderNumber, digest FROM outgoing_answers WHERE number > ? ORDER BY number LIMIT ?`,
      )
      .all(after, limit)
      .map(({ number, orderNumber, digest }) => {
        const text = answerOf(orderNumber);
        return { number, digest: text === null ? (digest ?? hexDigest('')) : hexDigest(text), text };
      });
  // Of checkpoints the newest alone is kept: its number is how many records it covers, and the others follow from the tree.
  const checkpoint = (): OutgoingText => {
    const { size, note } = log.newest();
    return { number: size, digest: hexDigest(note), text: note };
  };
  const notices = erasureNotices(database, station);
  const erasures = (after: number, limit: number): readonly OutgoingText[] =>
    notices.after(after, limit).map(({ number, notice }) => ({ number, digest: hexDigest(notice), text: notice }));
  const made = { answers, erasures };
  const newestNumber = (table: 'records' | 'outgoing_answers'): number =>
    database.prepare<[], number>(`SELECT coalesce(max(number), 0) FROM ${table}`).pluck().get() ?? 0;
  const digestOf = (part: OutboxPart, number: number): string | null => {
    if (part === 'records') return hashOfNumber(database, number) ?? null;
    const found = part === 'checkpoints' ? checkpoint() : made[part](number - 1, 1)[0];
    return found?.number === number ? found.digest : null;
  };
  const newestOf: Readonly<Record<OutboxPart, () => number>> = {
    records: () => newestNumber('records'),
    checkpoints: () => checkpoint().number,
    answers: () => newestNumber('outgoing_answers'),
    erasures: notices.newest,
  };
  return {
    newest: (part) =>
      guarded(path, () => {
        const number = newestOf[part]();
        return number === 0 ? outboxBeginning : { number, digest: digestOf(part, number) ?? '' };
      }),
    digestOf: (part, number) => guarded(path, () => digestOf(part, number)),
    records: (after, limit) =>
      guarded(path, () =>
        nextEntries(database, after, limit).map((found) => {
          const entry = entryOf(found);
          return { entry, key: recordKeyOf(entry, sealingKey.reveal()) };
        }),
      ),
    texts: (part, after, limit) => {
      if (part === 'erasures') alone(notices.follow);
      return guarded(path, () =>
        part === 'checkpoints' ? [checkpoint()].filter(({ number }) => number > after) : made[part](after, limit),
      );
    },
    delivered: (part) =>
      guarded(path, () => {
        const row = database
          .prepare<[string], { number: number; digest: string; at: string }>(
            'SELECT number, digest, delivered_at AS at FROM outbox WHERE part = ?',
          )
          .get(part);
        return row ?? { ...outboxBeginning, at: null };
      }),
    noteDelivered: (part, { number, digest }, at) =>
      alone(() => {
        database
          .prepare(
            `INSERT INTO outbox (part, number, digest, delivered_at) VALUES (?, ?, ?, ?) ON CONFLICT (part) DO UPDATE
               SET number = excluded.number, digest = excluded.digest, delivered_at = excluded.delivered_at`,
          )
          .run(part, number, digest, at);
      }),
    forget: () => alone(() => database.exec('DELETE FROM outbox; DELETE FROM delivery_state; DELETE FROM pull_state;')),
    noteTry: (at, code) =>
      alone(() => {
        database
          .prepare(
            `INSERT INTO delivery_state (only_row, tried_at, code, failing_since) VALUES (1, @at, @code, @since)
             ON CONFLICT (only_row) DO UPDATE SET tried_at = @at, code = @code,
               failing_since = CASE WHEN @code IS NULL THEN NULL ELSE coalesce(failing_since, @at) END`,
          )
          .run({ at, code, since: code === null ? null : at });
      }),
    noteWentBack: (at, count) =>
      alone(() => {
        database
          .prepare(
            `INSERT INTO delivery_state (only_row, tried_at, went_back, went_back_at) VALUES (1, @at, @count, @at)
             ON CONFLICT (only_row) DO UPDATE SET went_back = @count, went_back_at = @at`,
          )
          .run({ at, count });
      }),
  };
}

/** How the last try ended; null before the first. */
export function deliveryState(database: Database): DeliveryState | null {
  const row = database
    .prepare<[], DeliveryState>(
      `SELECT tried_at AS triedAt, code, failing_since AS failingSince, went_back AS wentBack, went_back_at AS wentBackAt
       FROM delivery_state`,
    )
    .get();
  return row ?? null;
}
