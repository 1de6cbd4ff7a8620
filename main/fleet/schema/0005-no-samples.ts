/**
 * The server takes samples of columns for its planner, into a table of its own: whole keys' seals lay there after their records were
 * erased. Of what is sealed it takes none any more, and those that it took go with the change of type, which changes nothing else.
 */
export const noSamples = `
DROP VIEW styrk.audit_records;
ALTER TABLE styrk.records ALTER COLUMN wrapped_key TYPE bytea, ALTER COLUMN sealed TYPE bytea, ALTER COLUMN key_seal TYPE bytea;
ALTER TABLE styrk.answers ALTER COLUMN sealed TYPE bytea;
ALTER TABLE styrk.records ALTER COLUMN wrapped_key SET STATISTICS 0, ALTER COLUMN sealed SET STATISTICS 0,
  ALTER COLUMN key_seal SET STATISTICS 0;
ALTER TABLE styrk.answers ALTER COLUMN sealed SET STATISTICS 0;

CREATE VIEW styrk.audit_records WITH (security_barrier) AS
  SELECT station, number, id, written_at, received_at, hash, previous_hash,
    previous_hash = coalesce(lag(hash) OVER place, repeat('0', 64)) AS follows,
    number = coalesce(lag(number) OVER place, 0) + 1 AS in_order,
    key_seal IS NOT NULL AS readable, length(sealed) AS bytes,
    (SELECT CASE WHEN count(*) = 0 THEN NULL WHEN bool_or(e.erased_at IS NULL) THEN 'due' ELSE 'done' END
     FROM styrk.erasures e WHERE e.station = r.station AND e.record = r.number) AS erasure
  FROM styrk.records r WINDOW place AS (PARTITION BY station ORDER BY number);
GRANT SELECT ON styrk.audit_records TO styrk_auditor;
`;
