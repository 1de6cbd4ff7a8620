import type { BankAnswers } from '../answer/bank-answers.ts';
import { orderInLink } from '../answer/order-link.ts';
import { misreadToken } from '../answer/scanned-token.ts';
import { thumbprintOf } from '../answer/thumbprint.ts';
import type { LimitClock } from '../machine/limit-clock.ts';
import { Failure } from '../result/failure.ts';
import type { Store, UnlockedStore } from '../store/types.ts';
import { comparable, parseOrder } from '../verification/order.ts';
import { type GivenOrder, givenOrder, isCompactJws } from '../verification/order-case.ts';
import { misplaced, orderHindrances } from '../verification/order-standing.ts';
import { ordersDealtWith } from './dealt-with.ts';
import type { HouseOrders } from './house.ts';

/** Orders as both doors ask for them. `open` fails with `storage.locked` while the folder is locked. */
export function houseOrders(
  store: Pick<Store, 'newestDay' | 'isWhole'>,
  open: () => UnlockedStore,
  clock: LimitClock,
  signed: Pick<BankAnswers, 'take' | 'taken' | 'banks'>,
): HouseOrders {
  // A key that administrators took back since the order came vouches for nothing any more, nor does another one that was given its
  // name; nor one that cannot be looked up.
  const isVouchedFor = ({ order, source, issuerKey }: GivenOrder): boolean => {
    if (source !== 'signed') return true;
    try {
      const system = signed.banks().find(({ system: { id } }) => id === order.issuer)?.system;
      const key = system?.keys.find(({ kid }) => kid === issuerKey);
      const print = signed.taken(order.issuer, order.id)?.keyPrint ?? null;
      return key !== undefined && (print === null || print === thumbprintOf(key));
    } catch {
      return false;
    }
  };
  // An order that nobody signed speaks for no system that signs its orders, nor takes the name of one of its own.
  const isBorrowed = ({ order, source }: GivenOrder): boolean => {
    if (source === 'signed') return false;
    try {
      return signed.banks().some(({ system: { id } }) => comparable(id) === comparable(order.issuer));
    } catch {
      return true;
    }
  };
  const dealtWith = ordersDealtWith(open, signed);
  return {
    read: async (text) => {
      // A page of the bank may show its link as a code: whoever scans it means the token in it.
      const scanned = orderInLink(text.trim()) ?? text;
      const token = isCompactJws(scanned) ? scanned : misreadToken(scanned);
      if (token === null) return givenOrder(parseOrder(text.trim()), 'qr');
      const { order, kid, state } = await signed.take(token, { way: 'qr', origins: [] });
      if (state !== 'waiting') throw new Failure('order.dealt-with');
      return givenOrder(order, 'signed', kid);
    },
    hindrances: (given, of) => {
      const { order, source } = given;
      const { records, station } = open();
      const record = records.confirmedBy(order);
      const moment = {
        now: clock.now(),
        today: clock.today(),
        // Where others touched what the station knows of days, the store says so by itself: no document is accepted.
        newestKnown: store.isWhole() ? (store.newestDay()?.day ?? null) : null,
        newestAt: clock.newestAt(),
        // Whom a signed one is for was looked at when it was proved, by the names of its own bank.
        audiences: source === 'signed' ? null : [station.id],
      };
      const elsewhere = dealtWith(given, of.referral ?? null) ? (['order.dealt-with'] as const) : [];
      const confirmed = record === null ? elsewhere : (['order.already-confirmed'] as const);
      const foreign = isVouchedFor(given) ? [] : (['order.foreign'] as const);
      const unsigned = isBorrowed(given) ? (['order.unsigned'] as const) : [];
      return {
        codes: [
          ...confirmed,
          ...foreign,
          ...unsigned,
          ...orderHindrances(order, moment),
          ...misplaced(order, of, clock.today()),
        ],
        record,
      };
    },
  };
}
