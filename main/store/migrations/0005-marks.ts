/**
 * What a verdict rests on is marked under a key that is not in the database (docs/decisions/0012): `marks` over all marked
 * tables at once, `row_marks` to say which row was touched. The newest day that the station has seen is kept for itself; a
 * folder of an earlier app has it from its records. Document signers of a long import wait in memory from now on.
 */
export const marks = `
CREATE TABLE marks (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  number INTEGER NOT NULL,
  adopted_at TEXT,
  tables TEXT NOT NULL,
  mark BLOB NOT NULL
) STRICT;

CREATE TABLE row_marks (
  table_name TEXT NOT NULL,
  row_key TEXT NOT NULL,
  mark BLOB NOT NULL,
  PRIMARY KEY (table_name, row_key)
) STRICT, WITHOUT ROWID;

-- The key of the marks once more, sealed under the master key.
CREATE TABLE mark_key (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE newest_day (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  day TEXT NOT NULL,
  accepted INTEGER NOT NULL DEFAULT 0 CHECK (accepted IN (0, 1))
) STRICT;
INSERT INTO newest_day (only_row, day)
  SELECT 1, day FROM (SELECT max(substr(at, 1, 10)) AS day FROM (
    SELECT written_at AS at FROM records UNION ALL SELECT at FROM trust_imports)
    WHERE at GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T*') WHERE day IS NOT NULL;

DROP TABLE staged_document_signers;
`;
