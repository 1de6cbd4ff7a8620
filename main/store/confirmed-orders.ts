import type { Database } from 'better-sqlite3';
import type { KeyedIndex } from '../crypto/sealing.ts';
import type { RecordContent } from '../records/types.ts';
import { entryOf, type FoundEntry, isEmptied } from '../records/verify-chain.ts';
import { toHex } from '../result/bytes.ts';
import { canonicalBytes } from '../result/canonical-json.ts';
import { Failure } from '../result/failure.ts';
import { comparable, type Order } from '../verification/order.ts';
import { entriesAfter, hashOfNumber } from './chain-rows.ts';
import { prepared, preparedValue } from './prepared.ts';

/** So many records at most are looked through when an order is to be confirmed: each is opened, and a case waits meanwhile. */
const mostBehind = 20;
/** Where others touched the marked tables nothing is noted, and nothing need be remembered for it. */
const mostRemembered = 1_000;

/** Who asked and its name for it: together they name an order (two of one name and other content are one order). */
export type OrderName = Pick<Order, 'issuer' | 'id'>;

/** Which orders were confirmed; all of it inside a transaction. `whole` says that nobody touched the marked tables. */
export interface ConfirmedOrders {
  /** The record by which it was confirmed; null where it was not. Fails with `record.missing`, `record.seal-broken`. */
  readonly find: (order: OrderName, whole: boolean) => string | null;
  /** Before a record is appended. Fails with `order.already-confirmed` where it confirms what another one has. */
  readonly refuse: (content: RecordContent, whole: boolean) => void;
  /** After it was appended. */
  readonly follow: (content: RecordContent, number: number, whole: boolean) => void;
  /** Before a record is erased: all are noted. Fails as `find`. */
  readonly complete: () => void;
}

/** Null where a record confirms no order: only a decision to go on does. */
export function confirmedIn({ order, decision }: Pick<RecordContent, 'order' | 'decision'>): OrderName | null {
  return order !== undefined && decision.outcome === 'go-on' ? order.order : null;
}

/** Over the records of this database: `contentOf` opens one, null where its seal does not. */
export function confirmedOrders(
  database: Database,
  index: KeyedIndex,
  contentOf: (found: FoundEntry) => RecordContent | null,
  erased: () => ReadonlyMap<number, unknown>,
): ConfirmedOrders {
  const indexOf = ({ issuer, id }: OrderName): string => toHex(index.of(canonicalBytes([comparable(issuer), id])));

  const through = (): number =>
    preparedValue<[], number>(database, 'SELECT through FROM orders_indexed WHERE only_row = 1').get() ?? 0;

  // Opened and in their order without a gap: a record that is gone may be the one that confirmed it.
  function* confirmedAfter(number: number): Generator<readonly [OrderName, string]> {
    let expected = number + 1;
    for (const found of entriesAfter(database, number)) {
      const entry = entryOf(found);
      const { number: at, id } = entry;
      const content = contentOf(found);
      if (at !== expected) throw new Failure('record.missing', { number: expected });
      expected += 1;
      // What was erased when it was due confirms nothing that could still be asked; before, it was noted (`complete`).
      if (content === null && isEmptied(entry) && erased().has(at)) continue;
      if (content === null) throw new Failure('record.seal-broken', { id });
      const name = confirmedIn(content);
      if (name !== null) yield [name, id];
    }
    const head = database.prepare<[], number>('SELECT number FROM chain_head WHERE only_row = 1').pluck().get() ?? 0;
    if (head >= expected) throw new Failure('record.missing', { number: expected });
  }

  const put = (name: OrderName, id: string): void => {
    prepared<[string, string]>(
      database,
      'INSERT OR IGNORE INTO confirmed_orders (order_index, record_id) VALUES (?, ?)',
    ).run(indexOf(name), id);
  };

  const isThrough = (number: number): void => {
    prepared<[number]>(
      database,
      `INSERT INTO orders_indexed (only_row, through) VALUES (1, ?)
       ON CONFLICT (only_row) DO UPDATE SET through = excluded.through`,
    ).run(number);
  };

  // What this connection appended since, by number: what stands there still, by its hash, need not be opened to be noted.
  const appended = new Map<
    number,
    { readonly hash: string; readonly confirmed: readonly [OrderName, string] | null }
  >();

  const appendedBetween = (after: number, last: number): readonly (readonly [OrderName, string])[] | null => {
    const all: (readonly [OrderName, string])[] = [];
    for (let number = after + 1; number <= last; number++) {
      const known = appended.get(number);
      if (known === undefined || hashOfNumber(database, number) !== known.hash) return null;
      if (known.confirmed !== null) all.push(known.confirmed);
    }
    return all;
  };

  const noteThrough = (number: number): void => {
    const known = appendedBetween(through(), number);
    appended.clear();
    if (known !== null) {
      for (const [name, id] of known) put(name, id);
      isThrough(number);
      return;
    }
    for (const [name, id] of [...confirmedAfter(through())]) put(name, id);
    isThrough(number);
  };

  const find: ConfirmedOrders['find'] = (order, whole) => {
    const wanted = indexOf(order);
    // What others touched says nothing: the records themselves are asked, which are chained and sealed.
    const from = whole ? through() : 0;
    if (whole) {
      const known = preparedValue<[string], string>(
        database,
        'SELECT record_id FROM confirmed_orders WHERE order_index = ?',
      ).get(wanted);
      if (known !== undefined) return known;
    }
    for (const [name, id] of confirmedAfter(from)) if (indexOf(name) === wanted) return id;
    return null;
  };

  return {
    find,
    refuse: (content, whole) => {
      const name = confirmedIn(content);
      const record = name === null ? null : find(name, whole);
      if (record !== null) throw new Failure('order.already-confirmed', { record });
    },
    follow: (content, number, whole) => {
      const name = confirmedIn(content);
      const hash = hashOfNumber(database, number);
      if (hash !== undefined) appended.set(number, { hash, confirmed: name === null ? null : [name, content.id] });
      if (appended.size > mostRemembered) appended.clear();
      if (!whole || (name === null && number - through() < mostBehind)) return;
      noteThrough(number);
    },
    complete: () => {
      const newest = database.prepare<[], number>('SELECT coalesce(max(number), 0) FROM records').pluck().get() ?? 0;
      if (newest > through()) noteThrough(newest);
    },
  };
}
