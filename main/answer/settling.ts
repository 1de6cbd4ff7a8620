import type { After } from '../result/after.ts';
import { answerCase, type OrdersGround, orderContentOf, type TakenOrder } from './orders-taken.ts';

/** How often it is looked whether a case has left its record and no answer, in milliseconds. */
const settleMillis = 60_000;
const mostNew = 50;
/** Cases that have left their record: many of them may be with a colleague. */
const mostNoted = 500;

/**
 * Answers what was left unanswered: a process may have ended between the record of a case and its answer, another one may have
 * written just then, or the system was away. However the case ended, its record was noted with it. What cannot be answered now
 * stays for the next time. Fails as the database does.
 */
export function settleOrders(ground: OrdersGround): readonly TakenOrder[] {
  const { records, receivedOrders } = ground.unlocked();
  const noted = receivedOrders.unsettled(mostNoted);
  const known = new Set(noted.map(({ number }) => number));
  const unnoted = receivedOrders.unanswered(mostNew).filter(({ number }) => !known.has(number));
  const left = [...noted, ...unnoted];
  if (left.length > 0) records.noteOrders();
  return left.flatMap((kept) => {
    try {
      // A note may be missing, or taken away: the records tell whose case it was, those of an earlier app who confirmed it.
      const { order: wanted } = orderContentOf(kept.content);
      const found = [records.confirmedBy(wanted), records.caseOf({ order: wanted, source: 'signed' })];
      for (const recordId of new Set([...found, kept.recordId])) {
        const order = recordId === null ? null : answerCase(ground, recordId);
        if (order?.state === 'answered') return [order];
      }
    } catch {
      // One order whose record or system is gone keeps none of the others from being answered.
    }
    return [];
  });
}

/** Settles now and again and again; `tell` hears of each order that was answered by it. The answer ends it. */
export function keepSettling(ground: OrdersGround, after: After, tell: (order: TakenOrder) => void): () => void {
  let cancel: () => void = () => undefined;
  const settle = (): void => {
    try {
      for (const order of settleOrders(ground)) tell(order);
    } catch {
      // A folder that is busy or locked now is looked at again.
    }
    cancel = after(settleMillis, settle);
  };
  settle();
  return () => cancel();
}
