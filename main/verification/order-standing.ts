import type { FailureCode } from '../result/failure-codes.ts';
import { isBefore, minutesAfter } from '../result/instant.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { clockWentBack } from '../trust/path/freshness.ts';
import type { Order } from './order.ts';
import type { CaseHolder, Purpose } from './types.ts';

/** When and where an order is looked at. */
export interface OrderMoment {
  /** The instant, ISO 8601 with `Z`, and the day by the station's clock. */
  readonly now: string;
  readonly today: PlainDate;
  /** The newest day that the station has seen; null where it has seen none. */
  readonly newestKnown: PlainDate | null;
  /** The names by which this station may be meant; null where nobody asked a station. */
  readonly audiences: readonly string[] | null;
}

/** So far the clock of whoever asks may be ahead of ours. */
const leewayMinutes = 5;

/**
 * Why this order cannot be confirmed here and now, worst first; empty where it can. By a clock that went back nothing is in
 * time that has a time (`clock.went-back`): what seems to have time left may be over. Whether it was confirmed already is for
 * the store to say.
 */
export function orderHindrances(order: Order, moment: OrderMoment): readonly FailureCode[] {
  const { now, today, newestKnown, audiences } = moment;
  const { audience, issuedAt, expiresAt } = order;
  const found: FailureCode[] = [];
  if (audience !== null && audiences !== null && !audiences.includes(audience)) found.push('order.foreign');
  if (expiresAt !== null && !isBefore(now, expiresAt)) found.push('order.expired');
  if (issuedAt !== null && isBefore(minutesAfter(now, leewayMinutes), issuedAt)) found.push('order.not-yet-valid');
  if ((issuedAt !== null || expiresAt !== null) && clockWentBack(today, newestKnown)) found.push('clock.went-back');
  return found;
}

/** Why a purpose has no place for what the case carries; null where it has. `carries` is the policy's word (`PolicyTerms.order`). */
export function orderPlace(carries: 'none' | 'optional' | 'required', order: Order | null): FailureCode | null {
  if (order === null) return carries === 'required' ? 'order.missing' : null;
  return carries === 'none' ? 'order.other-purpose' : null;
}

/** Why an order does not belong to this case, as far as it says for what and whom it is; empty where it may. */
export function misplaced(
  { purpose, customer }: Order,
  of: { readonly purpose: Purpose | null; readonly holder: Pick<CaseHolder, 'id' | 'personalNumber'> | null },
): readonly FailureCode[] {
  const found: FailureCode[] = [];
  if (purpose !== null && of.purpose !== null && purpose !== of.purpose) found.push('order.other-purpose');
  if (customer !== null && of.holder !== null && !isCustomer(customer, of.holder)) found.push('order.other-customer');
  return found;
}

/** Why an order that names its customer cannot be confirmed by whom nobody knows; null where it may. */
export function unplaced({ customer }: Pick<Order, 'customer'>, holder: object | null): FailureCode | null {
  return customer !== null && holder === null ? 'order.other-customer' : null;
}

// A number may be written with or without its separator, and with two digits of its year.
function isCustomer(customer: string, { id, personalNumber }: Pick<CaseHolder, 'id' | 'personalNumber'>): boolean {
  if (customer === id) return true;
  const number = personalNumber?.toUpperCase() ?? '';
  const asked = customer.toUpperCase();
  if (asked === number) return true;
  const swedish = /^(?:\d{2})?\d{6}[-+]?\d{4}$/;
  if (!/^\d{12}$/.test(number) || !swedish.test(asked)) return false;
  const digits = asked.replace(/[-+]/, '');
  return digits === number || (digits.length === 10 && number.endsWith(digits));
}
