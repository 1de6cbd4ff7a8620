import type { Database } from 'better-sqlite3';
import type { KeyedIndex } from '../crypto/sealing.ts';
import type { RecordContent, RecordEntry } from '../records/types.ts';
import { entryOf, type FoundEntry, isEmptied } from '../records/verify-chain.ts';
import { toHex } from '../result/bytes.ts';
import { canonicalBytes } from '../result/canonical-json.ts';
import { Failure } from '../result/failure.ts';
import { comparable, type Order } from '../verification/order.ts';
import type { GivenOrder } from '../verification/order-case.ts';
import { entriesAfter, hashOfNumber } from './chain-rows.ts';
import { prepared, preparedValue } from './prepared.ts';

/** So many records at most are looked through when an order is to be confirmed: each is opened, and a case waits meanwhile. */
const mostBehind = 20;
/** Where others touched the marked tables nothing is noted, and nothing need be remembered for it. */
const mostRemembered = 1_000;

/** Who asked and its name for it: together they name an order (two of one name and other content are one order). */
export type OrderName = Pick<Order, 'issuer' | 'id'>;

/** An order as a case had it: one that was signed and one that was typed under the same name are two. */
export interface CarriedOrder extends Pick<GivenOrder, 'source'> {
  readonly order: OrderName;
}

/** What follows from the records for orders; all of it inside a transaction. `whole` says that nobody touched the marked tables. */
export interface ConfirmedOrders {
  /** The record by which it was confirmed; null where it was not. Fails with `record.missing`, `record.seal-broken`. */
  readonly find: (order: OrderName, whole: boolean) => string | null;
  /** The record that has the order now (`holderOf`); null where none has. Fails as `find`. */
  readonly caseOf: (order: CarriedOrder, whole: boolean) => string | null;
  /** Before a record is appended. Fails with `order.already-confirmed` where it confirms what another one has. */
  readonly refuse: (content: RecordContent, whole: boolean) => void;
  /** After it was appended. */
  readonly follow: (content: RecordContent, entry: Pick<RecordEntry, 'number' | 'hash'>, whole: boolean) => void;
  /** Before a record is erased: all are noted. Fails as `find`. */
  readonly complete: () => void;
}

/** What follows from a record that carries an order. */
interface Carrying {
  readonly id: string;
  readonly content: Pick<RecordContent, 'decision' | 'referral'> & {
    readonly order: NonNullable<RecordContent['order']>;
  };
}

function carryingIn(id: string, { order, decision, referral }: RecordContent): Carrying | null {
  if (order === undefined) return null;
  return { id, content: { order, decision, ...(referral === undefined ? {} : { referral }) } };
}

/** Null where a record confirms no order: only a decision to go on does. */
export function confirmedIn({ order, decision }: Pick<RecordContent, 'order' | 'decision'>): OrderName | null {
  return order !== undefined && decision.outcome === 'go-on' ? order.order : null;
}

/**
 * The record that has an order after this one, `id`. The first has it: of one that a bank signed whatever came of it, for the bank
 * is told; of one that nobody signed a case that was referred or went on, since others leave it to be asked again. From then on it
 * goes to the colleague who decides the case that has it, and to nobody else.
 */
function holderOf(
  now: string | null,
  id: string,
  { order, decision, referral }: Pick<RecordContent, 'order' | 'decision' | 'referral'>,
): string | null {
  if (now !== null) return referral?.recordId === now ? id : now;
  const isTaken = order?.source === 'signed' || decision.outcome === 'refer' || decision.outcome === 'go-on';
  return isTaken ? id : null;
}

