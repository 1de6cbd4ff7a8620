/**
 * Retention (docs/decisions/0018). The one change that a record allows is that its seals are overwritten and then emptied; why,
 * and when, an act says. `record_retention` follows from the records and is made again from them: whose a record is, by keyed
 * index, and how long its policy keeps it; `through` is the record up to which it is whole. `hold_reasons` holds, sealed, which
 * authority has records kept and why, by the number of the act.
 */
export const retention = `
DROP TRIGGER IF EXISTS records_are_not_changed;
CREATE TRIGGER records_are_not_changed BEFORE UPDATE ON records
WHEN NOT (
  NEW.number IS OLD.number AND NEW.id IS OLD.id AND NEW.station_id IS OLD.station_id
  AND NEW.written_at IS OLD.written_at AND NEW.sealed_hash IS OLD.sealed_hash AND NEW.commitment IS OLD.commitment
  AND NEW.previous_hash IS OLD.previous_hash AND NEW.hash IS OLD.hash AND NEW.signature IS OLD.signature
  AND ((NEW.wrapped_key IS x'' AND NEW.sealed IS x'')
    OR (NEW.wrapped_key IS zeroblob(length(OLD.wrapped_key)) AND NEW.sealed IS zeroblob(length(OLD.sealed))))
)
BEGIN SELECT RAISE(ABORT, 'records are not changed'); END;

CREATE TABLE IF NOT EXISTS record_retention (
  number INTEGER PRIMARY KEY,
  holder_index BLOB,
  keep TEXT NOT NULL,
  years INTEGER NOT NULL,
  written_on TEXT NOT NULL,
  erased INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS record_retention_by_holder ON record_retention (holder_index) WHERE holder_index IS NOT NULL;
CREATE INDEX IF NOT EXISTS record_retention_of_none ON record_retention (written_on) WHERE keep = 'none' AND erased = 0;

CREATE TABLE IF NOT EXISTS retention_indexed (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  through INTEGER NOT NULL
) STRICT;
INSERT OR IGNORE INTO retention_indexed (only_row, through) VALUES (1, 0);

CREATE TABLE IF NOT EXISTS hold_reasons (
  act INTEGER PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT;
`;
