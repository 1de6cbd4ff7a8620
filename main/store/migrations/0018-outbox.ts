/**
 * What has reached headquarters. Records and checkpoints have numbers without gaps already; answers get theirs here, in the order
 * in which they were given. What headquarters sent is marked: it must not be possible to make the station forget how new it was.
 */
export const outbox = `
CREATE TABLE IF NOT EXISTS outbox (
  part TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  digest TEXT NOT NULL,
  delivered_at TEXT NOT NULL,
  CHECK (part IN ('records', 'checkpoints', 'answers'))
) STRICT;

CREATE TABLE IF NOT EXISTS outgoing_answers (
  number INTEGER PRIMARY KEY,
  order_number INTEGER NOT NULL UNIQUE
) STRICT;
INSERT OR IGNORE INTO outgoing_answers (order_number)
  SELECT number FROM received_orders WHERE sealed_answer IS NOT NULL ORDER BY number;

CREATE TABLE IF NOT EXISTS delivery_state (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  tried_at TEXT NOT NULL,
  code TEXT,
  failing_since TEXT,
  went_back INTEGER,
  went_back_at TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS pulled (
  kind TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  digest TEXT NOT NULL,
  issued_at TEXT NOT NULL,
  taken_at TEXT NOT NULL
) STRICT;
`;
