/**
 * The end of the acts as the station signed it: number and hash of the newest. A folder of an earlier app gets it at its first unlock
 * (`main/store/station-identity.ts`), once: from then on an end that is gone is told and not made anew.
 */
export const actsHead = `
CREATE TABLE IF NOT EXISTS acts_head (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  number INTEGER NOT NULL,
  hash TEXT NOT NULL,
  signature BLOB NOT NULL
) STRICT;
`;
