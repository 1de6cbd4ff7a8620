import * as v from 'valibot';
import type { LimitClock } from '../machine/limit-clock.ts';
import { toHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { isBefore, minutesAfter } from '../result/instant.ts';
import type { ReceivedOrder } from '../store/received-orders.ts';
import type { Store, UnlockedStore } from '../store/types.ts';
import { type Order, orderHash, orderSchema } from '../verification/order.ts';
import type { GivenOrder } from '../verification/order-case.ts';
import { answerSigner } from './answer-signer.ts';
import { bankNamed } from './bank-acts.ts';
import { type Way, ways } from './bank-system.ts';
import { askedClaims } from './claims.ts';
import { signToken } from './jws.ts';
import { longestValidityMinutes, proveOrder, type Sender, type SignedOrder } from './signed-order.ts';
import { answerTypes, statementOf } from './statement.ts';

/** How far an order is: nobody has dealt with it, a colleague is to decide, or it was answered. */
export type OrderState = 'waiting' | 'referred' | 'answered';

/** An order that was taken in. */
export interface TakenOrder {
  readonly number: number;
  readonly state: OrderState;
  /** The record of its case; null before. */
  readonly recordId: string | null;
  readonly order: Order;
  /** SHA-256 of the order's canonical form, hex. */
  readonly orderHash: string;
  /** Id and name of the system that sent it; the name is null where the system is not known any more. */
  readonly system: { readonly id: string; readonly name: string | null };
  readonly kid: string;
  /** Which key that was (`thumbprintOf`); null of what an earlier app took in. */
  readonly keyPrint: string | null;
  readonly way: Way;
  readonly receivedAt: string;
  /** The signed answer; null before. */
  readonly answer: string | null;
}

/** Orders as whoever hands them over asks for them. */
export interface OrderCalls {
  /** As `takeOrder`. */
  readonly take: (token: string, sender: Sender) => Promise<TakenOrder>;
  /** As `orderTaken`. */
  readonly taken: (issuer: string, id: string) => TakenOrder | null;
  /** Hears of each order that came and each that was answered; the answer stops it. */
  readonly onChange: (listener: (order: TakenOrder) => void) => () => void;
}

const contentSchema = v.strictObject({
  system: v.string(),
  order: orderSchema,
  asks: v.array(v.picklist(askedClaims)),
  kid: v.string(),
  keyPrint: v.optional(v.string()),
  digest: v.string(),
  way: v.picklist(ways),
});
type Content = v.InferOutput<typeof contentSchema>;

/** What the rooms above hand in. `unlocked` fails with `storage.locked`. */
export interface OrdersGround {
  readonly store: Store;
  readonly unlocked: () => UnlockedStore;
  readonly clock: LimitClock;
}

/**
 * Takes a signed order in, once; `isNew` says whether it came only now. The same token by the same way again is the same question: it
 * comes back as it is by now, also when it has expired meanwhile, with the answer that was given; never does it make a second case.
 * Fails as `proveOrder`, and with `order.replayed` where its name was used before by another token, or by another way.
 */
export async function takeOrder(
  ground: OrdersGround,
  text: string,
  sender: Sender,
): Promise<{ readonly isNew: boolean; readonly order: TakenOrder }> {
  const { store, unlocked, clock } = ground;
  const { receivedOrders, station } = unlocked();
  const signed = await proveOrder(text, sender, {
    system: (id) => bankNamed(store, id),
    stationId: station.id,
    now: clock.now(),
    today: clock.today(),
    newestDay: store.newestDay()?.day ?? null,
    newestAt: clock.newestAt(),
    takenAt: (issuer, id) => receivedOrders.find(nameOf(issuer, id))?.receivedAt ?? null,
  });
  const { issuer, id } = signed.order;
  const { system, order, asks, kid, keyPrint, digest } = signed;
  const { way } = sender;
  const content: Content = { system: system.id, order: { ...order }, asks: [...asks], kid, digest, way };
  const { isNew, order: kept } = receivedOrders.take(nameOf(issuer, id), { ...content, keyPrint }, clock.now());
  const held = contentIn(kept);
  if (!isNew && (held.digest !== digest || held.way !== sender.way)) throw new Failure('order.replayed');
  return { isNew, order: (isNew ? dealtWithBefore(ground, order) : null) ?? takenOrder(store, kept) };
}

// Somebody may have deleted what was taken in: the records know the order, and its bank hears what it has heard.
function dealtWithBefore(ground: OrdersGround, order: Order): TakenOrder | null {
  try {
    const recordId = ground.unlocked().records.caseOf({ order, source: 'signed' });
    return recordId === null ? null : answerCase(ground, recordId);
  } catch {
    // Where the records cannot tell either nothing goes on with it, and it is asked again (`settleOrders`).
    return null;
  }
}

/** What a signed order says, proved; nothing is taken in. No way is looked at: it is only shown. Fails as `proveOrder`. */
export async function proveOnly({ store, unlocked, clock }: OrdersGround, text: string): Promise<SignedOrder> {
  const { station } = unlocked();
  return proveOrder(text, null, {
    system: (id) => bankNamed(store, id),
    stationId: station.id,
    now: clock.now(),
    today: clock.today(),
    newestDay: store.newestDay()?.day ?? null,
    newestAt: clock.newestAt(),
    takenAt: () => null,
  });
}

/**
 * Notes that the case of an order has left this record, in the transaction of the record itself: whatever becomes of the answer, it
 * is known which record it rests on. Never throws: a case leaves its record also where its order cannot be read any more.
 */
export function noteCase({ unlocked }: OrdersGround, recordId: string, given: GivenOrder): void {
  if (given.source !== 'signed') return;
  try {
    const { receivedOrders } = unlocked();
    const kept = receivedOrders.find(nameOf(given.order.issuer, given.order.id));
    if (kept === null || toHex(orderHash(contentIn(kept).order)) !== given.hash) return;
    receivedOrders.noteRecord(kept.number, recordId);
  } catch {
    // As above; one that confirmed the order is found by the order (`settleOrders`).
  }
}

/** Orders that wait for somebody. */
export interface WaitingOrders {
  /** Newest first. */
  readonly orders: readonly TakenOrder[];
  /** How many more have neither an answer nor a record and were not opened yet: the next look opens some of them. */
  readonly unopened: number;
}

/** What earlier looks have opened, by number: those that were in time, and until when each is. */
export interface OpenedOrders {
  readonly opened: Map<number, TakenOrder>;
  readonly ends: Map<number, string | null>;
}

/**
 * Orders that wait for somebody and are still in time, newest first. Those that expired with nobody having dealt with them are passed
 * by, however many: an order for an appointment must not vanish behind them. One look opens a few, so that the desk does not stand still
 * where thousands came, and none is opened twice.
 */
export function waitingOrders({ store, unlocked, clock }: OrdersGround, { opened, ends }: OpenedOrders): WaitingOrders {
  const { receivedOrders } = unlocked();
  const now = clock.now();
  const orders: TakenOrder[] = [];
  const names = new Map<string, string | null>();
  // Administrators may have taken a system back, or named it otherwise, since the order was opened.
  const nameNow = (id: string): string | null => {
    if (!names.has(id)) names.set(id, bankNamed(store, id)?.name ?? null);
    return names.get(id) ?? null;
  };
  const isOver = (end: string | null | undefined): boolean => typeof end === 'string' && !isBefore(now, end);
  const undecided = receivedOrders.undecided(minutesAfter(now, -longestValidityMinutes));
  const still = new Set(undecided);
  for (const number of ends.keys()) if (!still.has(number)) ends.delete(number);
  for (const number of opened.keys()) if (!still.has(number)) opened.delete(number);
  let unopened = 0;
  let openedNow = 0;
  for (const number of undecided) {
    if (isOver(ends.get(number))) {
      opened.delete(number);
      continue;
    }
    let taken = opened.get(number) ?? null;
    if (orders.length === mostOpened || (taken === null && openedNow === mostOpenedAtOnce)) {
      unopened += 1;
      opened.delete(number);
      continue;
    }
    if (taken === null) {
      const kept = receivedOrders.ofNumber(number);
      openedNow += 1;
      if (kept === null) continue;
      taken = takenOrder(store, kept);
      ends.set(number, taken.order.expiresAt);
      if (isOver(taken.order.expiresAt)) continue;
      opened.set(number, taken);
    }
    const { system } = taken;
    const name = nameNow(system.id);
    orders.push(name === system.name ? taken : { ...taken, system: { ...system, name } });
  }
  return { orders, unopened };
}

/** The order of this number as it is now; null where there is none, or it was erased. */
export function orderOfNumber({ store, unlocked }: OrdersGround, number: number): TakenOrder | null {
  const kept = unlocked().receivedOrders.ofNumber(number);
  return kept === null ? null : takenOrder(store, kept);
}

/** An order as it is now; null where none of that name was taken in. */
export function orderTaken({ store, unlocked }: OrdersGround, issuer: string, id: string): TakenOrder | null {
  const kept = unlocked().receivedOrders.find(nameOf(issuer, id));
  return kept === null ? null : takenOrder(store, kept);
}

/**
 * The case of an order has left this record: answers what the bank's system is told, signed and kept, so that whoever asks again
 * hears the same. Without an answer while a colleague is still to decide; null for a record of a case without a signed order.
 * Fails with `record.not-found`, `record.seal-broken`, and `bank.unknown` where the system was taken back meanwhile.
 */
export function answerCase(ground: OrdersGround, recordId: string): TakenOrder | null {
  const { store, unlocked } = ground;
  const { records, receivedOrders, referrals } = unlocked();
  const { content, hash } = records.get(recordId);
  const confirmed = content.order;
  if (confirmed === undefined || confirmed.source !== 'signed') return null;
  const kept = receivedOrders.find(nameOf(confirmed.order.issuer, confirmed.order.id));
  if (kept === null) return null;
  const { order, asks, digest, system: systemId } = contentIn(kept);
  const wanted = toHex(orderHash(order));
  // Another order of that name may have been typed: it is not the one that this system sent.
  if (confirmed.hash !== wanted) return null;
  if (kept.answer !== null) return takenOrder(store, kept);
  receivedOrders.noteRecord(kept.number, recordId);
  // Referred it waits where a colleague can open it, here or at another station; where none can, or none any more, that it was referred
  // is how it ended.
  if (content.decision.outcome !== 'refer' || !referrals.waits(recordId)) {
    const system = bankNamed(store, systemId);
    if (system === null) throw new Failure('bank.unknown');
    const claims = statementOf({
      record: { id: recordId, hash },
      content,
      signed: { order, asks, digest, system },
      orderHash: wanted,
      boundBy: confirmed.boundBy,
    });
    const typ = content.training ? answerTypes.training : answerTypes.ordinary;
    receivedOrders.answer(kept.number, signToken(claims, typ, answerSigner(unlocked(), system.algorithm)));
  }
  return orderTaken(ground, order.issuer, order.id);
}

/** An order is a kilobyte or two in memory. */
const mostOpened = 10_000;
const mostOpenedAtOnce = 100;

// Who asked and its name for it name an order together (RFC 7519 §4.1.7: a `jti` is unique for its issuer alone).
function nameOf(issuer: string, id: string): string {
  return JSON.stringify([issuer, id]);
}

function contentIn({ content }: ReceivedOrder): Content {
  return orderContentOf(content);
}

/** What was kept of an order, besides its state. */
export function orderContentOf(content: ReceivedOrder['content']): Content {
  return v.parse(contentSchema, content);
}

function takenOrder(store: Store, kept: ReceivedOrder): TakenOrder {
  const { order, system, kid, keyPrint = null, way } = contentIn(kept);
  return {
    number: kept.number,
    state: kept.answer !== null ? 'answered' : kept.recordId !== null ? 'referred' : 'waiting',
    recordId: kept.recordId,
    order,
    orderHash: toHex(orderHash(order)),
    system: { id: system, name: bankNamed(store, system)?.name ?? null },
    kid,
    keyPrint,
    way,
    receivedAt: kept.receivedAt,
    answer: kept.answer,
  };
}
