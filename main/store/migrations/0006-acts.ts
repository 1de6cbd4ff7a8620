/** What administrators did to the station itself: a chain of its own, each act signed by the station. */
export const acts = `
CREATE TABLE acts (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  signs TEXT NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  signature BLOB NOT NULL
) STRICT;
`;
