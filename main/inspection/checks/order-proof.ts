import { toHex } from '../../result/bytes.ts';
import { type Check, type Detail, unsuccessful } from '../../result/check.ts';
import { orderChallenge } from '../order-binding.ts';

/** For which order a chip was read, and for which it is judged; hashes and nonce in hex. */
export interface OrderProof {
  /** The order that is asked for; null where nobody asks for one. */
  readonly asked: string | null;
  /** The order that the reading was for; null where it was for none. */
  readonly made: string | null;
  /** Of the challenge that the chip answered; null where it answered none, or one that was made for no order. */
  readonly nonce: string | null;
  readonly challenge: Uint8Array | null;
}

/**
 * `active-authentication` where an order is to be confirmed. The check says for which one the chip was read (`boundTo`) and
 * what binds it: the chip's own signature over a challenge that is made from the order (`boundBy` `active-authentication`),
 * else the word of the station (`station`). Read for another order or for none, or answered to a challenge that does not come
 * from the order: `failed`, `order.other-proof`, also where the document has no such key, since nothing else here says what
 * it was read for.
 */
export function withOrder(check: Check, { asked, made, nonce, challenge }: OrderProof): Check {
  if (asked === null && made === null && nonce === null) return check;
  const isFor = made !== null && (asked === null || asked === made);
  const isFrom = made !== null && (challenge === null || isFromOrder(challenge, nonce, made));
  const told: Record<string, Detail> = { ...check.detail, boundTo: made, nonce };
  if (check.result === 'failed') return { ...check, detail: { ...told, boundBy: null } };
  if (!isFor || !isFrom)
    return unsuccessful(check.id, 'failed', 'order.other-proof', { ...told, boundBy: null, askedFor: asked });
  const boundBy = check.result === 'successful' ? 'active-authentication' : 'station';
  return { ...check, detail: { ...told, boundBy } };
}

function isFromOrder(challenge: Uint8Array, nonce: string | null, orderHash: string): boolean {
  return nonce !== null && toHex(orderChallenge(nonce, orderHash)) === toHex(challenge);
}
