import { digest } from '../crypto/hash.ts';
import { toHex } from '../result/bytes.ts';
import { canonicalBytes } from '../result/canonical-json.ts';
import { cleanText } from '../result/hidden-characters.ts';
import { comparable, type Order, parseOrder } from './order.ts';

/** An order as staff type it, each field as it stands on the page. */
export interface TypedOrder {
  readonly issuer: string;
  readonly text: string;
  /** As people write a sum: `125 000,00`. Empty for none. */
  readonly amount: string;
  readonly currency: string;
  readonly reference: string;
  /** An instant, ISO 8601 with `Z`; null for none. */
  readonly expiresAt: string | null;
}

/**
 * The order that staff typed, now. What is not seen, which comes with pasting, is left away. Its id comes from who asks and the
 * reference, so that the same order typed twice is the same; without a reference each is a new one (`freshId`). Fails with
 * `order.malformed`, whose `field` says where; a sum that can be read in two ways (`1.234`) is refused.
 */
export function typedOrder(typed: TypedOrder, now: { readonly at: string; readonly freshId: string }): Order {
  const issuer = cleanText(typed.issuer);
  const reference = cleanText(typed.reference);
  const value = typed.amount.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  return parseOrder({
    schema: 'styrk-order',
    version: 1,
    id: reference === '' ? now.freshId : idOf(issuer, reference),
    issuer,
    text: cleanText(typed.text, { lines: true }),
    amount: value === '' ? null : { value, currency: typed.currency },
    reference: reference === '' ? null : reference,
    issuedAt: now.at,
    expiresAt: typed.expiresAt,
  });
}

function idOf(issuer: string, reference: string): string {
  const same = [issuer, reference].map(comparable);
  return `typed-${toHex(digest('SHA-256', canonicalBytes(same))).slice(0, 32)}`;
}
