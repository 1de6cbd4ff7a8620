/**
 * What a witness found against the log: it saw more than this folder has, or another history. One row for each; `size` is how many
 * records the log had then, `seen` how many the witness had seen, where it said so.
 */
export const logFindings = `
CREATE TABLE IF NOT EXISTS log_findings (
  witness TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  size INTEGER NOT NULL,
  seen INTEGER,
  found_at TEXT NOT NULL
) STRICT;
`;
