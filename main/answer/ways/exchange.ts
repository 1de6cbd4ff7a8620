import * as v from 'valibot';
import type { After } from '../../result/after.ts';
import type { OrderCalls, OrderState, TakenOrder } from '../orders-taken.ts';
import { type Refusal, refusalEntries, refusalOf } from '../refusal.ts';
import type { Sender } from '../signed-order.ts';

/** What a bank's system hears of an order: how far it is, with the answer once there is one; or why it was refused. */
export const replySchema = v.union([
  v.strictObject({
    state: v.picklist(['waiting', 'referred', 'answered'] satisfies readonly OrderState[]),
    order: v.string(),
    answer: v.nullable(v.string()),
  }),
  v.strictObject({ state: v.literal('refused'), ...refusalEntries }),
]);
export type Reply = Readonly<v.InferOutput<typeof replySchema>>;

/**
 * Whether a refusal is the order's own. A store that is busy or locked now, or a clock that is to be set right, says nothing of the
 * order: it waits where it lies and is asked for again.
 */
export function isOfOrder({ code }: Refusal): boolean {
  return code.startsWith('order.');
}

/** Somebody who handed an order over and is still there to hear of it. */
interface Asking {
  readonly issuer: string;
  readonly id: string;
  said: OrderState;
  readonly hear: Hear;
}

/** Hears a reply, with the order where one was taken in. */
export type Hear = (reply: Reply, order?: TakenOrder) => void;

/** How often it is looked whether another process has answered an order that somebody waits for, in milliseconds. */
const lookMillis = 1_000;
/** So many are looked up at one time, in turn: each opens a sealed row, and the desk stands still meanwhile. */
const mostLooked = 50;

/**
 * Hands orders in and answers out, whichever way they travel. Whoever asks hears at once how far the order is, and again
 * whenever that changes, until it was answered or refused.
 */
export class Exchange {
  readonly #answers: OrderCalls;
  readonly #after: After;
  readonly #asking = new Set<Asking>();
  readonly #stopListening: () => void;
  #cancelLook: (() => void) | null = null;
  #closed = false;

  constructor(answers: OrderCalls, after: After) {
    this.#answers = answers;
    this.#after = after;
    this.#stopListening = answers.onChange((order) => this.#changed(order));
  }

  /** Never throws: what refuses the order is heard. The answer ends the asking; the order stays. */
  async ask(token: string, sender: Sender, hear: Hear): Promise<() => void> {
    let taken: TakenOrder;
    try {
      taken = await this.#answers.take(token, sender);
    } catch (thrown) {
      hear({ state: 'refused', ...refusalOf(thrown) });
      return () => undefined;
    }
    hear(replyOf(taken), taken);
    if (taken.state === 'answered') return () => undefined;
    const asking: Asking = { issuer: taken.order.issuer, id: taken.order.id, said: taken.state, hear };
    this.#asking.add(asking);
    this.#lookLater();
    return () => void this.#asking.delete(asking);
  }

  /** Nobody hears anything any more. */
  close(): void {
    this.#closed = true;
    this.#cancelLook?.();
    this.#stopListening();
    this.#asking.clear();
  }

  #changed(order: TakenOrder): void {
    for (const asking of this.#asking) {
      if (asking.issuer !== order.order.issuer || asking.id !== order.order.id || asking.said === order.state) continue;
      asking.said = order.state;
      if (order.state === 'answered') this.#asking.delete(asking);
      asking.hear(replyOf(order), order);
    }
  }

  // A case may have ended in another process on the same folder: the side door beside the desk.
  #lookLater(): void {
    if (this.#cancelLook !== null || this.#closed) return;
    this.#cancelLook = this.#after(lookMillis, () => {
      this.#cancelLook = null;
      const next = [...this.#asking].slice(0, mostLooked);
      for (const asking of next) {
        // Answered meanwhile, with another who asked for the same.
        if (!this.#asking.delete(asking)) continue;
        // Whoever is looked up comes behind the others.
        this.#asking.add(asking);
        this.#look(asking.issuer, asking.id);
      }
      if (this.#asking.size > 0) this.#lookLater();
    });
  }

  #look(issuer: string, id: string): void {
    try {
      const order = this.#answers.taken(issuer, id);
      if (order !== null) this.#changed(order);
    } catch {
      // A folder that is busy or locked now is looked at again.
    }
  }
}

function replyOf({ state, order, answer }: TakenOrder): Reply {
  return { state, order: order.id, answer };
}
