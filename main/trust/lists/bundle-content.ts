import { canonicalBytes } from '../../result/canonical-json.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import { parsePlainDate } from '../../result/plain-date.ts';
import { openDefectList } from '../defects/defect-list.ts';
import { refuseAhead } from '../path/clock-check.ts';
import { acceptRevocationList } from '../revocation/revocation-import.ts';
import type {
  DocumentSignerRow,
  ImportContext,
  ImportRemark,
  StoredCertificate,
  StoredDefectList,
  StoredRevocationList,
  TrustLookup,
  TrustSource,
} from '../types.ts';
import { documentSignerRow } from '../x509/document-signer-row.ts';
import { fingerprintOf } from '../x509/fingerprint.ts';
import { refusedCertificate } from '../x509/refused-certificate.ts';
import { importCertificates } from './certificate-import.ts';
import { withBrought } from './directory-import.ts';
import type { BundlePart, OpenedBundle } from './station-bundle.ts';

/** What a station believes, as a bundle carries it. */
export interface BundleContent {
  readonly certificates: readonly StoredCertificate[];
  /** DER, in any order. */
  readonly documentSigners: readonly Uint8Array[];
  readonly revocationLists: readonly StoredRevocationList[];
  readonly defectLists: readonly StoredDefectList[];
  /** Policy files as they stand, by name. */
  readonly policies: ReadonlyMap<string, Uint8Array>;
}

export interface BundleImport extends Omit<BundleContent, 'documentSigners'> {
  readonly documentSigners: readonly DocumentSignerRow[];
  readonly remarks: readonly ImportRemark[];
}

/** The parts of a bundle in an order that depends on the content alone: the same belief makes the same bundle. */
export function bundleParts(content: BundleContent): readonly BundlePart[] {
  const handedOn = content.certificates.filter(({ sources }) => sources.some(({ kind }) => kind !== 'training'));
  const certificates = handedOn
    .toSorted((a, b) => (a.summary.fingerprint < b.summary.fingerprint ? -1 : 1))
    .map(({ der, verifiedBy, sources }) => ({
      verifiedBy,
      der: Buffer.from(der).toString('base64'),
      sources: sources
        .filter(({ kind }) => kind !== 'training')
        .map(({ kind, digest, date }) => ({ kind, digest, date })),
    }));
  const byName = (a: BundlePart, b: BundlePart): number => (a.name < b.name ? -1 : 1);
  const revocations = content.revocationLists.map(
    ({ fingerprint, der }): BundlePart => ({ kind: 'revocation-list', name: fingerprint, content: der }),
  );
  const defects = content.defectLists.map(
    ({ digest, kind, signer, date, der }): BundlePart => ({
      kind,
      name: digest,
      content: canonicalBytes({ signer, date, der: Buffer.from(der).toString('base64') }),
    }),
  );
  const signers = content.documentSigners.map((der) => Buffer.from(der).toString('base64'));
  const policies = [...content.policies].map(([name, file]): BundlePart => ({ kind: 'policy', name, content: file }));
  return [
    { kind: 'certificates', name: 'certificates', content: canonicalBytes(certificates) },
    ...(signers.length === 0 ? [] : [documentSignersPart(signers)]),
    ...revocations.sort(byName),
    ...defects.sort(byName),
    ...policies.sort(byName),
  ];
}

function documentSignersPart(signers: readonly string[]): BundlePart {
  return { kind: 'document-signers', name: 'document-signers', content: canonicalBytes(signers.toSorted()) };
}

/**
 * What an opened bundle brings. Its signer vouches for which lists there are; every certificate and every revocation list is
 * proved again all the same. Training's issuers are no part of what stations hand on. Fails with `bundle.malformed`, and with `trust.list-ahead` where it is
 * dated after the day.
 */
export async function importBundle(
  { parts, state }: OpenedBundle,
  context: ImportContext & { readonly trust: TrustLookup },
): Promise<BundleImport> {
  refuseAhead(state.date, context.at, { issuer: state.issuer });
  const ofKind = (kind: BundlePart['kind']): Uint8Array[] =>
    parts.filter((part) => part.kind === kind).map(({ content }) => content);
  const listed = ofKind('certificates').flatMap(certificatesOf);
  for (const { sources } of listed) for (const { date } of sources) refuseAhead(date, context.at);
  const remarks: ImportRemark[] = [];
  const certificates = await provedAgain(listed, context, remarks);
  const brought = new Map(certificates.map((certificate) => [certificate.summary.fingerprint, certificate]));
  const revocationLists: StoredRevocationList[] = [];
  const trust = withBrought(context.trust, brought, revocationLists);
  for (const der of ofKind('revocation-list')) {
    try {
      revocationLists.push(await acceptRevocationList(der, trust, context.at));
    } catch (thrown) {
      const { code, fields } = asFailure(thrown);
      const named = { country: String(fields.country ?? ''), subject: String(fields.issuer ?? '') };
      // What is older here than there is no loss.
      if (code !== 'revocation.older') remarks.push({ ...named, fingerprint: fingerprintOf(der), code });
    }
  }
  const defectLists = (['defect-list', 'deviation-list'] as const).flatMap((kind) =>
    ofKind(kind).map((content) => defectListOf(kind, content)),
  );
  for (const { date } of defectLists) refuseAhead(date, context.at);
  const documentSigners = ofKind('document-signers').flatMap((content) => documentSignersOf(content, remarks));
  const stated = parts.filter(({ kind }) => kind === 'policy');
  const policies = new Map(stated.map(({ name, content }) => [name, content]));
  if (policies.size !== stated.length) throw new Failure('bundle.malformed', { reason: 'two policies of one name' });
  return { certificates, documentSigners, revocationLists, defectLists, policies, remarks };
}

