/** What witnesses cosigned of the log: per witness the newest checkpoint that it did, with the station's signature and its own. */
export const logCosigned = `
CREATE TABLE IF NOT EXISTS log_cosigned (
  witness TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;
`;
