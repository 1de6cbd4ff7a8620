/**
 * Headquarters' tables. A station is a role of its own, `styrk-` and its id; row-level security shows it its own rows and lets
 * it add to them, nothing more. Whoever owns the tables and the roles above them see everything: what they could do about it
 * stands in docs/fleet.md. Names are those of the station's own database.
 */
export const first = `
CREATE TABLE styrk.stations (
  station text PRIMARY KEY CHECK (station ~ '^station-[0-9a-f]{16}$'),
  public_key bytea NOT NULL CHECK (length(public_key) = 32),
  enrolled_at timestamptz NOT NULL DEFAULT now(),
  delivered_at timestamptz,
  records bigint NOT NULL DEFAULT 0,
  records_digest text NOT NULL DEFAULT '',
  checkpoints bigint NOT NULL DEFAULT 0,
  checkpoints_digest text NOT NULL DEFAULT '',
  answers bigint NOT NULL DEFAULT 0,
  answers_digest text NOT NULL DEFAULT ''
);

CREATE TABLE styrk.records (
  station text NOT NULL REFERENCES styrk.stations,
  number bigint NOT NULL CHECK (number > 0),
  id text NOT NULL,
  written_at text NOT NULL,
  wrapped_key bytea NOT NULL,
  sealed bytea NOT NULL,
  sealed_hash text NOT NULL,
  commitment text NOT NULL,
  previous_hash text NOT NULL,
  hash text NOT NULL,
  signature bytea NOT NULL,
  ephemeral bytea NOT NULL,
  ephemeral_signature bytea NOT NULL,
  key_seal bytea,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (station, number)
);

CREATE TABLE styrk.checkpoints (
  station text NOT NULL REFERENCES styrk.stations,
  number bigint NOT NULL CHECK (number > 0),
  digest text NOT NULL,
  content text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (station, number)
);

CREATE TABLE styrk.answers (
  station text NOT NULL REFERENCES styrk.stations,
  number bigint NOT NULL CHECK (number > 0),
  digest text NOT NULL,
  sealed bytea NOT NULL,
  ephemeral bytea NOT NULL,
  ephemeral_signature bytea NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (station, number)
);

CREATE TABLE styrk.issues (
  kind text NOT NULL,
  number bigint NOT NULL CHECK (number > 0),
  content bytea NOT NULL,
  published_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (kind, number)
);

ALTER TABLE styrk.stations ENABLE ROW LEVEL SECURITY;
ALTER TABLE styrk.records ENABLE ROW LEVEL SECURITY;
ALTER TABLE styrk.checkpoints ENABLE ROW LEVEL SECURITY;
ALTER TABLE styrk.answers ENABLE ROW LEVEL SECURITY;

CREATE POLICY own_seen ON styrk.stations FOR SELECT TO styrk_station USING ('styrk-' || station = current_user);
CREATE POLICY own_moved ON styrk.stations FOR UPDATE TO styrk_station USING ('styrk-' || station = current_user);
CREATE POLICY own_seen ON styrk.records FOR SELECT TO styrk_station USING ('styrk-' || station = current_user);
CREATE POLICY own_added ON styrk.records FOR INSERT TO styrk_station WITH CHECK ('styrk-' || station = current_user);
CREATE POLICY own_seen ON styrk.checkpoints FOR SELECT TO styrk_station USING ('styrk-' || station = current_user);
CREATE POLICY own_added ON styrk.checkpoints FOR INSERT TO styrk_station WITH CHECK ('styrk-' || station = current_user);
CREATE POLICY own_seen ON styrk.answers FOR SELECT TO styrk_station USING ('styrk-' || station = current_user);
CREATE POLICY own_added ON styrk.answers FOR INSERT TO styrk_station WITH CHECK ('styrk-' || station = current_user);

GRANT USAGE ON SCHEMA styrk TO styrk_station, styrk_auditor;
GRANT SELECT ON styrk.migrations, styrk.stations, styrk.records, styrk.checkpoints, styrk.answers, styrk.issues TO styrk_station;
GRANT INSERT ON styrk.records, styrk.checkpoints, styrk.answers TO styrk_station;
GRANT UPDATE (delivered_at, records, records_digest, checkpoints, checkpoints_digest, answers, answers_digest)
  ON styrk.stations TO styrk_station;

-- For auditors: what is there, in which order, and what does not follow; nothing that is sealed.
CREATE VIEW styrk.audit_records WITH (security_barrier) AS
  SELECT station, number, id, written_at, received_at, hash, previous_hash,
    previous_hash = coalesce(lag(hash) OVER place, repeat('0', 64)) AS follows,
    number = coalesce(lag(number) OVER place, 0) + 1 AS in_order,
    key_seal IS NOT NULL AS readable, length(sealed) AS bytes
  FROM styrk.records WINDOW place AS (PARTITION BY station ORDER BY number);

CREATE VIEW styrk.audit_stations WITH (security_barrier) AS
  SELECT s.station, encode(s.public_key, 'hex') AS public_key, s.enrolled_at, s.delivered_at, s.records, s.checkpoints, s.answers,
    (SELECT count(*) FROM styrk.records r WHERE r.station = s.station) AS records_held,
    (SELECT count(*) FROM styrk.checkpoints c WHERE c.station = s.station) AS checkpoints_held,
    (SELECT count(*) FROM styrk.answers a WHERE a.station = s.station) AS answers_held
  FROM styrk.stations s;

GRANT SELECT ON styrk.audit_records, styrk.audit_stations, styrk.checkpoints TO styrk_auditor;
CREATE POLICY audited ON styrk.checkpoints FOR SELECT TO styrk_auditor USING (true);
`;
