/**
 * Policies that a headquarters sent by a bundle: of each the newest, in canonical form, with the station that answers for it
 * (`issuer`, its public key in hex) and the number of its bundle.
 */
export const policies = `
CREATE TABLE policies (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  digest TEXT NOT NULL,
  content BLOB NOT NULL,
  issuer TEXT NOT NULL,
  bundle_number INTEGER NOT NULL,
  added_at TEXT NOT NULL
) STRICT;
`;
