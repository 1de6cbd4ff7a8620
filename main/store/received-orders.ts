import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../crypto/random.ts';
import { type KeyedIndex, open, seal, sha256 } from '../crypto/sealing.ts';
import { toHex } from '../result/bytes.ts';
import type { Detail } from '../result/check.ts';
import { Failure } from '../result/failure.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import { guarded } from './database-failure.ts';

/** A signed order that came here. `content` is JSON of the room that took it. */
export interface ReceivedOrder {
  readonly number: number;
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly content: Detail;
  /** The record of its case; null while there is none. */
  readonly recordId: string | null;
  /** What was answered, as it was signed; null while nothing was. */
  readonly answer: string | null;
}

/** The signed orders of a folder, sealed: each is taken once and answered once. */
export interface ReceivedOrdersRepository {
  /** Takes an order in under its name; where one of that name was here before, answers that one and changes nothing. */
  take(name: string, content: Detail, at: string): { readonly isNew: boolean; readonly order: ReceivedOrder };
  find(name: string): ReceivedOrder | null;
  /** Those without an answer, newest first, at most so many. */
  unanswered(limit: number): readonly ReceivedOrder[];
  /** The numbers of those that came since (ISO 8601) and have neither an answer nor a record of their case, newest first. */
  undecided(since: string): readonly number[];
  /** The order of this number; null where there is none, or it was erased. */
  ofNumber(number: number): ReceivedOrder | null;
  /** Those whose case has left a record, without an answer, oldest first, at most so many. */
  unsettled(limit: number): readonly ReceivedOrder[];
  /** Notes the record of its case; a later one takes its place while nothing was answered. */
  noteRecord(number: number, recordId: string): void;
  /** Answers that their system has not taken yet, of numbers above `after`, oldest first, at most so many. */
  undelivered(limit: number, after: number): readonly ReceivedOrder[];
  /** Its system has taken the answer. */
  noteDelivery(number: number, at: string): void;
  /** The answer that is kept for the order of this number; null while nothing was answered, and where it was erased. */
  answerOf(number: number): string | null;
  /** Keeps the answer, for headquarters too. The first stays: answers what is kept. */
  answer(number: number, answer: string): string;
}

interface Row {
  readonly number: number;
  readonly receivedAt: string;
  readonly sealed: Uint8Array;
  readonly recordId: string | null;
  readonly sealedAnswer: Uint8Array | null;
}

