import type { Order } from '../verification/order.ts';

/** An order in words, as rows. */
export function orderRows(order: Order): string[][] {
  const { issuer, text, amount, reference, purpose, customer, audience, issuedAt, expiresAt, id } = order;
  const rows: readonly (readonly [string, string | null])[] = [
    ['Asks:', issuer],
    ...text.split('\n').map((line, index) => [index === 0 ? 'Text:' : '', line] as const),
    ['Amount:', amount === null ? null : `${amount.value} ${amount.currency}`],
    ['Reference:', reference],
    ['Purpose:', purpose],
    ['Customer:', customer],
    ['For:', audience],
    ['Asked:', issuedAt],
    ['Until:', expiresAt],
    ['Order:', id],
  ];
  return rows.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
}
