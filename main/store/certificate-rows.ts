import type { Database } from 'better-sqlite3';
import type { StoredCertificate } from '../trust/types.ts';

/**
 * Puts one certificate in and says whether it was new. The summary of a known one stays: its bytes are the same. `addedBy`
 * is the import that brings it, null for an act without history.
 */
export function certificateWriter(
  database: Database,
  addedBy: number | null,
): (certificate: StoredCertificate) => boolean {
  const insertCertificate = database.prepare(
    `INSERT INTO certificates (fingerprint, public_key_fingerprint, country, subject, issuer, subject_key, issuer_key,
       serial_number, subject_key_identifier, authority_key_identifier, key_kind, signature_algorithm, not_before,
       not_after, kind, verified_by, der, added_by)
     VALUES (@fingerprint, @publicKeyFingerprint, @country, @subject, @issuer, @subjectKey, @issuerKey,
       @serialNumber, @subjectKeyIdentifier, @authorityKeyIdentifier, @keyKind, @signatureAlgorithm, @notBefore,
       @notAfter, @kind, @verifiedBy, @der, @addedBy)
     ON CONFLICT (fingerprint) DO NOTHING`,
  );
  const setVerifier = database.prepare(
    'UPDATE certificates SET verified_by = ? WHERE fingerprint = ? AND verified_by IS NULL',
  );
  const insertSource = database.prepare(
    'INSERT INTO trust_sources (kind, digest, date, added_by) VALUES (?, ?, ?, ?) ON CONFLICT (kind, digest) DO NOTHING',
  );
  const joinSource = database.prepare(
    `INSERT INTO certificate_sources (fingerprint, source)
     SELECT ?, id FROM trust_sources WHERE kind = ? AND digest = ?
     ON CONFLICT (fingerprint, source) DO NOTHING`,
  );
  return ({ summary, der, verifiedBy, sources }) => {
    const { changes } = insertCertificate.run({ ...summary, verifiedBy, der, addedBy });
    if (changes === 0) setVerifier.run(verifiedBy, summary.fingerprint);
    for (const { kind, digest, date } of sources) {
      insertSource.run(kind, digest, date, addedBy);
      joinSource.run(summary.fingerprint, kind, digest);
    }
    return changes === 1;
  };
}
