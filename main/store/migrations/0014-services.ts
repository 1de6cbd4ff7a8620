/**
 * Services on the network that administrators set (marked: whoever put one in could answer in its place), their address and keys
 * sealed; and what the bank's directory answered, sealed under keyed values.
 */
export const services = `
CREATE TABLE IF NOT EXISTS station_services (
  name TEXT PRIMARY KEY,
  sealed BLOB NOT NULL,
  set_at TEXT NOT NULL,
  set_by TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS directory_cache (
  asked_index BLOB NOT NULL UNIQUE,
  sealed BLOB NOT NULL,
  fetched_at TEXT NOT NULL
) STRICT;
-- Nobody was asked before this step.
DELETE FROM station_services;
`;
