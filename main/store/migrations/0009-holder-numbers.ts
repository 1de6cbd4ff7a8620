/**
 * Numbers are not people: a person has had several, and states have given one to two. Which numbers a holder has stands in a
 * table of its own, by keyed index as before and not unique; country, number, validity and reason are sealed with the
 * holder. The column of old stays empty: SQLite cannot drop one that is unique.
 */
export const holderNumbers = `
CREATE TABLE IF NOT EXISTS holder_numbers (
  number_index BLOB NOT NULL,
  holder INTEGER NOT NULL REFERENCES holders (row) ON DELETE CASCADE,
  PRIMARY KEY (number_index, holder)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS holder_numbers_by_holder ON holder_numbers (holder);
INSERT OR IGNORE INTO holder_numbers (number_index, holder)
  SELECT personal_number_index, row FROM holders WHERE personal_number_index IS NOT NULL;
UPDATE holders SET personal_number_index = NULL;
`;
