import type { FailureCode } from '../result/failure-codes.ts';
import { isBefore, minutesAfter } from '../result/instant.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { isSetBack, laterOf } from '../result/set-back.ts';
import { clockWentBack } from '../trust/path/freshness.ts';
import type { Order } from './order.ts';
import type { GivenOrder } from './order-case.ts';
import { isCustomer, type PossibleCustomer } from './order-customer.ts';
import type { PolicyTerms } from './terms.ts';
import type { Purpose } from './types.ts';

/** When and where an order is looked at. */
export interface OrderMoment {
  /** The instant, ISO 8601 with `Z`, and the day by the station's clock. */
  readonly now: string;
  readonly today: PlainDate;
  /** The newest day that the station has seen; null where it has seen none. */
  readonly newestKnown: PlainDate | null;
  /** The newest instant of which it knows that it was, ISO 8601 with `Z`; null where it knows of none. */
  readonly newestAt: string | null;
  /** The names by which this station may be meant; null where nobody asked a station. */
  readonly audiences: readonly string[] | null;
}

/** So far the clock of whoever asks may be ahead of ours. */
const leewayMinutes = 5;

/**
 * Why this order cannot be confirmed here and now, worst first; empty where it can. By a clock that went back nothing is in
 * time that has a time (`clock.went-back`): what seems to have time left may be over, and what seems to lie ahead may have begun; only
 * what is over by that clock too is over. Set right by a little, the later is the time. Whether it was confirmed already is for the
 * store to say.
 */
export function orderHindrances(order: Order, moment: OrderMoment): readonly FailureCode[] {
  const { now, today, newestKnown, newestAt, audiences } = moment;
  const { audience, issuedAt, expiresAt } = order;
  const found: FailureCode[] = [];
  if (audience !== null && audiences !== null && !audiences.includes(audience)) found.push('order.foreign');
  // Orders have instants: a day by which lists may differ, or an hour, is enough to bring one back that is over.
  const wentBack = isSetBack(now, newestAt) || clockWentBack(today, newestKnown);
  const at = wentBack || newestAt === null ? now : laterOf(now, newestAt);
  if (expiresAt !== null && !isBefore(at, expiresAt)) found.push('order.expired');
  if ((issuedAt !== null || expiresAt !== null) && wentBack) found.push('clock.went-back');
  if (issuedAt !== null && isBefore(minutesAfter(at, leewayMinutes), issuedAt)) found.push('order.not-yet-valid');
  return found;
}

/** Why a purpose has no place for what the case carries, by its policy's terms; null where it has. */
export function orderPlace(
  { order: carries, orderSource }: Pick<PolicyTerms, 'order' | 'orderSource'>,
  given: Pick<GivenOrder, 'source'> | null,
): FailureCode | null {
  if (given === null) return carries === 'required' ? 'order.missing' : null;
  if (carries === 'none') return 'order.other-purpose';
  return orderSource === 'signed' && given.source !== 'signed' ? 'order.not-signed' : null;
}

/** Why an order does not belong to this case, as far as it says for what and whom it is; empty where it may. */
export function misplaced(
  { purpose, customer }: Order,
  of: { readonly purpose: Purpose | null; readonly holder: PossibleCustomer | null },
  today: PlainDate,
): readonly FailureCode[] {
  const found: FailureCode[] = [];
  if (purpose !== null && of.purpose !== null && purpose !== of.purpose) found.push('order.other-purpose');
  if (customer !== null && of.holder !== null && !isCustomer(customer, of.holder, today))
    found.push('order.other-customer');
  return found;
}

/** Why an order that names its customer cannot be confirmed by whom nobody knows; null where it may. */
export function unplaced({ customer }: Pick<Order, 'customer'>, holder: object | null): FailureCode | null {
  return customer !== null && holder === null ? 'order.other-customer' : null;
}
