/**
 * Which orders were confirmed, by whose record: found by a keyed index over who asked and the order's id, so that neither can be
 * read here. It follows from the records, and is made again from them where it is behind: `through` is the record up to which
 * it is whole. Records of earlier apps hold no order.
 */
export const confirmedOrders = `
CREATE TABLE IF NOT EXISTS confirmed_orders (
  order_index TEXT PRIMARY KEY,
  record_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS orders_indexed (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  through INTEGER NOT NULL
) STRICT;
INSERT OR IGNORE INTO orders_indexed (only_row, through) VALUES (1, (SELECT coalesce(max(number), 0) FROM records));
`;
