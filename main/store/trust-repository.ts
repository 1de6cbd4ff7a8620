import type { Database } from 'better-sqlite3';
import type { KnownEdition } from '../trust/lists/pinned-list.ts';
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
import { disputedOf } from './disputed.ts';
import { openStage } from './document-signer-stage.ts';
import type { StoreMarks } from './marks/store-marks.ts';
import { noteDays } from './newest-day.ts';
import { pinsRepository } from './pins-repository.ts';
import { heldPolicies } from './policy-rows.ts';
import { insertRevocationLists, RevocationRows } from './revocation-rows.ts';
import { countReadings, heldTables, keepReadings, readingOf, waitingReadings } from './second-readings.ts';
import {
  applyTrustChange,
  bundleOf,
  daysOf,
  noteMending,
  noteReadings,
  trustHistory,
  undoTrustChange,
  withdrawOwnWord,
  withdrawVoucher,
} from './trust-changes.ts';
import { certificateOrigins, listOrigins } from './trust-origins.ts';
import type { TrustRepository } from './types.ts';

type Row = CertificateSummary & { readonly verifiedBy: string | null; readonly der: Uint8Array };

/** So many certificates are looked up one by one. */
const mostSingly = 16;

const columns = `c.fingerprint, c.public_key_fingerprint AS publicKeyFingerprint, c.country, c.subject, c.issuer,
  c.subject_key AS subjectKey, c.issuer_key AS issuerKey, c.serial_number AS serialNumber,
  c.subject_key_identifier AS subjectKeyIdentifier, c.authority_key_identifier AS authorityKeyIdentifier,
  c.key_kind AS keyKind, c.signature_algorithm AS signatureAlgorithm, c.not_before AS notBefore,
  c.not_after AS notAfter, c.kind, c.verified_by AS verifiedBy, c.der`;

