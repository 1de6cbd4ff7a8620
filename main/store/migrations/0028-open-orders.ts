/**
 * Orders that have no answer, and answers that nobody took, are looked for every few seconds: they are found without reading past all
 * that were ever dealt with.
 */
export const openOrders = `
CREATE INDEX received_orders_open ON received_orders (number) WHERE sealed_answer IS NULL AND length(sealed) > 0;
CREATE INDEX received_orders_undelivered ON received_orders (number)
  WHERE sealed_answer IS NOT NULL AND length(sealed) > 0 AND delivered_at IS NULL;
`;
