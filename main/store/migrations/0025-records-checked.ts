/** Up to which record all was found whole, and when; the mark is by a key that is made of the master key (docs/records.md). */
export const recordsChecked = `
CREATE TABLE IF NOT EXISTS records_checked (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  size INTEGER NOT NULL,
  root BLOB NOT NULL,
  full_on TEXT NOT NULL,
  mark BLOB NOT NULL
) STRICT;
`;