/** The certificates as read once at import: no later start parses a list or a certificate to find one. */
export function trustRepository(database: Database, path: string, marks: StoreMarks): TrustRepository {
  const reading = <Answer>(act: () => Answer): Answer => guarded(path, () => marks.read(act));
  const writing = <Answer>(act: () => Answer): Answer => guarded(path, () => marks.write(act));
  const insertOne = certificateWriter(database, null);
  const sourcesOf = database.prepare<[string], TrustSource>(
    `SELECT s.kind, s.digest, s.date FROM trust_sources s
       JOIN certificate_sources cs ON cs.source = s.id WHERE cs.fingerprint = ? ORDER BY s.id`,
  );
  const allSources = database.prepare<[], TrustSource & { readonly fingerprint: string }>(
    `SELECT cs.fingerprint, s.kind, s.digest, s.date FROM trust_sources s
       JOIN certificate_sources cs ON cs.source = s.id ORDER BY s.id`,
  );
  // One look-up for all where there are many: 588 look-ups cost ten times as much.
  const sourcesFor = (rows: readonly Row[]): ((fingerprint: string) => readonly TrustSource[]) => {
    if (rows.length <= mostSingly) return (fingerprint) => sourcesOf.all(fingerprint);
    const all = Map.groupBy(allSources.all(), ({ fingerprint }) => fingerprint);
    return (of) => (all.get(of) ?? []).map(({ fingerprint: _, ...source }) => source);
  };
  const compare = (table: string, rows: readonly SignerContent[]): void =>
    marks.compareContents(
      table,
      rows.map(({ fingerprint, der }) => ({ key: fingerprint, content: der })),
    );
  const certificates = (condition: string, ...values: readonly (string | null)[]): readonly StoredCertificate[] =>
    reading(() => {
      const rows = database
        .prepare<(string | null)[], Row>(`SELECT ${columns} FROM certificates c ${condition}`)
        .all(...values);
      compare('certificates', rows);
      const sources = sourcesFor(rows);
      const disputed = disputedOf(database);
      return rows.map((row) => storedOf(row, sources(row.fingerprint), disputed.get(row.fingerprint)));
    });

  const revocations = new RevocationRows(database);
  const revocationLists = (country?: string): readonly StoredRevocationList[] =>
    reading(() => {
      const newest = revocations.newest(country, disputedOf(database));
      compare('revocation_lists', newest);
      return newest;
    });

  return {
    insert: (all) =>
      writing(() => {
        const added = all.filter((certificate) => insertOne(certificate)).length;
        return { new: added, known: all.length - added };
      }),
    replaceOwnRevocationLists: (lists) =>
      writing(() => {
        database.prepare('DELETE FROM revocation_lists WHERE added_by IS NULL').run();
        insertRevocationLists(database, lists, null);
      }),
    list: (country) =>
      country === undefined
        ? certificates('ORDER BY c.country, c.subject, c.not_after, c.fingerprint')
        : certificates('WHERE c.country = ? ORDER BY c.subject, c.not_after, c.fingerprint', country),
    get: (fingerprint) => certificates('WHERE c.fingerprint = ?', fingerprint)[0] ?? null,
    count: () => reading(() => countOf(database)),
    sources: () =>
      reading(() =>
        database.prepare<[], TrustSource>('SELECT kind, digest, date FROM trust_sources ORDER BY id').all(),
      ),
    editions: () =>
      reading(() =>
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
    size: async () => reading(() => countOf(database)),
    revocationLists: async (country) => revocationLists(country),
    allRevocationLists: () => revocationLists(),
    documentSigners: async (query) =>
      reading(() => {
        const found = documentSigners(database, query);
        compare('document_signers', found);
        return found.map(({ der }) => new Uint8Array(der));
      }),
    defectLists: async () =>
      reading(() => {
        const found = database
          .prepare<[], StoredDefectList>(
            `SELECT digest, kind, signer, date, der FROM defect_lists WHERE NOT EXISTS (SELECT 1 FROM defect_lists newer
               WHERE newer.kind = defect_lists.kind AND newer.signer = defect_lists.signer
                 AND newer.date > defect_lists.date) ORDER BY date DESC`,
          )
          .all();
        marks.compareContents(
          'defect_lists',
          found.map(({ digest, der }) => ({ key: digest, content: der })),
        );
        return found.map((row) => ({ ...row, der: new Uint8Array(row.der) }));
      }),
    countDocumentSigners: () =>
      reading(() => database.prepare<[], number>('SELECT count(*) FROM document_signers').pluck().get() ?? 0),
    documentSignersAlone: () =>
      reading(() => {
        const found = documentSignersAlone(database);
        compare('document_signers', found);
        return found.map(({ der }) => new Uint8Array(der));
      }),
    openStage,
    apply: (change) =>
      writing(() => {
        const applied = applyTrustChange(database, change);
        noteDays(database, daysOf(change));
        return applied;
      }),
    history: () => reading(() => trustHistory(database)),
    undoLast: (act) => writing(() => undoTrustChange(database, act)),
    withdraw: (vouchedBy, act) => writing(() => withdrawVoucher(database, vouchedBy, act)),
    withdrawOwnWord: (fingerprint, act) => writing(() => withdrawOwnWord(database, fingerprint, act)),
    origins: () => reading(() => certificateOrigins(database)),
    listOrigins: () => reading(() => listOrigins(database)),
    noteMending: (act) => writing(() => noteMending(database, act)),
    atOnce: (act) => writing(act),
    bundleOf: (issuer) => reading(() => bundleOf(database, issuer)),
    policies: () => reading(() => heldPolicies(database)),
    pins: pinsRepository(database, { reading, writing }),
    secondReadings: {
      waiting: (hand, most) =>
        reading(() => {
          const waiting = waitingReadings(database, hand, most);
          for (const [kind, found] of Map.groupBy(waiting, (each) => each.kind))
            compare(
              heldTables[kind],
              found.map(({ digest, bytes }) => ({ fingerprint: digest, der: bytes })),
            );
          return waiting;
        }),
      keep: (readings, at) => writing(() => noteReadings(database, keepReadings(database, readings, at), at)),
      of: (digest) => reading(() => readingOf(database, digest)),
      count: (hand) => reading(() => countReadings(database, hand)),
    },
  };
}

interface SignerContent {
  readonly fingerprint: string;
  readonly der: Uint8Array;
}

function documentSigners(database: Database, query: DocumentSignerQuery): readonly SignerContent[] {
  return 'keyIdentifier' in query
    ? database
        .prepare<[string], SignerContent>(
          'SELECT fingerprint, der FROM document_signers WHERE subject_key_identifier = ? LIMIT 16',
        )
        .all(query.keyIdentifier)
    : database
        .prepare<[string, string], SignerContent>(
          'SELECT fingerprint, der FROM document_signers WHERE serial_number = ? AND issuer_key = ? LIMIT 16',
        )
        .all(query.serialNumber, query.issuerKey);
}

function documentSignersAlone(database: Database): readonly SignerContent[] {
  return database
    .prepare<[], SignerContent>(
      `SELECT s.fingerprint, s.der FROM document_signers s LEFT JOIN trust_imports i ON i.id = s.added_by
       WHERE i.kind IS NOT 'ldif'
         AND NOT EXISTS (SELECT 1 FROM json_each(coalesce(i.files, '[]')) WHERE json_extract(value, '$.kind') = 'ldif')
       ORDER BY s.fingerprint`,
    )
    .all();
}

function countOf(database: Database): number {
  return database.prepare<[], number>('SELECT count(*) FROM certificates').pluck().get() ?? 0;
}

function storedOf(
  { verifiedBy, der, ...summary }: Row,
  sources: readonly TrustSource[],
  readingsDiffer: readonly string[] | undefined,
): StoredCertificate {
  const stored = { summary, der: new Uint8Array(der), verifiedBy, sources };
  return readingsDiffer === undefined ? stored : { ...stored, readingsDiffer };
}
