/**
 * Parcels from station to station: cases for a colleague there, and how they ended. Each is signed by its sender and sealed for its
 * addressee, and lies here until the addressee has it, who empties it in the same statement that says so; the row stays with its digest.
 * A station adds rows as itself alone, sees what it sent and what is for it, and marks of these what it has taken, once, at
 * headquarters' own instant. The digest is what lies there: whoever keeps the server can write another, and gains nothing by it.
 */
export const parcels = `
CREATE TABLE styrk.parcels (
  sender text NOT NULL REFERENCES styrk.stations,
  digest text NOT NULL,
  addressee text NOT NULL REFERENCES styrk.stations,
  kind text NOT NULL CHECK (kind IN ('referrals', 'outcomes')),
  content bytea,
  received_at timestamptz NOT NULL DEFAULT now(),
  taken_at timestamptz,
  refused text CHECK (refused ~ '^[a-z]{1,20}[.][a-z-]{1,40}$'),
  PRIMARY KEY (sender, digest),
  CONSTRAINT parcels_content CHECK (length(content) BETWEEN 1 AND 100663296 AND encode(sha256(content), 'hex') = digest),
  CHECK (sender <> addressee),
  CHECK ((content IS NULL) = (taken_at IS NOT NULL)),
  CHECK (refused IS NULL OR taken_at IS NOT NULL)
);
CREATE INDEX parcels_waiting ON styrk.parcels (addressee, received_at, digest) WHERE taken_at IS NULL;
-- Sealed bytes do not become shorter, and pieces of what is not compressed are read without the rest. No samples of them either.
ALTER TABLE styrk.parcels ALTER COLUMN content SET STORAGE EXTERNAL, ALTER COLUMN content SET STATISTICS 0;

ALTER TABLE styrk.parcels ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_seen ON styrk.parcels FOR SELECT TO styrk_station
  USING ('styrk-' || addressee = current_user OR 'styrk-' || sender = current_user);
CREATE POLICY own_added ON styrk.parcels FOR INSERT TO styrk_station WITH CHECK ('styrk-' || sender = current_user);
CREATE POLICY own_taken ON styrk.parcels FOR UPDATE TO styrk_station
  USING ('styrk-' || addressee = current_user AND taken_at IS NULL)
  WITH CHECK ('styrk-' || addressee = current_user AND taken_at = now() AND content IS NULL);
GRANT SELECT ON styrk.parcels TO styrk_station;
GRANT INSERT (sender, digest, addressee, kind, content) ON styrk.parcels TO styrk_station;
GRANT UPDATE (content, taken_at, refused) ON styrk.parcels TO styrk_station;

-- Rows of other stations are not seen: whether one is there to be written to is told by its id, and nothing else of it.
CREATE VIEW styrk.addressees WITH (security_barrier) AS SELECT station FROM styrk.stations;
GRANT SELECT ON styrk.addressees TO styrk_station;

CREATE VIEW styrk.audit_parcels WITH (security_barrier) AS
  SELECT sender, addressee, kind, digest, received_at, taken_at, refused, length(content) AS bytes FROM styrk.parcels;
GRANT SELECT ON styrk.audit_parcels TO styrk_auditor;
`;
