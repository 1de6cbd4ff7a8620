import type { FailureCode } from '../result/failure-codes.ts';
import { isBefore, minutesAfter } from '../result/instant.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { clockWentBack } from '../trust/path/freshness.ts';
import type { Order } from './order.ts';

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
