/**
 * The log over the records (decision 0017): per leaf its hash and those of the subtrees that it made complete, one after the
 * other; the newest checkpoint as it was signed; and, once, that the log was begun: from then on a log that is gone is told
 * and not made anew.
 */
export const log = `
CREATE TABLE IF NOT EXISTS log_leaves (
  leaf INTEGER PRIMARY KEY,
  hashes BLOB NOT NULL
);
CREATE TRIGGER IF NOT EXISTS log_leaves_are_not_changed BEFORE UPDATE ON log_leaves
BEGIN SELECT RAISE(ABORT, 'leaves of the log are not changed'); END;
CREATE TRIGGER IF NOT EXISTS log_leaves_are_not_deleted BEFORE DELETE ON log_leaves
BEGIN SELECT RAISE(ABORT, 'leaves of the log are not deleted'); END;
CREATE TRIGGER IF NOT EXISTS log_leaves_are_not_replaced BEFORE INSERT ON log_leaves
WHEN EXISTS (SELECT 1 FROM log_leaves WHERE leaf = NEW.leaf)
BEGIN SELECT RAISE(ABORT, 'leaves of the log are not replaced'); END;

CREATE TABLE IF NOT EXISTS log_checkpoint (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  size INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS log_checkpoint_is_not_deleted BEFORE DELETE ON log_checkpoint
BEGIN SELECT RAISE(ABORT, 'the checkpoint of the log is not deleted'); END;

CREATE TABLE IF NOT EXISTS log_begun (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  records INTEGER NOT NULL
) STRICT;
`;
