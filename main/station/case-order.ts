import type { Answer, CaseStep, CaseView, OfferedOrderView, OrderInput } from '../../preload/contract.ts';
import type { House } from '../house/house.ts';
import { Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { type GivenOrder, givenOrder } from '../verification/order-case.ts';
import { orderPlace, unplaced } from '../verification/order-standing.ts';
import { typedOrder } from '../verification/order-typed.ts';
import type { Purpose } from '../verification/types.ts';
import type { Reading } from './reading.ts';
import type { Reused } from './reuse.ts';

/** What of a case its order concerns. */
interface OrderedCase {
  readonly reading: Reading;
  step: CaseStep;
  purpose: Purpose | null;
  face: object | null;
  order: GivenOrder | null;
  readonly second: { readonly reading: Reading } | null;
  reused: Reused | null;
  /** The referral that the case decides; null where it is the desk's own. */
  readonly referral: { readonly id: string } | null;
}

type Standing = ReturnType<House['orders']['hindrances']>;
type Orders = Pick<House, 'orders' | 'policy' | 'now'>;
/** Who the case is about; null while nobody knows. */
type Person = Parameters<House['orders']['hindrances']>[1]['holder'];

/** What speaks against an order: asked for at most once a second, since a snapshot comes with each step of a reading. */
const standings = new WeakMap<GivenOrder, { readonly key: string; readonly standing: Standing }>();

/** The order that staff typed. Fails with `order.malformed`. */
export function orderTyped(input: OrderInput, house: Pick<House, 'now'>, freshId: string): GivenOrder {
  return givenOrder(typedOrder(input, { at: house.now(), freshId }), 'typed');
}

/**
 * Gives the case another order, or (null) none. What was read was for the one before: the document is to be read again, and the
 * faces compared. Fails with `case.busy` while a chip is read, and with `order.other-purpose` where the purpose carries none.
 */
export function setOrder(house: Orders, file: OrderedCase, given: GivenOrder | null): void {
  if (file.reading.busy || file.second?.reading.busy === true) throw new Failure('case.busy');
  if (file.purpose === null) throw new Failure('case.not-open', { step: 'purpose' });
  if (given !== null) {
    const place = orderPlace(house.policy(file.purpose), given);
    if (place !== null) throw new Failure(place);
  }
  if (given?.hash === file.order?.hash) return;
  file.order = given;
  // What was read for an earlier case was read for none of its orders.
  if (file.reused !== null) file.reading.forget();
  else file.reading.forgetForOrder();
  file.reused = null;
  // What lies on the reader from now on is the first document again.
  file.second?.reading.stop();
  file.face = null;
  if (file.step !== 'purpose' && file.step !== 'holder') file.step = 'chip';
}

/** Why the order of the case cannot be confirmed now; null where it can, and where it carries none and needs none. */
export function orderHindranceOf(house: Orders, file: OrderedCase, holder: Person): FailureCode | null {
  if (file.purpose === null) return null;
  const place = orderPlace(house.policy(file.purpose), file.order);
  if (place !== null || file.order === null) return place;
  return standingOf(house, file, file.order, holder).codes[0] ?? unplaced(file.order.order, holder);
}

function standingOf(house: Orders, { purpose, referral }: OrderedCase, given: GivenOrder, holder: Person): Standing {
  const key = [house.now().slice(0, 19), purpose, holder?.id, holder?.personalNumber, referral?.id].join();
  const known = standings.get(given);
  if (known?.key === key) return known.standing;
  const standing = house.orders.hindrances(given, { purpose, holder, referral: referral?.id ?? null });
  standings.set(given, { key, standing });
  return standing;
}

/** The order of the case as the page shows it. */
export function orderView(house: Orders, file: OrderedCase, holder: Person): CaseView['order'] {
  const given = file.order;
  if (given === null) return null;
  const { codes, record } = standingOf(house, file, given, holder);
  // Another errand may have been chosen since.
  const place = file.purpose === null ? null : orderPlace(house.policy(file.purpose), given);
  const proof = file.reading.evidence.checks.find(({ id }) => id === 'active-authentication');
  const read = proof?.detail.boundTo === given.hash;
  const bound = proof?.detail.boundBy;
  return {
    ...offeredView(given),
    codes: place === null ? [...codes] : [place, ...codes],
    record,
    boundBy: read && (bound === 'active-authentication' || bound === 'station') ? bound : null,
  };
}

/** An order as a person is to read it. */
export function offeredView({ order, hash, source }: GivenOrder): OfferedOrderView {
  const { issuer, text, amount, reference, expiresAt } = order;
  return { hash, source, issuer, text, amount: amount === null ? null : { ...amount }, reference, expiresAt };
}

/**
 * What the bank that sent this order is told of the case that left this record, in short; null where nobody signed the order, nothing
 * is told yet, or the answer is of another desk's case: beside "Declined" nobody may scan that another went on.
 */
export function lastAnswer(
  { taken, short }: Pick<House['answers'], 'taken' | 'short'>,
  { order, hash, source }: GivenOrder,
  recordId: string | null,
): Answer<'case.lastAnswer'> {
  const now = source === 'signed' ? taken(order.issuer, order.id) : null;
  if (now === null || now.answer === null || now.orderHash !== hash) return null;
  if (recordId === null || now.recordId !== recordId) return null;
  return { bank: now.system.name ?? now.system.id, way: now.way, short: short(now.answer) };
}
