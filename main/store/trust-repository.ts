import type { Database } from 'better-sqlite3';
import type { CertificateSummary, StoredCertificate, TrustSource } from '../trust/types.ts';
import { guarded } from './database-failure.ts';
import type { TrustRepository } from './types.ts';

type Row = CertificateSummary & { readonly verifiedBy: string | null; readonly der: Uint8Array };

const columns = `c.fingerprint, c.public_key_fingerprint AS publicKeyFingerprint, c.country, c.subject, c.issuer,
  c.subject_key AS subjectKey, c.issuer_key AS issuerKey, c.serial_number AS serialNumber,
  c.subject_key_identifier AS subjectKeyIdentifier, c.authority_key_identifier AS authorityKeyIdentifier,
  c.key_kind AS keyKind, c.signature_algorithm AS signatureAlgorithm, c.not_before AS notBefore,
  c.not_after AS notAfter, c.kind, c.verified_by AS verifiedBy, c.der`;

/** The certificates as read once at import: no later start parses a list or a certificate to find one. */
export function trustRepository(database: Database, path: string): TrustRepository {
  const insertOne = inserter(database);
  const sourcesOf = database.prepare<[string], TrustSource>(
    `SELECT s.kind, s.digest, s.date FROM trust_sources s
       JOIN certificate_sources cs ON cs.source = s.id WHERE cs.fingerprint = ? ORDER BY s.id`,
  );
  const certificates = (condition: string, ...values: readonly (string | null)[]): readonly StoredCertificate[] =>
    guarded(path, () => {
      const rows = database.prepare<(string | null)[], Row>(`SELECT ${columns} FROM certificates c ${condition}`);
      return rows.all(...values).map((row) => storedOf(row, sourcesOf.all(row.fingerprint)));
    });

  return {
    insert: (all) =>
      guarded(path, () =>
        database
          .transaction(() => {
            const added = all.filter((certificate) => insertOne(certificate)).length;
            return { new: added, known: all.length - added };
          })
          .immediate(),
      ),
    list: (country) =>
      country === undefined
        ? certificates('ORDER BY c.country, c.subject, c.not_after, c.fingerprint')
        : certificates('WHERE c.country = ? ORDER BY c.subject, c.not_after, c.fingerprint', country),
    get: (fingerprint) => certificates('WHERE c.fingerprint = ?', fingerprint)[0] ?? null,
    count: () => guarded(path, () => countOf(database)),
    sources: () =>
      guarded(path, () =>
        database.prepare<[], TrustSource>('SELECT kind, digest, date FROM trust_sources ORDER BY id').all(),
      ),
    candidates: async ({ keyIdentifier, subjectKey }) =>
      certificates(
        'WHERE c.subject_key_identifier = ? OR c.subject_key = ? ORDER BY c.fingerprint',
        keyIdentifier,
        subjectKey,
      ),
    size: async () => guarded(path, () => countOf(database)),
  };
}

function countOf(database: Database): number {
  return database.prepare<[], number>('SELECT count(*) FROM certificates').pluck().get() ?? 0;
}

/** Puts one certificate in and says whether it was new. The summary of a known one stays: its bytes are the same. */
function inserter(database: Database): (certificate: StoredCertificate) => boolean {
  const insertCertificate = database.prepare(
    `INSERT INTO certificates (fingerprint, public_key_fingerprint, country, subject, issuer, subject_key, issuer_key,
       serial_number, subject_key_identifier, authority_key_identifier, key_kind, signature_algorithm, not_before,
       not_after, kind, verified_by, der)
     VALUES (@fingerprint, @publicKeyFingerprint, @country, @subject, @issuer, @subjectKey, @issuerKey,
       @serialNumber, @subjectKeyIdentifier, @authorityKeyIdentifier, @keyKind, @signatureAlgorithm, @notBefore,
       @notAfter, @kind, @verifiedBy, @der)
     ON CONFLICT (fingerprint) DO NOTHING`,
  );
  const setVerifier = database.prepare(
    'UPDATE certificates SET verified_by = ? WHERE fingerprint = ? AND verified_by IS NULL',
  );
  const insertSource = database.prepare(
    'INSERT INTO trust_sources (kind, digest, date) VALUES (?, ?, ?) ON CONFLICT (kind, digest) DO NOTHING',
  );
  const joinSource = database.prepare(
    `INSERT INTO certificate_sources (fingerprint, source)
     SELECT ?, id FROM trust_sources WHERE kind = ? AND digest = ?
     ON CONFLICT (fingerprint, source) DO NOTHING`,
  );
  return ({ summary, der, verifiedBy, sources }) => {
    const { changes } = insertCertificate.run({ ...summary, verifiedBy, der });
    if (changes === 0) setVerifier.run(verifiedBy, summary.fingerprint);
    for (const { kind, digest, date } of sources) {
      insertSource.run(kind, digest, date);
      joinSource.run(summary.fingerprint, kind, digest);
    }
    return changes === 1;
  };
}

function storedOf({ verifiedBy, der, ...summary }: Row, sources: readonly TrustSource[]): StoredCertificate {
  return { summary, der: new Uint8Array(der), verifiedBy, sources };
}
