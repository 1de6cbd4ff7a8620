/**
 * Who vouched for what, so that it can be taken back with its voucher; which files an import took and what came and went by
 * it; the state before it, so that it can be restored; the first of the two signs that take a pin back. `vouched_by` is the
 * fingerprint of a list signer's pinned certificate, a station's public key in hex, or empty where nobody stands between.
 */
export const trustUpdates = `
ALTER TABLE trust_imports ADD COLUMN files TEXT NOT NULL DEFAULT '[]';
ALTER TABLE trust_imports ADD COLUMN changed TEXT NOT NULL DEFAULT '[]';
ALTER TABLE trust_imports ADD COLUMN before TEXT;
ALTER TABLE trust_imports ADD COLUMN undone_by INTEGER REFERENCES trust_imports (id);

ALTER TABLE trust_sources ADD COLUMN signer TEXT;
UPDATE trust_sources SET signer = (
  SELECT signer FROM trust_imports WHERE trust_imports.digest = trust_sources.digest AND trust_imports.kind = 'master-list'
) WHERE kind = 'master-list';

CREATE TABLE new_certificate_sources (
  fingerprint TEXT NOT NULL REFERENCES certificates (fingerprint) ON DELETE CASCADE,
  source INTEGER NOT NULL REFERENCES trust_sources (id) ON DELETE CASCADE,
  vouched_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (fingerprint, source, vouched_by)
) STRICT, WITHOUT ROWID;
INSERT INTO new_certificate_sources (fingerprint, source) SELECT fingerprint, source FROM certificate_sources;
DROP TABLE certificate_sources;
ALTER TABLE new_certificate_sources RENAME TO certificate_sources;

ALTER TABLE defect_lists ADD COLUMN vouched_by TEXT NOT NULL DEFAULT '';

ALTER TABLE pins ADD COLUMN withdrawal_proposed_by TEXT;
ALTER TABLE pins ADD COLUMN withdrawal_proposed_at TEXT;
`;
