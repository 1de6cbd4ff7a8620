import type { BankAnswers } from '../answer/bank-answers.ts';
import { orderInLink } from '../answer/order-link.ts';
import type { TakenOrder } from '../answer/orders-taken.ts';
import type { OpenWays } from '../answer/ways/open-ways.ts';
import type { After } from '../result/after.ts';
import { asFailure, Failure } from '../result/failure.ts';
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
  /** Hears of each link that was opened: why no order came of it; null where one did. */
  readonly linkOpened: (refused: FailureCode | null) => void;
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
/** More than the longest link that holds an order: of what is longer no more is kept. */
const longestLink = 100_000;

/** Orders of the bank's systems as they reach the desk. It opens their ways once the folder is unlocked, and closes them. */
export class OrderInbox {
  readonly #options: InboxOptions;
  #ways: Promise<OpenWays | null> | null = null;
  /** Links that came while the folder was locked; the newest few. */
  #links: string[] = [];
  /** One after the other: what staff are told is of the link that was opened last. */
  #taking: Promise<void> = Promise.resolve();
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
        folder: (folder, state) =>
          log(state.code === null ? 'drop-folder-usable' : 'drop-folder-failing', { folder, ...state }),
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
    for (const link of this.#links.splice(0)) await this.link(link);
  }

  /**
   * A link was opened: by a page, by any program. What it holds must prove itself. One that came while the folder was locked is told of
   * once it is unlocked. Never throws.
   */
  async link(text: string): Promise<void> {
    if (this.#options.locked()) {
      this.#links = [...this.#links, text.slice(0, longestLink)].slice(-5);
      return;
    }
    this.#taking = this.#taking.then(() => this.#take(text));
    await this.#taking;
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

  async #take(link: string): Promise<void> {
    const { answers, now, log, linkOpened } = this.#options;
    try {
      const token = orderInLink(link);
      if (token === null) throw new Failure('order.malformed', { field: 'link' });
      const { state, order } = await answers.take(token, { way: 'link', origins: [] });
      // One that was here before may be asked for, but is offered no more: staff would see nothing, and wait for it.
      if (state !== 'waiting') throw new Failure('order.dealt-with');
      if (order.expiresAt !== null && !isBefore(now(), order.expiresAt)) throw new Failure('order.expired');
      linkOpened(null);
    } catch (thrown) {
      const { code } = asFailure(thrown);
      log('order-refused', { code });
      linkOpened(code);
    }
  }
}
