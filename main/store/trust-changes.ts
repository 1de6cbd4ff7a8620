import type { Database } from 'better-sqlite3';
import type { PlainDate } from '../result/plain-date.ts';
import type { ArrivedPolicy } from '../trust/lists/held-policy.ts';
import { type BundleState, refuseOlder } from '../trust/lists/station-bundle.ts';
import type { ImportRemark, StoredCertificate, StoredDefectList, StoredRevocationList } from '../trust/types.ts';
import { certificateWriter, type Vouchers, vouchedPair } from './certificate-rows.ts';
import { type DocumentSignerStage, takeStaged } from './document-signer-stage.ts';
import { writePolicies } from './policy-rows.ts';
import { insertRevocationLists } from './revocation-rows.ts';
import type { KeptReading } from './second-readings.ts';
import {
  type BroughtList,
  removeOwnWord,
  removeVouched,
  settle,
  supersedeBundle,
  supersedeDefectLists,
  supersedeEditions,
} from './trust-removal.ts';
import { bringBack, type RowBefore, rowsBefore, type TrustState, trustState } from './trust-state.ts';

/** Who stands behind a part of a change: a certificate of a source, or a list of defects (`source` null). */
export interface Vouched {
  /** Fingerprint of the certificate, or digest of the list of defects. */
  readonly what: string;
  /** Digest of the source. */
  readonly source: string | null;
  /** Fingerprint of the pinned certificate, or the station's public key in hex. */
  readonly by: string;
}

/** A file that an import took. */
export interface TakenFile {
  readonly kind: string;
  readonly digest: string;
}

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
  /** The stage whose document signers belong to it; null where there are none. */
  readonly staged: DocumentSignerStage | null;
  /** Orphans and refusals with their reasons. */
  readonly remarks: readonly ImportRemark[];
  /** The bundles among the files: at most one of each issuer. */
  readonly bundles: readonly BundleState[];
  /** The policies of those bundles. */
  readonly policies: readonly ArrivedPolicy[];
  readonly files: readonly TakenFile[];
  readonly masterLists: readonly BroughtList[];
  readonly vouched: readonly Vouched[];
}

/** How much an import changed, by kind. */
export interface TrustChangeCounts {
  readonly newCertificates: number;
  readonly removedCertificates: number;
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
  readonly files: readonly TakenFile[];
  /** Country signing certificates that came or went, the first of them by name. */
  readonly changed: readonly ChangedCertificate[];
  /** The import or act that took it back; null while it holds. */
  readonly undoneBy: number | null;
}

/** A country signing certificate that an import brought or took away. */
export interface ChangedCertificate {
  readonly change: 'added' | 'removed';
  readonly country: string;
  readonly subject: string;
  readonly fingerprint: string;
}

/** A deliberate act on the history: by whom, and when (ISO 8601). */
export interface TrustAct {
  readonly signs: readonly string[];
  readonly at: string;
}

// More than these are counted in the history, not named.
const mostRemarks = 500;
const mostChanged = 500;
// So many changes can be taken back, the newest first.
const mostKept = 20;
const noCounts: TrustChangeCounts = {
  newCertificates: 0,
  removedCertificates: 0,
  knownCertificates: 0,
  newRevocationLists: 0,
  newDefectLists: 0,
  newDocumentSigners: 0,
};

/** The days that a change has shown the station: its own, and those of the lists that it brings. */
export function daysOf({
  at,
  date,
  masterLists,
  revocationLists,
  defectLists,
}: TrustChange): readonly (string | null)[] {
  const lists = [...masterLists, ...defectLists].map((list) => list.date);
  return [at.slice(0, 10), date, ...lists, ...revocationLists.map(({ thisUpdate }) => thisUpdate)];
}

/** Applies a change. Call it inside a transaction: it is all or nothing only there. */
export function applyTrustChange(database: Database, change: TrustChange): { id: number; counts: TrustChangeCounts } {
  const before = trustState(database);
  const id = writeEntry(database, { ...change, remarks: change.remarks.slice(0, mostRemarks) });
  const pairs = change.vouched.map(({ what, source, by }) => [vouchedPair(what, source ?? ''), by] as const);
  const vouchers = new Map(pairs);
  const write = certificateWriter(database, id, vouchers);
  for (const certificate of change.certificates) write(certificate);
  const newRevocationLists = insertRevocationLists(database, change.revocationLists, id);
  const newDefectLists = insertDefectLists(database, change.defectLists, id, vouchers);
  const newDocumentSigners = change.staged === null ? 0 : takeStaged(database, change.staged, id);
  const kept = change.certificates.flatMap(({ summary, sources }) =>
    sources.map(({ digest }) => ({ certificate: summary.fingerprint, source: digest })),
  );
  for (const bundle of change.bundles) {
    writeBundle(database, bundle);
    supersedeBundle(database, bundle.issuer, kept);
  }
  writePolicies(database, change.policies);
  supersedeEditions(database, change.masterLists);
  supersedeDefectLists(database);
  settle(database);
  const counted = { newRevocationLists, newDefectLists, newDocumentSigners };
  return { id, counts: finish(database, id, { before, counted, brought: change.certificates.length }) };
}

