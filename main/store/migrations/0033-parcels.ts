/**
 * Parcels over headquarters. `parcels_sent`: each case that went, or whose end went, to another station: the digest of the parcel that
 * was made last, when it lay there (`sent_at`) and when its addressee had it (`taken_at`); `tries` after the first, and why it was not
 * taken. `parcels_refused`: what came and could not be taken; an empty digest stands for all of a station that is not trusted.
 */
export const parcels = `
CREATE TABLE IF NOT EXISTS parcels_sent (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  station TEXT NOT NULL,
  digest TEXT NOT NULL,
  since TEXT NOT NULL,
  made_at TEXT NOT NULL,
  sent_at TEXT,
  taken_at TEXT,
  tries INTEGER NOT NULL,
  code TEXT,
  PRIMARY KEY (kind, id)
) STRICT;
CREATE TABLE IF NOT EXISTS parcels_refused (
  station TEXT NOT NULL,
  digest TEXT NOT NULL,
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  refused_since TEXT NOT NULL,
  tried_at TEXT NOT NULL,
  tries INTEGER NOT NULL,
  PRIMARY KEY (station, digest)
) STRICT;
CREATE TABLE IF NOT EXISTS parcel_state (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  tried_at TEXT NOT NULL,
  code TEXT,
  failing_since TEXT
) STRICT;
`;
