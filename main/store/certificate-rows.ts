import type { Database } from 'better-sqlite3';
import type { StoredCertificate } from '../trust/types.ts';

/** Who vouches that a source holds a certificate; nobody where the map has nothing. */
export type Vouchers = ReadonlyMap<string, string>;

/** The key of `Vouchers`. */
export function vouchedPair(fingerprint: string, source: string): string {
  return `${fingerprint} ${source}`;
}

/**
 * Puts one certificate in and says whether it was new. The summary of a known one stays: its bytes are the same. `addedBy`
 * is the import that brings it, null for an act without history.
 */
export function certificateWriter(
  database: Database,
  addedBy: number | null,
  vouchers: Vouchers = new Map(),
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
    // Who vouches for a certificate once more does so from then on.
    `INSERT INTO trust_sources (kind, digest, date, added_by) VALUES (?, ?, ?, ?)
     ON CONFLICT (kind, digest) DO UPDATE SET date = excluded.date
       WHERE kind = 'pinned' AND excluded.date > coalesce(trust_sources.date, '')`,
  );
  const joinSource = database.prepare(
    `INSERT INTO certificate_sources (fingerprint, source, vouched_by)
     SELECT @fingerprint, id, @voucher FROM trust_sources WHERE kind = @kind AND digest = @digest
       AND (@voucher <> '' OR NOT EXISTS (
         SELECT 1 FROM certificate_sources WHERE fingerprint = @fingerprint AND source = trust_sources.id))
     ON CONFLICT (fingerprint, source, vouched_by) DO NOTHING`,
  );
  return ({ summary, der, verifiedBy, sources }) => {
    const { changes } = insertCertificate.run({ ...summary, verifiedBy, der, addedBy });
    if (changes === 0) setVerifier.run(verifiedBy, summary.fingerprint);
    for (const { kind, digest, date } of sources) {
      insertSource.run(kind, digest, date, addedBy);
      const { fingerprint } = summary;
      joinSource.run({ fingerprint, kind, digest, voucher: vouchers.get(vouchedPair(fingerprint, digest)) ?? '' });
    }
    return changes === 1;
  };
}
