/**
 * Revocation lists, document signers out of directories, defect lists, pins of two administrators, the history of imports
 * and the bundles that came in. `added_by` names the import that brought a row, so that it can be taken back.
 * `trust_sources` is made anew with one kind more, and what refers to it with it.
 */
export const trust = `
CREATE TABLE trust_imports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  digest TEXT NOT NULL,
  signer TEXT,
  date TEXT,
  counts TEXT NOT NULL,
  remarks TEXT NOT NULL
) STRICT;

CREATE TABLE new_trust_sources (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('master-list', 'pinned', 'training', 'directory')),
  digest TEXT NOT NULL,
  date TEXT,
  added_by INTEGER REFERENCES trust_imports (id),
  UNIQUE (kind, digest)
) STRICT;
INSERT INTO new_trust_sources (id, kind, digest, date) SELECT id, kind, digest, date FROM trust_sources;
CREATE TABLE new_certificate_sources (
  fingerprint TEXT NOT NULL REFERENCES certificates (fingerprint) ON DELETE CASCADE,
  source INTEGER NOT NULL REFERENCES new_trust_sources (id) ON DELETE CASCADE,
  PRIMARY KEY (fingerprint, source)
) STRICT, WITHOUT ROWID;
INSERT INTO new_certificate_sources SELECT fingerprint, source FROM certificate_sources;
DROP TABLE certificate_sources;
DROP TABLE trust_sources;
ALTER TABLE new_trust_sources RENAME TO trust_sources;
ALTER TABLE new_certificate_sources RENAME TO certificate_sources;

ALTER TABLE certificates ADD COLUMN added_by INTEGER REFERENCES trust_imports (id);

CREATE TABLE revocation_lists (
  fingerprint TEXT PRIMARY KEY,
  country TEXT NOT NULL,
  issuer TEXT NOT NULL,
  issuer_key TEXT NOT NULL,
  this_update TEXT NOT NULL,
  next_update TEXT,
  number TEXT,
  entries INTEGER NOT NULL,
  der BLOB NOT NULL,
  added_by INTEGER REFERENCES trust_imports (id)
) STRICT;
CREATE INDEX revocation_lists_by_country ON revocation_lists (country, this_update);

CREATE TABLE defect_lists (
  digest TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('defect-list', 'deviation-list')),
  signer TEXT NOT NULL,
  date TEXT,
  der BLOB NOT NULL,
  added_by INTEGER REFERENCES trust_imports (id)
) STRICT;

CREATE TABLE document_signers (
  fingerprint TEXT PRIMARY KEY,
  country TEXT NOT NULL,
  issuer_key TEXT NOT NULL,
  serial_number TEXT NOT NULL,
  subject_key_identifier TEXT,
  der BLOB NOT NULL,
  added_by INTEGER REFERENCES trust_imports (id)
) STRICT;
CREATE INDEX document_signers_by_name ON document_signers (serial_number, issuer_key);
CREATE INDEX document_signers_by_key_identifier ON document_signers (subject_key_identifier);

-- What a long import has read so far. Nothing here is looked at until the import ends and moves it over.
CREATE TABLE staged_document_signers (
  fingerprint TEXT PRIMARY KEY,
  country TEXT NOT NULL,
  issuer_key TEXT NOT NULL,
  serial_number TEXT NOT NULL,
  subject_key_identifier TEXT,
  der BLOB NOT NULL
) STRICT;

CREATE TABLE pins (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('list-signer', 'station-key')),
  fingerprint TEXT NOT NULL,
  subject TEXT NOT NULL,
  content BLOB NOT NULL,
  proposed_by TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  confirmed_by TEXT,
  confirmed_at TEXT,
  withdrawn_by TEXT,
  withdrawn_at TEXT
) STRICT;
CREATE UNIQUE INDEX pins_standing ON pins (kind, fingerprint) WHERE withdrawn_at IS NULL;

CREATE TABLE trust_bundles (
  issuer TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  date TEXT NOT NULL,
  digest TEXT NOT NULL
) STRICT;
`;
