/**
 * What stations say they have erased. A station adds notices and changes nothing: who administers headquarters empties the rows
 * (`styrk fleet erase`), so that a certificate in wrong hands takes no record away.
 */
export const erasures = `
ALTER TABLE styrk.stations ADD COLUMN erasures bigint NOT NULL DEFAULT 0, ADD COLUMN erasures_digest text NOT NULL DEFAULT '';

CREATE TABLE styrk.erasures (
  station text NOT NULL REFERENCES styrk.stations,
  number bigint NOT NULL CHECK (number > 0),
  digest text NOT NULL,
  record bigint NOT NULL CHECK (record > 0),
  content text NOT NULL,
  signature bytea NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  erased_at timestamptz,
  PRIMARY KEY (station, number)
);
CREATE INDEX erasures_of_records ON styrk.erasures (station, record);
CREATE INDEX erasures_due ON styrk.erasures (station, number) WHERE erased_at IS NULL;

ALTER TABLE styrk.erasures ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_seen ON styrk.erasures FOR SELECT TO styrk_station USING ('styrk-' || station = current_user);
CREATE POLICY own_added ON styrk.erasures FOR INSERT TO styrk_station WITH CHECK ('styrk-' || station = current_user);
GRANT SELECT ON styrk.erasures TO styrk_station;
GRANT INSERT (station, number, digest, record, content, signature) ON styrk.erasures TO styrk_station;
GRANT UPDATE (erasures, erasures_digest) ON styrk.stations TO styrk_station;

-- 'due': the station has erased it, and it still lies here.
CREATE OR REPLACE VIEW styrk.audit_records WITH (security_barrier) AS
  SELECT station, number, id, written_at, received_at, hash, previous_hash,
    previous_hash = coalesce(lag(hash) OVER place, repeat('0', 64)) AS follows,
    number = coalesce(lag(number) OVER place, 0) + 1 AS in_order,
    key_seal IS NOT NULL AS readable, length(sealed) AS bytes,
    (SELECT CASE WHEN count(*) = 0 THEN NULL WHEN bool_or(e.erased_at IS NULL) THEN 'due' ELSE 'done' END
     FROM styrk.erasures e WHERE e.station = r.station AND e.record = r.number) AS erasure
  FROM styrk.records r WINDOW place AS (PARTITION BY station ORDER BY number);

CREATE OR REPLACE VIEW styrk.audit_stations WITH (security_barrier) AS
  SELECT s.station, encode(s.public_key, 'hex') AS public_key, s.enrolled_at, s.delivered_at, s.records, s.checkpoints, s.answers,
    (SELECT count(*) FROM styrk.records r WHERE r.station = s.station) AS records_held,
    (SELECT count(*) FROM styrk.checkpoints c WHERE c.station = s.station) AS checkpoints_held,
    (SELECT count(*) FROM styrk.answers a WHERE a.station = s.station) AS answers_held,
    s.erasures,
    (SELECT count(*) FROM styrk.erasures e WHERE e.station = s.station AND e.erased_at IS NULL) AS erasures_due
  FROM styrk.stations s;
`;