/** Over the records of this database: `contentOf` opens one, null where its seal does not. */
export function confirmedOrders(
  database: Database,
  index: KeyedIndex,
  contentOf: (found: FoundEntry) => RecordContent | null,
  erased: () => ReadonlyMap<number, unknown>,
): ConfirmedOrders {
  const indexOf = ({ issuer, id }: OrderName): string => toHex(index.of(canonicalBytes([comparable(issuer), id])));
  // In the same table: three parts, where a name has two.
  const carriedIndexOf = ({ order: { issuer, id }, source }: CarriedOrder): string =>
    toHex(index.of(canonicalBytes([source === 'signed' ? 'signed' : 'unsigned', comparable(issuer), id])));

  const through = (): number =>
    preparedValue<[], number>(database, 'SELECT through FROM orders_indexed WHERE only_row = 1').get() ?? 0;

  // Opened and in their order without a gap: a record that is gone may be the one that confirmed it.
  function* carryingAfter(number: number): Generator<Carrying> {
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
      const carrying = carryingIn(id, content);
      if (carrying !== null) yield carrying;
    }
    const head = database.prepare<[], number>('SELECT number FROM chain_head WHERE only_row = 1').pluck().get() ?? 0;
    if (head >= expected) throw new Failure('record.missing', { number: expected });
  }

  const noted = (wanted: string): string | null =>
    preparedValue<[string], string>(database, 'SELECT record_id FROM confirmed_orders WHERE order_index = ?').get(
      wanted,
    ) ?? null;

  const put = ({ id, content }: Carrying): void => {
    const name = confirmedIn(content);
    if (name !== null)
      prepared<[string, string]>(
        database,
        'INSERT OR IGNORE INTO confirmed_orders (order_index, record_id) VALUES (?, ?)',
      ).run(indexOf(name), id);
    const carried = carriedIndexOf(content.order);
    const now = noted(carried);
    const next = holderOf(now, id, content);
    if (next !== null && next !== now)
      prepared<[string, string]>(
        database,
        `INSERT INTO confirmed_orders (order_index, record_id) VALUES (?, ?)
         ON CONFLICT (order_index) DO UPDATE SET record_id = excluded.record_id`,
      ).run(carried, next);
  };

  const isThrough = (number: number): void => {
    prepared<[number]>(
      database,
      `INSERT INTO orders_indexed (only_row, through) VALUES (1, ?)
       ON CONFLICT (only_row) DO UPDATE SET through = excluded.through`,
    ).run(number);
  };

  // What this connection appended since, by number: what stands there still, by its hash, need not be opened to be noted.
  const appended = new Map<number, { readonly hash: string; readonly carrying: Carrying | null }>();

  const appendedBetween = (after: number, last: number): readonly Carrying[] | null => {
    const all: Carrying[] = [];
    for (let number = after + 1; number <= last; number++) {
      const known = appended.get(number);
      if (known === undefined || hashOfNumber(database, number) !== known.hash) return null;
      if (known.carrying !== null) all.push(known.carrying);
    }
    return all;
  };

  const noteThrough = (number: number): void => {
    const known = appendedBetween(through(), number);
    appended.clear();
    if (known !== null) {
      for (const carrying of known) put(carrying);
      isThrough(number);
      return;
    }
    for (const carrying of [...carryingAfter(through())]) put(carrying);
    isThrough(number);
  };

  // What others touched says nothing: the records themselves are asked, which are chained and sealed.
  const from = (whole: boolean): number => (whole ? through() : 0);

  const find: ConfirmedOrders['find'] = (order, whole) => {
    const wanted = indexOf(order);
    const known = whole ? noted(wanted) : null;
    if (known !== null) return known;
    for (const { id, content } of carryingAfter(from(whole))) {
      const name = confirmedIn(content);
      if (name !== null && indexOf(name) === wanted) return id;
    }
    return null;
  };

  const caseOf: ConfirmedOrders['caseOf'] = (order, whole) => {
    const wanted = carriedIndexOf(order);
    let now = whole ? noted(wanted) : null;
    for (const { id, content } of carryingAfter(from(whole)))
      if (carriedIndexOf(content.order) === wanted) now = holderOf(now, id, content);
    return now;
  };

  return {
    find,
    caseOf,
    refuse: (content, whole) => {
      const name = confirmedIn(content);
      const record = name === null ? null : find(name, whole);
      if (record !== null) throw new Failure('order.already-confirmed', { record });
    },
    follow: (content, { number, hash }, whole) => {
      appended.set(number, { hash, carrying: carryingIn(content.id, content) });
      if (appended.size > mostRemembered) appended.clear();
      if (!whole || (content.order === undefined && number - through() < mostBehind)) return;
      noteThrough(number);
    },
    complete: () => {
      const newest = database.prepare<[], number>('SELECT coalesce(max(number), 0) FROM records').pluck().get() ?? 0;
      if (newest > through()) noteThrough(newest);
    },
  };
}
