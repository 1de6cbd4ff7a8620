import type { Answer, DeskState, OfferedOrderView, RefusedLinkView } from '../../preload/contract.ts';
import type { House } from '../house/house.ts';
import { most } from '../result/bounds.ts';
import { Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { GivenOrder } from '../verification/order-case.ts';
import type { PossibleCustomer } from '../verification/order-customer.ts';
import { misplaced } from '../verification/order-standing.ts';
import { offeredView } from './case-order.ts';

/** Orders that wait: those that were opened, newest first, and how many more there are. */
export interface WaitingGiven {
  readonly orders: readonly GivenOrder[];
  readonly unopened: number;
}

/** Orders that the bank's systems handed over and no case has taken yet. */
export class OfferedOrders {
  readonly #answers: Pick<House['answers'], 'taken'>;
  #held: WaitingGiven = { orders: [], unopened: 0 };
  /** The link that was opened last, where it was refused and nobody has said that they saw it. */
  #refusedLink: RefusedLinkView | null = null;
  /** What of an order is searched; made once for each. */
  readonly #sought = new WeakMap<GivenOrder, string>();

  constructor(answers: Pick<House['answers'], 'taken'>) {
    this.#answers = answers;
  }

  /** Those that wait now, newest first. Says whether they are others than before. */
  offer({ orders, unopened }: WaitingGiven): boolean {
    const before = this.#held;
    this.#held = { orders: [...orders], unopened };
    return (
      before.unopened !== unopened ||
      before.orders.length !== orders.length ||
      before.orders.some(({ hash }, place) => hash !== orders[place]?.hash)
    );
  }

  /**
   * Asked for anew: another process on the folder may have dealt with it since it was offered. Fails with `order.missing` where none
   * of that hash is held, and with `order.dealt-with`.
   */
  take(hash: string): GivenOrder {
    const found = this.#held.orders.find((given) => given.hash === hash);
    if (found === undefined) throw new Failure('order.missing');
    const now = this.#answers.taken(found.order.issuer, found.order.id);
    if (now?.state === 'waiting' && now.orderHash === hash) return found;
    this.drop(hash);
    throw new Failure('order.dealt-with');
  }

  /** It was confirmed, or goes with its case. */
  drop(hash: string | undefined): void {
    const { orders, unopened } = this.#held;
    this.#held = { orders: orders.filter((given) => given.hash !== hash), unopened };
  }

  /** A link was opened at this instant: why no order came of it, and nothing of what it holds; null where one did. */
  linkOpened(code: FailureCode | null, at: string): void {
    this.#refusedLink = code === null ? null : { code, at };
  }

  /** Staff have seen that the link of this instant was refused; a later one stays. */
  dismissLink(at: string): void {
    if (this.#refusedLink?.at === at) this.#refusedLink = null;
  }

  /** The newest few, and how many wait besides; and the link that was refused. */
  view(): Pick<DeskState, 'offered' | 'offeredMore' | 'refusedLink'> {
    const { orders, unopened } = this.#held;
    const shown = orders.slice(0, most.offeredOrders);
    return {
      offered: shown.map(offeredView),
      offeredMore: orders.length - shown.length + unopened,
      refusedLink: this.#refusedLink,
    };
  }

  /**
   * Those in which each word is found, in any case and with any diacritics: in text, reference, sum, name or customer, or in who asks.
   * What names the customer of the case comes first, else the newest.
   */
  find(query: string, holder: PossibleCustomer | null, today: PlainDate): Answer<'case.findOrders'> {
    const words = query
      .split(/\s+/)
      .map(folded)
      .filter((word) => word !== '');
    const found = this.#held.orders.filter((given) => {
      const sought = this.#soughtOf(given);
      return words.every((word) => sought.includes(word));
    });
    const isTheirs = ({ order }: GivenOrder): boolean =>
      order.customer !== null && holder !== null && misplaced(order, { purpose: null, holder }, today).length === 0;
    const theirs = found.filter(isTheirs);
    const inOrder = theirs.length === 0 ? found : [...theirs, ...found.filter((given) => !theirs.includes(given))];
    const shown: readonly OfferedOrderView[] = inOrder.slice(0, most.offeredOrders).map(offeredView);
    return { orders: [...shown], more: found.length - shown.length, unopened: this.#held.unopened };
  }

  #soughtOf(given: GivenOrder): string {
    const known = this.#sought.get(given);
    if (known !== undefined) return known;
    const { id, issuer, text, reference, customer, amount } = given.order;
    const sought = [id, issuer, text, reference, customer, amount?.value]
      .map((part) => (part ?? '').split(/\s+/).map(folded).join(' '))
      // Groups of digits are typed with gaps and without.
      .flatMap((part) => [part, part.replaceAll(' ', '')])
      .join('\n');
    this.#sought.set(given, sought);
    return sought;
  }
}

// For finding alone: what is found is shown as it stands. Signs between digits are left out, so that a number is found in any writing.
function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/(?<=\d)[-+.,\u00a0](?=\d)/gu, '')
    .toLowerCase();
}
