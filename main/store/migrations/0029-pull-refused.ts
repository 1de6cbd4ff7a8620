/** What headquarters issued and the station could not take at the last try: one of each kind, and why. */
export const pullRefused = `
CREATE TABLE IF NOT EXISTS pull_refused (
  kind TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  code TEXT NOT NULL,
  refused_since TEXT NOT NULL
) STRICT;
`;
