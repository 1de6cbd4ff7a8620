/**
 * The keys beside the station's own with which it signs its log: public halves alone, the secret ones are made of the master key.
 * `from_size` and `until_size` say at how many records each began and ended; one that ended stays, for what it signed.
 */
export const logSigners = `
CREATE TABLE IF NOT EXISTS log_signers (
  generation INTEGER PRIMARY KEY CHECK (generation > 0),
  public_key BLOB NOT NULL,
  from_size INTEGER NOT NULL,
  until_size INTEGER
) STRICT;
`;
