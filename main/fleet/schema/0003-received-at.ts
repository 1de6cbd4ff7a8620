/**
 * When a row was received is headquarters' word: a station, or who has its certificate, states it no longer. Erasures came so
 * already. The columns are those of `partTables` and the station.
 */
export const receivedAt = `
REVOKE INSERT ON styrk.records, styrk.checkpoints, styrk.answers FROM styrk_station;
GRANT INSERT (station, number, hash, id, written_at, wrapped_key, sealed, sealed_hash, commitment, previous_hash, signature,
  key_seal, ephemeral, ephemeral_signature) ON styrk.records TO styrk_station;
GRANT INSERT (station, number, digest, content) ON styrk.checkpoints TO styrk_station;
GRANT INSERT (station, number, digest, sealed, ephemeral, ephemeral_signature) ON styrk.answers TO styrk_station;
`;
