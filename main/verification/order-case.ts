import { toHex } from '../result/bytes.ts';
import type { Check } from '../result/check.ts';
import { type Order, orderHash } from './order.ts';

/** How an order came: typed by staff (or read from a file of theirs), scanned without a signature, or signed by the bank's system. */
export type OrderSourceKind = 'typed' | 'qr' | 'signed';

/** An order as a case is given it, before a document is read for it. */
export interface GivenOrder {
  readonly order: Order;
  /** `orderHash` in hex. */
  readonly hash: string;
  readonly source: OrderSourceKind;
  /** The key that signed it, as its system names it; null where nobody signed. */
  readonly issuerKey: string | null;
}

/** An order as the record of a case keeps it, with what binds the document to it (docs/decisions/0014-orders.md). */
export interface CaseOrder extends GivenOrder {
  readonly boundBy: 'active-authentication' | 'station';
  /** Of the chip's challenge, in hex; null where the station alone binds. */
  readonly nonce: string | null;
}

/** Whoever can read an order out of a text that was scanned, pasted or handed over; a signed one is a compact JWS (RFC 7515 §7.1). */
export interface OrderSource {
  readonly read: (text: string) => Promise<GivenOrder>;
}

/** Whether a text is a compact JWS by its look; what it is worth is for who knows the keys. */
export function isCompactJws(text: string): boolean {
  return /^\s*[\w-]+\.[\w-]+\.[\w-]*\s*$/.test(text);
}

/** An order with its hash. */
export function givenOrder(order: Order, source: OrderSourceKind, issuerKey: string | null = null): GivenOrder {
  return { order, hash: toHex(orderHash(order)), source, issuerKey };
}

/** The order with what binds it, by the checks of the reading. */
export function boundOrder(given: GivenOrder, checks: readonly Check[]): CaseOrder {
  const proof = checks.find(({ id, result }) => id === 'active-authentication' && result === 'successful');
  const { boundTo = null, boundBy = null, nonce = null } = proof?.detail ?? {};
  return boundBy === 'active-authentication' && boundTo === given.hash && typeof nonce === 'string'
    ? { ...given, boundBy, nonce }
    : { ...given, boundBy: 'station', nonce: null };
}
