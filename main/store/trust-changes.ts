import type { Database } from 'better-sqlite3';
import type { PlainDate } from '../result/plain-date.ts';
import { type BundleState, refuseOlder } from '../trust/station-bundle.ts';
import type {
  DocumentSignerRow,
  ImportRemark,
  StoredCertificate,
  StoredDefectList,
  StoredRevocationList,
} from '../trust/types.ts';
import { certificateWriter } from './certificate-rows.ts';

/** Everything that one import brings, applied as one. */
export interface TrustChange {
  /** Instant (ISO 8601) of the import. */
  readonly at: string;
  /** What was imported: a kind of file, `bundle`, `pin`. */
  readonly kind: string;
  readonly digest: string;
  readonly signer: string | null;
  readonly date: PlainDate | null;
  readonly certificates: readonly StoredCertificate[];
  readonly revocationLists: readonly StoredRevocationList[];
  readonly defectLists: readonly StoredDefectList[];
  /** Whether what `stageDocumentSigners` collected belongs to it. */
  readonly staged: boolean;
  /** Orphans and refusals with their reasons. */
  readonly remarks: readonly ImportRemark[];
  readonly bundle: BundleState | null;
}

export interface TrustChangeCounts {
  readonly newCertificates: number;
  readonly knownCertificates: number;
  readonly newRevocationLists: number;
  readonly newDefectLists: number;
  readonly newDocumentSigners: number;
}

/** One import of the past. */
export interface TrustHistoryEntry {
  readonly id: number;
  readonly at: string;
  readonly kind: string;
  readonly digest: string;
  readonly signer: string | null;
  readonly date: PlainDate | null;
  readonly counts: TrustChangeCounts;
  readonly remarks: readonly ImportRemark[];
}

const signerColumns = 'fingerprint, country, issuer_key, serial_number, subject_key_identifier, der';
// More than these are counted in the history, not named.
const mostRemarks = 500;

/** Applies a change. Call it inside a transaction: it is all or nothing only there. */
export function applyTrustChange(database: Database, change: TrustChange): { id: number; counts: TrustChangeCounts } {
  const { lastInsertRowid } = database
    .prepare(
      `INSERT INTO trust_imports (at, kind, digest, signer, date, counts, remarks) VALUES (?, ?, ?, ?, ?, '{}', ?)`,
    )
    .run(
      change.at,
      change.kind,
      change.digest,
      change.signer,
      change.date,
      JSON.stringify(change.remarks.slice(0, mostRemarks)),
    );
  const id = Number(lastInsertRowid);
  const write = certificateWriter(database, id);
  const newCertificates = change.certificates.filter((certificate) => write(certificate)).length;
  const counts: TrustChangeCounts = {
    newCertificates,
    knownCertificates: change.certificates.length - newCertificates,
    newRevocationLists: insertRevocationLists(database, change.revocationLists, id),
    newDefectLists: insertDefectLists(database, change.defectLists, id),
    newDocumentSigners: change.staged ? takeStaged(database, id) : 0,
  };
  if (change.bundle !== null) writeBundle(database, change.bundle);
  database.prepare('UPDATE trust_imports SET counts = ? WHERE id = ?').run(JSON.stringify(counts), id);
  return { id, counts };
}

function insertRevocationLists(database: Database, lists: readonly StoredRevocationList[], id: number): number {
  const insert = database.prepare(
    `INSERT INTO revocation_lists (fingerprint, country, issuer, issuer_key, this_update, next_update, number, entries,
       der, added_by)
     VALUES (@fingerprint, @country, @issuer, @issuerKey, @thisUpdate, @nextUpdate, @number, @entries, @der, @id)
     ON CONFLICT (fingerprint) DO NOTHING`,
  );
  return lists.filter((list) => insert.run({ ...list, id }).changes === 1).length;
}

function insertDefectLists(database: Database, lists: readonly StoredDefectList[], id: number): number {
  const insert = database.prepare(
    `INSERT INTO defect_lists (digest, kind, signer, date, der, added_by)
     VALUES (@digest, @kind, @signer, @date, @der, @id) ON CONFLICT (digest) DO NOTHING`,
  );
  return lists.filter((list) => insert.run({ ...list, id }).changes === 1).length;
}

function takeStaged(database: Database, id: number): number {
  const { changes } = database
    .prepare(
      `INSERT INTO document_signers (${signerColumns}, added_by)
       SELECT ${signerColumns}, ? FROM staged_document_signers WHERE true ON CONFLICT (fingerprint) DO NOTHING`,
    )
    .run(id);
  clearStaged(database);
  return changes;
}

export function clearStaged(database: Database): void {
  database.prepare('DELETE FROM staged_document_signers').run();
}

/** Keeps what a long import has read so far where nobody looks. */
export function stage(database: Database, signers: readonly DocumentSignerRow[]): void {
  const insert = database.prepare(
    `INSERT INTO staged_document_signers (${signerColumns})
     VALUES (@fingerprint, @country, @issuerKey, @serialNumber, @subjectKeyIdentifier, @der)
     ON CONFLICT (fingerprint) DO NOTHING`,
  );
  for (const signer of signers) insert.run(signer);
}

/** A rollback is refused where it matters, in the transaction that would make it. Fails with `bundle.older`. */
function writeBundle(database: Database, bundle: BundleState): void {
  refuseOlder(bundle, bundleOf(database, bundle.issuer));
  database
    .prepare(
      `INSERT INTO trust_bundles (issuer, number, date, digest) VALUES (@issuer, @number, @date, @digest)
       ON CONFLICT (issuer) DO UPDATE SET number = excluded.number, date = excluded.date, digest = excluded.digest`,
    )
    .run(bundle);
}

export function bundleOf(database: Database, issuer: string): BundleState | null {
  const found = database
    .prepare<[string], BundleState>('SELECT issuer, number, date, digest FROM trust_bundles WHERE issuer = ?')
    .get(issuer);
  return found ?? null;
}

/** Takes back what the newest import brought. Call it inside a transaction. */
export function undoTrustChange(database: Database, id: number): void {
  for (const table of ['revocation_lists', 'defect_lists', 'document_signers', 'trust_sources', 'certificates'])
    database.prepare(`DELETE FROM ${table} WHERE added_by = ?`).run(id);
  // Who was verified by what is gone is an orphan again.
  database
    .prepare(
      'UPDATE certificates SET verified_by = NULL WHERE verified_by NOT IN (SELECT fingerprint FROM certificates)',
    )
    .run();
  database.prepare('DELETE FROM trust_imports WHERE id = ?').run(id);
}

export function trustHistory(database: Database): readonly TrustHistoryEntry[] {
  type Row = Omit<TrustHistoryEntry, 'counts' | 'remarks'> & { readonly counts: string; readonly remarks: string };
  return database
    .prepare<[], Row>('SELECT id, at, kind, digest, signer, date, counts, remarks FROM trust_imports ORDER BY id DESC')
    .all()
    .map((row) => ({ ...row, counts: JSON.parse(row.counts), remarks: JSON.parse(row.remarks) }));
}
