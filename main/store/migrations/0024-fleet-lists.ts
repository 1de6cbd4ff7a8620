/**
 * What headquarters has blocked (sealed as one; its number is marked), how the last pull of what it issues ended, and what it is told
 * of erasures: one row for each erased record, written when it is first looked for, in an order of its own.
 */
export const fleetLists = `
CREATE TABLE IF NOT EXISTS blocked_list (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  number INTEGER NOT NULL,
  issued_at TEXT NOT NULL,
  taken_at TEXT NOT NULL,
  documents INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS pull_state (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  tried_at TEXT NOT NULL,
  code TEXT,
  failing_since TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS outgoing_erasures (
  number INTEGER PRIMARY KEY,
  act INTEGER NOT NULL,
  record INTEGER NOT NULL,
  notice TEXT NOT NULL
) STRICT;

CREATE TABLE outbox_of_all (
  part TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  digest TEXT NOT NULL,
  delivered_at TEXT NOT NULL,
  CHECK (part IN ('records', 'checkpoints', 'answers', 'erasures'))
) STRICT;
INSERT INTO outbox_of_all SELECT part, number, digest, delivered_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_of_all RENAME TO outbox;
`;
