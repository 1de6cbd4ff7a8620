import type { Database } from 'better-sqlite3';
import type { KnownEdition } from '../trust/pinned-list.ts';
import type {
  CertificateSummary,
  DocumentSignerQuery,
  StoredCertificate,
  StoredDefectList,
  StoredRevocationList,
  TrustSource,
} from '../trust/types.ts';
import { certificateWriter } from './certificate-rows.ts';
import { guarded } from './database-failure.ts';
import { pinsRepository } from './pins-repository.ts';
import { heldPolicies } from './policy-rows.ts';
import {
  applyTrustChange,
  bundleOf,
  clearStaged,
  stage,
  trustHistory,
  undoTrustChange,
  withdrawVoucher,
} from './trust-changes.ts';
import type { TrustRepository } from './types.ts';

type Row = CertificateSummary & { readonly verifiedBy: string | null; readonly der: Uint8Array };

const columns = `c.fingerprint, c.public_key_fingerprint AS publicKeyFingerprint, c.country, c.subject, c.issuer,
  c.subject_key AS subjectKey, c.issuer_key AS issuerKey, c.serial_number AS serialNumber,
  c.subject_key_identifier AS subjectKeyIdentifier, c.authority_key_identifier AS authorityKeyIdentifier,
  c.key_kind AS keyKind, c.signature_algorithm AS signatureAlgorithm, c.not_before AS notBefore,
  c.not_after AS notAfter, c.kind, c.verified_by AS verifiedBy, c.der`;

/** The certificates as read once at import: no later start parses a list or a certificate to find one. */
export function trustRepository(database: Database, path: string): TrustRepository {
  const insertOne = certificateWriter(database, null);
  const sourcesOf = database.prepare<[string], TrustSource>(
    `SELECT s.kind, s.digest, s.date FROM trust_sources s
       JOIN certificate_sources cs ON cs.source = s.id WHERE cs.fingerprint = ? ORDER BY s.id`,
  );
  const certificates = (condition: string, ...values: readonly (string | null)[]): readonly StoredCertificate[] =>
    guarded(path, () => {
      const rows = database.prepare<(string | null)[], Row>(`SELECT ${columns} FROM certificates c ${condition}`);
      return rows.all(...values).map((row) => storedOf(row, sourcesOf.all(row.fingerprint)));
    });

  // Of each issuer the newest one only, newest first.
  const lists = (condition: string, ...values: readonly string[]): readonly StoredRevocationList[] =>
    guarded(path, () =>
      database
        .prepare<string[], StoredRevocationList>(
          `SELECT fingerprint, country, issuer, issuer_key AS issuerKey, this_update AS thisUpdate,
             next_update AS nextUpdate, number, entries, der FROM revocation_lists ${condition}
           ORDER BY this_update DESC, length(number) DESC, number DESC`,
        )
        .all(...values)
        .filter((list, index, all) => all.findIndex(({ issuerKey }) => issuerKey === list.issuerKey) === index)
        .map((row) => ({ ...row, der: new Uint8Array(row.der) })),
    );

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
    editions: () =>
      guarded(path, () =>
        database
          .prepare<[], KnownEdition>(
            "SELECT signer, date FROM trust_sources WHERE kind = 'master-list' AND signer IS NOT NULL ORDER BY id",
          )
          .all(),
      ),
    candidates: async ({ keyIdentifier, subjectKey }) =>
      certificates(
        'WHERE c.subject_key_identifier = ? OR c.subject_key = ? ORDER BY c.fingerprint',
        keyIdentifier,
        subjectKey,
      ),
    size: async () => guarded(path, () => countOf(database)),
    revocationLists: async (country) => lists('WHERE country = ?', country),
    allRevocationLists: () => lists(''),
    documentSigners: async (query) =>
      guarded(path, () => documentSigners(database, query).map((der) => new Uint8Array(der))),
    defectLists: async () =>
      guarded(path, () =>
        database
          .prepare<[], StoredDefectList>(
            `SELECT digest, kind, signer, date, der FROM defect_lists WHERE NOT EXISTS (SELECT 1 FROM defect_lists newer
               WHERE newer.kind = defect_lists.kind AND newer.signer = defect_lists.signer
                 AND newer.date > defect_lists.date) ORDER BY date DESC`,
          )
          .all()
          .map((row) => ({ ...row, der: new Uint8Array(row.der) })),
      ),
    countDocumentSigners: () =>
      guarded(path, () => database.prepare<[], number>('SELECT count(*) FROM document_signers').pluck().get() ?? 0),
    documentSignersAlone: () => guarded(path, () => documentSignersAlone(database).map((der) => new Uint8Array(der))),
    stageDocumentSigners: (signers) =>
      guarded(path, () => database.transaction(() => stage(database, signers)).immediate()),
    dropStaged: () => guarded(path, () => clearStaged(database)),
    apply: (change) => guarded(path, () => database.transaction(() => applyTrustChange(database, change)).immediate()),
    history: () => guarded(path, () => trustHistory(database)),
    undoLast: (act) => guarded(path, () => database.transaction(() => undoTrustChange(database, act)).immediate()),
    withdraw: (vouchedBy, act) =>
      guarded(path, () => database.transaction(() => withdrawVoucher(database, vouchedBy, act)).immediate()),
    atOnce: (act) => guarded(path, () => database.transaction(act).immediate()),
    bundleOf: (issuer) => guarded(path, () => bundleOf(database, issuer)),
    policies: () => guarded(path, () => heldPolicies(database)),
    pins: pinsRepository(database, path),
  };
}

function documentSigners(database: Database, query: DocumentSignerQuery): readonly Uint8Array[] {
  return 'keyIdentifier' in query
    ? database
        .prepare<[string], Uint8Array>('SELECT der FROM document_signers WHERE subject_key_identifier = ? LIMIT 16')
        .pluck()
        .all(query.keyIdentifier)
    : database
        .prepare<[string, string], Uint8Array>(
          'SELECT der FROM document_signers WHERE serial_number = ? AND issuer_key = ? LIMIT 16',
        )
        .pluck()
        .all(query.serialNumber, query.issuerKey);
}

function documentSignersAlone(database: Database): readonly Uint8Array[] {
  return database
    .prepare<[], Uint8Array>(
      `SELECT s.der FROM document_signers s LEFT JOIN trust_imports i ON i.id = s.added_by
       WHERE i.kind IS NOT 'ldif'
         AND NOT EXISTS (SELECT 1 FROM json_each(coalesce(i.files, '[]')) WHERE json_extract(value, '$.kind') = 'ldif')
       ORDER BY s.fingerprint`,
    )
    .pluck()
    .all();
}

function countOf(database: Database): number {
  return database.prepare<[], number>('SELECT count(*) FROM certificates').pluck().get() ?? 0;
}

function storedOf({ verifiedBy, der, ...summary }: Row, sources: readonly TrustSource[]): StoredCertificate {
  return { summary, der: new Uint8Array(der), verifiedBy, sources };
}