interface Listed {
  readonly der: Uint8Array;
  readonly verifiedBy: string | null;
  readonly sources: readonly TrustSource[];
}

// The verdict on a signature is not taken from the file; where a certificate came from is.
async function provedAgain(
  listed: readonly Listed[],
  context: ImportContext,
  remarks: ImportRemark[],
): Promise<readonly StoredCertificate[]> {
  const source = { kind: 'directory', digest: 'station-bundle', date: null } as const;
  const imported = await importCertificates(
    listed.map(({ der }) => der),
    source,
    context,
  );
  remarks.push(...imported.refused, ...imported.orphans);
  const told = new Map(listed.map((each) => [fingerprintOf(each.der), each]));
  const known = new Map(context.known.map((stored) => [stored.summary.fingerprint, stored.sources]));
  const keys = new Map(imported.certificates.map(({ summary }) => [summary.fingerprint, summary.publicKeyFingerprint]));
  const keyOf = (fingerprint: string | null): string | undefined => keys.get(fingerprint ?? '');
  return imported.certificates.map((certificate) => {
    const { fingerprint } = certificate.summary;
    const stated = told.get(fingerprint);
    // Several certificates may hold the key that signed: among them the one that the issuing station names.
    const named = keyOf(stated?.verifiedBy ?? null);
    // What only its issuer makes believed and the issuing station does not believe is judged anew here, or not believed.
    const isLoose = stated?.sources.every(({ kind }) => kind === 'directory') === true;
    const verifiedBy =
      isLoose && stated.verifiedBy === null
        ? null
        : named !== undefined && named === keyOf(certificate.verifiedBy)
          ? (stated?.verifiedBy ?? null)
          : certificate.verifiedBy;
    return { ...certificate, verifiedBy, sources: [...(known.get(fingerprint) ?? []), ...(stated?.sources ?? [])] };
  });
}

function parsed(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8').decode(content));
  } catch (thrown) {
    throw new Failure('bundle.malformed', { reason: 'json' }, thrown);
  }
}

function certificatesOf(content: Uint8Array): Listed[] {
  const list = parsed(content);
  if (!Array.isArray(list)) throw new Failure('bundle.malformed', { reason: 'certificates' });
  return list.map((entry: Partial<Record<'der' | 'verifiedBy' | 'sources', unknown>> | null) => {
    if (typeof entry?.der !== 'string' || !Array.isArray(entry.sources))
      throw new Failure('bundle.malformed', { reason: 'certificate' });
    return {
      verifiedBy: typeof entry.verifiedBy === 'string' ? entry.verifiedBy : null,
      der: new Uint8Array(Buffer.from(entry.der, 'base64')),
      sources: entry.sources.map(sourceOf),
    };
  });
}

// They are found by name and proved where they are used, as those that came in alone; what may sign others is none.
function documentSignersOf(content: Uint8Array, remarks: ImportRemark[]): DocumentSignerRow[] {
  const list = parsed(content);
  if (!Array.isArray(list) || !list.every((entry) => typeof entry === 'string'))
    throw new Failure('bundle.malformed', { reason: 'document signers' });
  return list.flatMap((entry) => {
    const der = new Uint8Array(Buffer.from(entry, 'base64'));
    try {
      const row = documentSignerRow(der);
      if (row === null) throw new Failure('certificate.usage-wrong');
      return [row];
    } catch (thrown) {
      remarks.push(refusedCertificate(der, thrown));
      return [];
    }
  });
}

function sourceOf(source: { readonly kind?: unknown; readonly digest?: unknown; readonly date?: unknown } | null) {
  const kind = (['master-list', 'pinned', 'directory'] as const).find((known) => known === source?.kind);
  const date = typeof source?.date === 'string' ? parsePlainDate(source.date) : null;
  if (kind === undefined || typeof source?.digest !== 'string' || (source.date !== null && date === null))
    throw new Failure('bundle.malformed', { reason: 'source' });
  return { kind, digest: source.digest, date };
}

function defectListOf(kind: StoredDefectList['kind'], content: Uint8Array): StoredDefectList {
  const { signer, date, der } = parsed(content) as Partial<Record<'signer' | 'date' | 'der', unknown>>;
  if (typeof signer !== 'string' || typeof der !== 'string') throw new Failure('bundle.malformed', { reason: 'list' });
  const bytes = new Uint8Array(Buffer.from(der, 'base64'));
  const day = typeof date === 'string' ? parsePlainDate(date) : null;
  const stored = { digest: fingerprintOf(bytes), kind, signer, date: day, der: bytes };
  openDefectList(stored);
  return stored;
}