/** Fails as the database does, with `storage.corrupt` for a row that does not open, `order.replayed` for one that was erased. */
export function receivedOrdersRepository(
  database: Database,
  path: string,
  keys: { readonly sealingKey: SecretBytes; readonly index: KeyedIndex },
  random: RandomSource,
): ReceivedOrdersRepository {
  const utf8 = new TextEncoder();
  // `INDEXED BY`: what is looked for every few seconds never reads past all that were dealt with; without its index it is refused.
  const columns = `SELECT number, received_at AS receivedAt, sealed, record_id AS recordId,
    sealed_answer AS sealedAnswer FROM received_orders`;
  const indexOf = (name: string): Uint8Array => keys.index.of(utf8.encode(name));
  // Bound to its name: a row under another's would answer for another order.
  const contextOf = (part: string, index: Uint8Array): Uint8Array =>
    utf8.encode(`styrk/received-orders/1/${part}/${Buffer.from(index).toString('hex')}`);
  const sealed = (part: string, index: Uint8Array, text: string): Uint8Array =>
    seal(keys.sealingKey.reveal(), utf8.encode(text), contextOf(part, index), random);
  const opened = (part: string, index: Uint8Array, bytes: Uint8Array): string => {
    const plain = open(keys.sealingKey.reveal(), bytes, contextOf(part, index));
    if (plain === null) throw new Failure('storage.corrupt', { path, part: 'received-orders' });
    return new TextDecoder().decode(plain);
  };
  const orderOf = (row: Row, index: Uint8Array): ReceivedOrder => ({
    number: row.number,
    receivedAt: row.receivedAt,
    content: JSON.parse(opened('order', index, row.sealed)) as Detail,
    recordId: row.recordId,
    answer: row.sealedAnswer === null ? null : opened('answer', index, row.sealedAnswer),
  });
  const find = (index: Uint8Array): ReceivedOrder | null => {
    const row = database.prepare<[Uint8Array], Row>(`${columns} WHERE name_index = ?`).get(index);
    // Erased with its record: of the order is left that it was here.
    if (row?.sealed.length === 0) throw new Failure('order.replayed');
    return row === undefined ? null : orderOf(row, index);
  };
  const indexOfNumber = (number: number): Uint8Array => {
    const index = database
      .prepare<[number], Uint8Array>('SELECT name_index FROM received_orders WHERE number = ?')
      .pluck()
      .get(number);
    if (index === undefined) throw new Failure('storage.corrupt', { path, part: 'received-orders' });
    return index;
  };
  const alone = <Answer>(act: () => Answer): Answer => guarded(path, () => database.transaction(act).immediate());

  return {
    take: (name, content, at) =>
      alone(() => {
        const index = indexOf(name);
        const known = find(index);
        if (known !== null) return { isNew: false, order: known };
        database
          .prepare('INSERT INTO received_orders (name_index, received_at, sealed) VALUES (?, ?, ?)')
          .run(index, at, sealed('order', index, JSON.stringify(content)));
        const order = find(index);
        if (order === null) throw new Failure('storage.corrupt', { path, part: 'received-orders' });
        return { isNew: true, order };
      }),
    find: (name) => guarded(path, () => find(indexOf(name))),
    unanswered: (limit) =>
      guarded(path, () =>
        database
          .prepare<[number], Row & { nameIndex: Uint8Array }>(
            `${columns.replace('SELECT', 'SELECT name_index AS nameIndex,')} INDEXED BY received_orders_open
             WHERE sealed_answer IS NULL AND length(sealed) > 0 ORDER BY number DESC LIMIT ?`,
          )
          .all(limit)
          .map((row) => orderOf(row, row.nameIndex)),
      ),
    undecided: (since) =>
      guarded(path, () =>
        database
          .prepare<[string], number>(
            `SELECT number FROM received_orders INDEXED BY received_orders_open
             WHERE sealed_answer IS NULL AND record_id IS NULL AND length(sealed) > 0 AND received_at >= ? ORDER BY number DESC`,
          )
          .pluck()
          .all(since),
      ),
    ofNumber: (number) =>
      guarded(path, () => {
        const row = database.prepare<[number], Row>(`${columns} WHERE number = ?`).get(number);
        return row === undefined || row.sealed.length === 0 ? null : orderOf(row, indexOfNumber(number));
      }),
    unsettled: (limit) =>
      guarded(path, () =>
        database
          .prepare<[number], Row & { nameIndex: Uint8Array }>(
            `${columns.replace('SELECT', 'SELECT name_index AS nameIndex,')} INDEXED BY received_orders_open
             WHERE sealed_answer IS NULL AND record_id IS NOT NULL AND length(sealed) > 0 ORDER BY number LIMIT ?`,
          )
          .all(limit)
          .map((row) => orderOf(row, row.nameIndex)),
      ),
    undelivered: (limit, after) =>
      guarded(path, () =>
        database
          .prepare<[number, number], Row & { nameIndex: Uint8Array }>(
            `${columns.replace('SELECT', 'SELECT name_index AS nameIndex,')} INDEXED BY received_orders_undelivered
             WHERE sealed_answer IS NOT NULL AND length(sealed) > 0 AND delivered_at IS NULL AND number > ?
             ORDER BY number LIMIT ?`,
          )
          .all(after, limit)
          .map((row) => orderOf(row, row.nameIndex)),
      ),
    noteDelivery: (number, at) =>
      alone(() => {
        database.prepare('UPDATE received_orders SET delivered_at = ? WHERE number = ?').run(at, number);
      }),
    answerOf: (number) =>
      guarded(path, () => {
        const row = database.prepare<[number], Row>(`${columns} WHERE number = ?`).get(number);
        if (row === undefined || row.sealed.length === 0 || row.sealedAnswer === null) return null;
        return opened('answer', indexOfNumber(number), row.sealedAnswer);
      }),
    noteRecord: (number, recordId) =>
      alone(() => {
        database
          .prepare('UPDATE received_orders SET record_id = ? WHERE number = ? AND sealed_answer IS NULL')
          .run(recordId, number);
      }),
    answer: (number, answer) =>
      alone(() => {
        const index = indexOfNumber(number);
        const kept = find(index)?.answer ?? null;
        if (kept !== null) return kept;
        database
          .prepare('UPDATE received_orders SET sealed_answer = ? WHERE number = ?')
          .run(sealed('answer', index, answer), number);
        database
          .prepare('INSERT OR IGNORE INTO outgoing_answers (order_number, digest) VALUES (?, ?)')
          .run(number, toHex(sha256(utf8.encode(answer))));
        return answer;
      }),
  };
}