function writeEntry(
  database: Database,
  entry: Pick<TrustChange, 'at' | 'kind' | 'digest' | 'signer' | 'date' | 'remarks' | 'files'>,
): number {
  const { at, kind, digest, signer, date, remarks, files } = entry;
  const { lastInsertRowid } = database
    .prepare(
      `INSERT INTO trust_imports (at, kind, digest, signer, date, counts, remarks, files)
       VALUES (?, ?, ?, ?, ?, '{}', ?, ?)`,
    )
    .run(at, kind, digest, signer, date, JSON.stringify(remarks), JSON.stringify(files));
  return Number(lastInsertRowid);
}

// What came and went, and how it was before, is told by the state itself: nothing that a change does can be forgotten here.
function finish(
  database: Database,
  id: number,
  done: { readonly before: TrustState; readonly counted: Partial<TrustChangeCounts>; readonly brought: number },
): TrustChangeCounts {
  const after = trustState(database);
  const changed = changedCertificates(done.before, after);
  const newCertificates = changed.filter(({ change }) => change === 'added').length;
  const counts: TrustChangeCounts = {
    ...noCounts,
    ...done.counted,
    newCertificates,
    removedCertificates: changed.length - newCertificates,
    knownCertificates: Math.max(0, done.brought - newCertificates),
  };
  database
    .prepare('UPDATE trust_imports SET counts = ?, changed = ?, before = ? WHERE id = ?')
    .run(
      JSON.stringify(counts),
      JSON.stringify(changed.slice(0, mostChanged)),
      JSON.stringify(rowsBefore(done.before, after)),
      id,
    );
  database
    .prepare(
      `UPDATE trust_imports SET before = NULL
       WHERE before IS NOT NULL AND id <= (SELECT max(id) FROM trust_imports) - ${mostKept}`,
    )
    .run();
  return counts;
}

function changedCertificates(before: TrustState, after: TrustState): readonly ChangedCertificate[] {
  const [old, now] = [before.get('certificates') ?? new Map<string, string>(), after.get('certificates') ?? new Map()];
  const told = (change: ChangedCertificate['change'], rows: ReadonlyMap<string, string>, others: typeof rows) =>
    [...rows]
      .filter(([key]) => !others.has(key))
      .map(([, row]): ChangedCertificate => {
        const { country, subject, fingerprint } = JSON.parse(row);
        return { change, country, subject, fingerprint };
      });
  return [...told('added', now, old), ...told('removed', old, now)];
}

function insertDefectLists(
  database: Database,
  lists: readonly StoredDefectList[],
  id: number,
  vouchers: Vouchers,
): number {
  const insert = database.prepare(
    `INSERT INTO defect_lists (digest, kind, signer, date, der, added_by, vouched_by)
     VALUES (@digest, @kind, @signer, @date, @der, @id, @voucher) ON CONFLICT (digest) DO NOTHING`,
  );
  // A publisher's pinned signer stands behind a list also where a station's bundle brought it first.
  const takeOver = database.prepare(
    `UPDATE defect_lists SET vouched_by = @voucher WHERE digest = @digest
       AND vouched_by IN (SELECT issuer FROM trust_bundles) AND @voucher NOT IN (SELECT issuer FROM trust_bundles)`,
  );
  return lists.filter((list) => {
    const voucher = vouchers.get(vouchedPair(list.digest, '')) ?? '';
    if (insert.run({ ...list, id, voucher }).changes === 1) return true;
    takeOver.run({ digest: list.digest, voucher });
    return false;
  }).length;
}

/**
 * A rollback is refused where it matters, in the transaction that would make it. Fails with `bundle.older`,
 * `bundle.number-reused`.
 */
function writeBundle(database: Database, bundle: BundleState): void {
  refuseOlder(bundle, bundleOf(database, bundle.issuer));
  database
    .prepare(
      `INSERT INTO trust_bundles (issuer, number, date, digest) VALUES (@issuer, @number, @date, @digest)
       ON CONFLICT (issuer) DO UPDATE SET number = excluded.number, date = excluded.date, digest = excluded.digest`,
    )
    .run(bundle);
}

/** The newest bundle of this issuer (its public key in lower-case hex); null where none came. */
export function bundleOf(database: Database, issuer: string): BundleState | null {
  const found = database
    .prepare<[string], BundleState>('SELECT issuer, number, date, digest FROM trust_bundles WHERE issuer = ?')
    .get(issuer);
  return found ?? null;
}

/**
 * Takes back the newest import that holds, and writes down who did: everything is as it was before. Null where none can be
 * taken back: there is none, its state is kept no longer, or a voucher was withdrawn since, which no restoring undoes. Call
 * it inside a transaction.
 */
