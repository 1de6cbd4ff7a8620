import { digest } from '../crypto/hash.ts';
import type { RandomSource } from '../crypto/random.ts';
import { concat, fromHex, toHex } from '../result/bytes.ts';

/** Bytes of the nonce that goes before an order's hash: the station's alone, drawn after the order stands. */
export const orderNonceLength = 32;

/** Bytes of a challenge of active authentication (9303-11 §6.1.4). */
const challengeLength = 8;

/**
 * The challenge that binds a chip's answer to an order: the first 8 bytes of SHA-256(nonce ‖ order hash). `nonce` and
 * `orderHash` in hex, 32 bytes each. Why that is enough: docs/decisions/0014-orders.md.
 */
export function orderChallenge(nonce: string, orderHash: string): Uint8Array {
  return digest('SHA-256', concat(fromHex(nonce), fromHex(orderHash))).slice(0, challengeLength);
}

/** Challenges for this order, each under a nonce of its own. `nonce` is that of the newest; null before the first. */
export interface OrderChallenges {
  readonly next: RandomSource;
  readonly nonce: () => string | null;
}

export function orderChallenges(orderHash: string, random: RandomSource): OrderChallenges {
  let nonce: string | null = null;
  return {
    next: () => {
      nonce = toHex(random(orderNonceLength));
      return orderChallenge(nonce, orderHash);
    },
    nonce: () => nonce,
  };
}
