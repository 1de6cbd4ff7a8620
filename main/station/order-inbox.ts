import type { BankAnswers } from '../answer/bank-answers.ts';
import { orderInLink } from '../answer/order-link.ts';
import type { TakenOrder } from '../answer/orders-taken.ts';
import type { OpenWays } from '../answer/ways/open-ways.ts';
import type { After } from '../result/after.ts';
import { asFailure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { isBefore } from '../result/instant.ts';
import type { GivenOrder } from '../verification/order-case.ts';
import type { WaitingGiven } from './offered-orders.ts';

/** What the inbox needs of the desk. */
export interface InboxOptions {
  readonly answers: Pick<BankAnswers, 'openWays' | 'waiting' | 'take' | 'onChange'>;
  readonly locked: () => boolean;
  /** The orders that wait now, newest first: staff may give one to a case. */
  readonly offer: (waiting: WaitingGiven) => void;
  /** The instant, ISO 8601 with `Z`. */
  readonly now: () => string;
  readonly after: After;
  readonly log: (
    event: string,
    fields: { readonly code: FailureCode | null; readonly [name: string]: string | null },
  ) => void;
}

/** How often it is looked what another process on the folder took in or dealt with, in milliseconds. */
const lookMillis = 5_000;
/** The same while orders are left that were not opened yet. */
const nextMillis = 250;

/** Orders of the bank's systems as they reach the desk. It opens their ways once the folder is unlocked, and closes them. */
export class OrderInbox {
  readonly #options: InboxOptions;
  #ways: Promise<OpenWays | null> | null = null;
  /** Links that came while the folder was locked; the newest few. */
  #links: string[] = [];
  #stop: () => void = () => undefined;
  #cancelLook: () => void = () => undefined;
  /** Each order as it was offered before: a look makes none anew. */
  readonly #given = new WeakMap<TakenOrder['order'], GivenOrder>();
  #closed = false;
  /** How many were not opened yet at the last look: where their number stays, no more are opened. */
  #unopened = 0;
  /** Why the ways could not be opened when it was tried last. */
  #notOpen: FailureCode | null = null;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  /** Opens the ways where the folder is unlocked; else nothing. May be called again, with each change of the desk. */
  async start(): Promise<void> {
    const { answers, locked, log } = this.#options;
    if (this.#ways !== null || locked()) return;
    this.#stop();
    this.#stop = answers.onChange(() => this.#look());
    // Said once, not with each change.
    const tell = (code: FailureCode | null): void => {
      if (code !== null && code !== this.#notOpen) log('orders-not-open', { code });
      this.#notOpen = code;
    };
    this.#ways = answers
      .openWays({
        changed: ({ failure }) => tell(failure),
        server: (system, state) =>
          log(state.code === null ? 'bank-server-reached' : 'bank-server-failing', { system, ...state }),
      })
      .catch((thrown: unknown) => {
        // Tried again with the next change of the desk: a folder may have been busy.
        tell(asFailure(thrown).code);
        this.#ways = null;
        return null;
      });
    if ((await this.#ways) === null) return;
    this.#notOpen = null;
    // Those that came before the desk was closed, too.
    this.#lookAgain();
    for (const token of this.#links.splice(0)) await this.#take(token);
  }

  /** A link was opened: by a page, by any program. What it holds must prove itself. Never throws. */
  async link(text: string): Promise<void> {
    const token = orderInLink(text);
    if (token === null) return;
    if (this.#options.locked()) this.#links = [...this.#links, token].slice(-5);
    else await this.#take(token);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stop();
    this.#cancelLook();
    await (await this.#ways)?.close();
  }

  // Another process on the folder may take an order in, or deal with one; time ends one too.
  #lookAgain(): void {
    const left = this.#look();
    if (!this.#closed) this.#cancelLook = this.#options.after(left ? nextMillis : lookMillis, () => this.#lookAgain());
  }

  /** Says whether the next look would open more. */
  #look(): boolean {
    const { answers, now, offer } = this.#options;
    try {
      const isOpen = ({ state, system, order: { expiresAt } }: TakenOrder): boolean =>
        state === 'waiting' && system.name !== null && (expiresAt === null || isBefore(now(), expiresAt));
      const { orders, unopened } = answers.waiting();
      offer({ orders: orders.filter(isOpen).map((taken) => this.#givenOf(taken)), unopened });
      const left = unopened > 0 && unopened !== this.#unopened;
      this.#unopened = unopened;
      return left;
    } catch {
      // A folder that is busy or locked now is looked at again; whoever takes an order asks for it anew.
      return false;
    }
  }

  #givenOf({ order, orderHash, kid }: TakenOrder): GivenOrder {
    const known = this.#given.get(order);
    if (known !== undefined) return known;
    const given: GivenOrder = { order, hash: orderHash, source: 'signed', issuerKey: kid };
    this.#given.set(order, given);
    return given;
  }

  async #take(token: string): Promise<void> {
    try {
      await this.#options.answers.take(token, { way: 'link', origins: [] });
    } catch (thrown) {
      this.#options.log('order-refused', { code: asFailure(thrown).code });
    }
  }
}
