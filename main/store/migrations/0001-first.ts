/**
 * The first schema. `records.sealed` and its neighbours take whatever is written to them, so that a change made from
 * outside is found by the check and not refused halfway; every other table is strict.
 */
export const first = `
CREATE TABLE folder (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('ordinary', 'training'))
) STRICT;

CREATE TABLE key_slots (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('passphrase', 'key-file', 'safe-storage')),
  backend TEXT,
  salt BLOB NOT NULL,
  scrypt_cost INTEGER,
  scrypt_block_size INTEGER,
  scrypt_parallelization INTEGER,
  wrapped BLOB NOT NULL
) STRICT;

CREATE TABLE station (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  id TEXT NOT NULL,
  public_key BLOB NOT NULL,
  sealed_signing_key BLOB NOT NULL
) STRICT;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE certificates (
  fingerprint TEXT PRIMARY KEY,
  public_key_fingerprint TEXT NOT NULL,
  country TEXT NOT NULL,
  subject TEXT NOT NULL,
  issuer TEXT NOT NULL,
  subject_key TEXT NOT NULL,
  issuer_key TEXT NOT NULL,
  serial_number TEXT NOT NULL,
  subject_key_identifier TEXT,
  authority_key_identifier TEXT,
  key_kind TEXT NOT NULL,
  signature_algorithm TEXT NOT NULL,
  not_before TEXT NOT NULL,
  not_after TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('self-signed', 'link')),
  verified_by TEXT,
  der BLOB NOT NULL
) STRICT;
CREATE INDEX certificates_by_key_identifier ON certificates (subject_key_identifier);
CREATE INDEX certificates_by_subject ON certificates (subject_key);
CREATE INDEX certificates_by_country ON certificates (country);

CREATE TABLE trust_sources (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('master-list', 'pinned', 'training')),
  digest TEXT NOT NULL,
  date TEXT,
  UNIQUE (kind, digest)
) STRICT;

CREATE TABLE certificate_sources (
  fingerprint TEXT NOT NULL REFERENCES certificates (fingerprint) ON DELETE CASCADE,
  source INTEGER NOT NULL REFERENCES trust_sources (id) ON DELETE CASCADE,
  PRIMARY KEY (fingerprint, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE holders (
  row INTEGER PRIMARY KEY,
  id_index BLOB NOT NULL UNIQUE,
  personal_number_index BLOB UNIQUE,
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE holder_words (
  word_index BLOB NOT NULL,
  holder INTEGER NOT NULL REFERENCES holders (row) ON DELETE CASCADE,
  PRIMARY KEY (word_index, holder)
) STRICT, WITHOUT ROWID;
CREATE INDEX holder_words_by_holder ON holder_words (holder);

CREATE TABLE records (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  station_id TEXT NOT NULL,
  written_at TEXT NOT NULL,
  wrapped_key BLOB NOT NULL,
  sealed BLOB NOT NULL,
  sealed_hash TEXT NOT NULL,
  commitment TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE TRIGGER records_are_not_changed BEFORE UPDATE ON records
BEGIN SELECT RAISE(ABORT, 'records are not changed'); END;
CREATE TRIGGER records_are_not_deleted BEFORE DELETE ON records
BEGIN SELECT RAISE(ABORT, 'records are not deleted'); END;
CREATE TRIGGER records_are_not_replaced BEFORE INSERT ON records
WHEN EXISTS (SELECT 1 FROM records WHERE number = NEW.number OR id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'records are not replaced'); END;

CREATE TABLE chain_head (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  station_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  hash TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE TRIGGER chain_head_is_not_deleted BEFORE DELETE ON chain_head
BEGIN SELECT RAISE(ABORT, 'the head of the chain is not deleted'); END;
`;
