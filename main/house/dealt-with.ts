import type { BankAnswers } from '../answer/bank-answers.ts';
import type { UnlockedStore } from '../store/types.ts';
import { comparable } from '../verification/order.ts';
import type { GivenOrder } from '../verification/order-case.ts';
import { referralOf } from './referral.ts';

/**
 * Whether an order is somebody else's by now: its bank has heard how it ended and hears nothing else, or a case that carried it was
 * referred, and a colleague decides that one, or nobody does where none can. `referral` is the id of the referral that the asking case decides, null where it is a
 * case of its own: the colleague alone goes on.
 */
export type DealtWith = (given: GivenOrder, referral: string | null) => boolean;

/**
 * Orders as the answers, the records and the queue of one folder have them. Asked within a transaction it holds for that one. The
 * records are chained and what follows from them is marked: whoever deletes what was taken in, or what waits, makes no order new.
 * The other two know of orders that were dealt with by an app which did not note it. Fails as `RecordsRepository.caseOf`.
 */
export function ordersDealtWith(
  open: () => {
    readonly referrals: UnlockedStore['referrals'];
    readonly records: Pick<UnlockedStore['records'], 'caseOf'>;
  },
  { taken }: Pick<BankAnswers, 'taken'>,
): DealtWith {
  // What waits does not change: each is opened once, however often a desk asks.
  const carried = new Map<string, string | null>();
  const read = (id: string): string | null => {
    try {
      const waiting = open().referrals.get(id);
      const order = waiting === null ? null : (referralOf(waiting.text).order?.order ?? null);
      return order === null ? null : nameOf(order);
    } catch {
      // What does not open any more is no colleague's either; whoever could break it could have deleted it.
      return null;
    }
  };
  const orderIn = (id: string): string | null => {
    const known = carried.get(id);
    if (known !== undefined) return known;
    const name = read(id);
    carried.set(id, name);
    return name;
  };
  return (given, referral) => {
    const { order, hash, source } = given;
    const record = open().records.caseOf(given);
    if (record !== null && record !== referral) return true;
    const now = source === 'signed' ? taken(order.issuer, order.id) : null;
    if (now?.orderHash === hash && now.state !== 'waiting')
      return now.state === 'answered' || now.recordId !== referral;
    const name = nameOf(order);
    return open()
      .referrals.ids()
      .some((id) => id !== referral && orderIn(id) === name);
  };
}

// As `confirmedOrders` names them: two of one name are one order, written one way or another.
function nameOf({ issuer, id }: GivenOrder['order']): string {
  return JSON.stringify([comparable(issuer), id]);
}
