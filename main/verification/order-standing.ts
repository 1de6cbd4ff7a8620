import { statedDirectoryId } from '../holders/directory-id.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { isBefore, minutesAfter } from '../result/instant.ts';
import { type PlainDate, partsOf } from '../result/plain-date.ts';
import { clockWentBack } from '../trust/path/freshness.ts';
import type { Order } from './order.ts';
import type { GivenOrder } from './order-case.ts';
import type { PolicyTerms } from './terms.ts';
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
  of: { readonly purpose: Purpose | null; readonly holder: Pick<CaseHolder, 'id' | 'personalNumber'> | null },
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

const swedishForm = /^(\d{2})?(\d{6})([-+])?(\d{4})$/;

// A number may be written with or without its separator. With two digits of its year the separator says the century: `-` until
// the year in which the person turns 100, `+` from then on (folkbokföringslagen 1991:481 18 §); without one it is read as `-`.
function isCustomer(
  customer: string,
  { id, personalNumber }: Pick<CaseHolder, 'id' | 'personalNumber'>,
  today: PlainDate,
): boolean {
  // The bank knows nothing of how a station tells the ids of its directory from those of a file.
  if (customer === id || customer === statedDirectoryId(id)) return true;
  const number = personalNumber?.toUpperCase() ?? '';
  if (customer.toUpperCase() === number) return true;
  const match = swedishForm.exec(customer);
  if (match === null || !/^\d{12}$/.test(number)) return false;
  const [, century = '', day = '', separator = '', rest = ''] = match;
  if (!number.endsWith(day + rest)) return false;
  const turnsHundred = partsOf(today).year - Number(number.slice(0, 4)) >= 100;
  if (century !== '') return number.startsWith(century) && (separator !== '+' || turnsHundred);
  return (separator === '+') === turnsHundred;
}