export function undoTrustChange(database: Database, act: TrustAct): TrustHistoryEntry | null {
  const last = trustHistory(database).find(isRestorable);
  const kept = database.prepare<[number], string | null>('SELECT before FROM trust_imports WHERE id = ?').pluck();
  const rows = last === undefined || last.kind === withdrawal ? null : kept.get(last.id);
  if (last === undefined || rows === null || rows === undefined) return null;
  const before = trustState(database);
  const { digest, date } = last;
  const id = writeEntry(database, { ...signed(act), kind: 'restore', digest, date, remarks: [], files: [] });
  bringBack(database, JSON.parse(rows) as readonly RowBefore[]);
  // What has become known since goes on counting: a link whose issuer was revoked is not believed again.
  settle(database);
  database.prepare('DELETE FROM document_signers WHERE added_by = ?').run(last.id);
  finish(database, id, { before, counted: {}, brought: 0 });
  database.prepare('UPDATE trust_imports SET undone_by = ?, before = NULL WHERE id = ?').run(id, last.id);
  return trustHistory(database).find((entry) => entry.id === id) ?? null;
}

/** Whether an entry of the history is a change that can be taken back, or one that nothing before it can be past. */
export function isRestorable({ kind, undoneBy }: Pick<TrustHistoryEntry, 'kind' | 'undoneBy'>): boolean {
  return kind !== 'restore' && kind !== secondReading && undoneBy === null;
}

const secondReading = 'second-reading';

/** Writes down what a second reading has otherwise; nothing where nothing is. Inside a transaction. */
export function noteReadings(database: Database, differing: readonly KeptReading[], at: string): void {
  if (differing.length === 0) return;
  const named = database.prepare<{ digest: string }, { readonly country: string; readonly subject: string }>(
    `SELECT country, subject FROM certificates WHERE fingerprint = @digest
     UNION ALL SELECT country, issuer FROM revocation_lists WHERE fingerprint = @digest
     UNION ALL SELECT '', coalesce(signer, '') FROM trust_sources WHERE digest = @digest`,
  );
  const remarks = differing.slice(0, mostRemarks).map(({ digest, kind }): ImportRemark => {
    const { country = '', subject = '' } = named.get({ digest }) ?? {};
    const code = kind === 'revocation-list' ? 'revocation.readings-differ' : 'certificate.readings-differ';
    return { country, subject, fingerprint: digest, code };
  });
  const digest = differing.length === 1 ? (differing[0]?.digest ?? '') : '';
  writeEntry(database, { at, kind: secondReading, digest, signer: null, date: null, remarks, files: [] });
}

/** Writes down that what others had touched was taken out. Inside a transaction. */
export function noteMending(database: Database, act: TrustAct): void {
  writeEntry(database, { ...signed(act), kind: 'mend', digest: '', date: null, remarks: [], files: [] });
}

const withdrawal = 'unpin';

function signed({ signs, at }: TrustAct): { readonly at: string; readonly signer: string } {
  return { at, signer: signs.join(', ') };
}

/**
 * Takes away what rests on the word of this voucher alone. Nothing brings it back but a new import. Call it inside a
 * transaction.
 */
export function withdrawVoucher(database: Database, vouchedBy: string, act: TrustAct): TrustHistoryEntry | null {
  return withdrawn(database, vouchedBy, act, () => removeVouched(database, vouchedBy));
}

/**
 * Takes away what this station's own people said of one certificate (`removeOwnWord`), and what only it proved. As `withdrawVoucher`.
 */
export function withdrawOwnWord(database: Database, fingerprint: string, act: TrustAct): TrustHistoryEntry | null {
  return withdrawn(database, fingerprint, act, () => removeOwnWord(database, fingerprint));
}

function withdrawn(database: Database, digest: string, act: TrustAct, remove: () => unknown): TrustHistoryEntry | null {
  const before = trustState(database);
  const entry = { ...signed(act), kind: withdrawal, digest, date: null, remarks: [], files: [] };
  const id = writeEntry(database, entry);
  remove();
  settle(database);
  finish(database, id, { before, counted: {}, brought: 0 });
  database.prepare('UPDATE trust_imports SET before = NULL WHERE id <= ?').run(id);
  return trustHistory(database).find((each) => each.id === id) ?? null;
}

/** Every change of the trust store, newest first. */
export function trustHistory(database: Database): readonly TrustHistoryEntry[] {
  type Told = 'counts' | 'remarks' | 'files' | 'changed';
  type Row = Omit<TrustHistoryEntry, Told> & Readonly<Record<Told, string>>;
  return database
    .prepare<[], Row>(
      `SELECT id, at, kind, digest, signer, date, counts, remarks, files, changed, undone_by AS undoneBy
       FROM trust_imports ORDER BY id DESC`,
    )
    .all()
    .map((row) => ({
      ...row,
      // An entry of an earlier app counted less.
      counts: { ...noCounts, ...JSON.parse(row.counts) },
      remarks: JSON.parse(row.remarks),
      files: JSON.parse(row.files),
      changed: JSON.parse(row.changed),
    }));
}
