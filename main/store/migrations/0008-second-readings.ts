/**
 * How both readings of a certificate, a revocation list or a master list came out (docs/decisions/0003): by the digest of its
 * bytes, so that it holds for as long as they do, whoever brings them. `hand` names what has read second, and its version;
 * `result` is `agree`, `differ` or `unread`.
 */
export const secondReadings = `
CREATE TABLE second_readings (
  digest TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('certificate', 'revocation-list', 'master-list')),
  hand TEXT NOT NULL,
  result TEXT NOT NULL,
  differences TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
