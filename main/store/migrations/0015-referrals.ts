/**
 * Cases that wait for a colleague: all that they rest on, portrait included, sealed as one. A row goes when the case is decided,
 * and its record says so.
 */
export const referrals = `
CREATE TABLE IF NOT EXISTS referrals (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
`;
