/**
 * Systems of the bank that may send orders, each as canonical JSON with who answers for it (marked: whoever put one in could
 * confirm orders of his own). `received_orders` holds what came from them, found by a keyed index over who sent it and its name;
 * order, sender and answer are sealed, so that neither an order's text nor whom it concerns can be read here. An order that was
 * here once is never forgotten: it does not become new again. `bank_services` holds, sealed, how a system's own server is reached.
 */
export const answers = `
CREATE TABLE IF NOT EXISTS bank_systems (
  id TEXT PRIMARY KEY,
  content TEXT NOT NULL,
  added_at TEXT NOT NULL,
  added_by TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS received_orders (
  number INTEGER PRIMARY KEY,
  name_index BLOB NOT NULL UNIQUE,
  received_at TEXT NOT NULL,
  sealed BLOB NOT NULL,
  record_id TEXT,
  sealed_answer BLOB,
  delivered_at TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS bank_services (
  system TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS answer_key (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  sealed BLOB NOT NULL
) STRICT;
-- Nobody was let in before this step.
DELETE FROM bank_systems;
`;
