import type { Order } from '../../main/verification/order.ts';
import { type CaseOrder, givenOrder } from '../../main/verification/order-case.ts';

/** An invented order, whole, with what a test changes. */
export function anOrder(changes: Partial<Order> = {}): Order {
  return {
    schema: 'styrk-order',
    version: 1,
    id: 'order-1',
    issuer: 'Exempelbanken',
    audience: null,
    text: 'Överföring till Åsa Öberg',
    amount: { value: '125000.00', currency: 'SEK' },
    reference: 'OCR 1234567897',
    purpose: 'large-transfer',
    customer: null,
    nonce: null,
    issuedAt: '2026-11-01T08:00:00Z',
    expiresAt: '2026-11-30T08:00:00Z',
    ...changes,
  };
}

/** The same as the record of a case holds it, bound by the station. */
export function caseOrder(changes: Partial<Order> = {}): CaseOrder {
  return { ...givenOrder(anOrder(changes), 'typed'), boundBy: 'station', nonce: null };
}
