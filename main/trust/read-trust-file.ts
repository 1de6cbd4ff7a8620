import { decodeTlv, find, findAll } from '../document/tlv.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { tag } from './asn1-values.ts';
import { readDefectList } from './defect-list.ts';
import { withBrought } from './directory-import.ts';
import { documentSignerRow } from './document-signer-row.ts';
import { fingerprintOf } from './fingerprint.ts';
import { importLinks } from './link-import.ts';
import { derParts } from './pem.ts';
import { type KnownEdition, readPinnedMasterList, refuseOlderEdition } from './pinned-list.ts';
import { recogniseTrustFile, type TrustFileKind } from './recognise-file.ts';
import { acceptRevocationList } from './revocation-import.ts';
import type {
  DocumentSignerRow,
  ImportContext,
  ImportRemark,
  StoredCertificate,
  StoredDefectList,
  StoredRevocationList,
  TrustLookup,
} from './types.ts';

export interface TrustFileContext extends ImportContext {
  readonly trust: TrustLookup;
  /** Pinned list signers, DER or PEM. */
  readonly pinnedSigners: readonly Uint8Array[];
  /** Lists that came in before: `TrustRepository.history()` has this shape. */
  readonly editions: readonly KnownEdition[];
}

/** What a file brings, whatever it was. Nothing is stored yet. */
export interface TrustFileImport {
  readonly kind: Exclude<TrustFileKind, 'ldif' | 'station-bundle'>;
  /** SHA-256 over the file, lower-case hex. */
  readonly digest: string;
  /** Issuer of the list's signer, null where nobody signed the whole. */
  readonly signer: string | null;
  readonly date: PlainDate | null;
  readonly certificates: readonly StoredCertificate[];
  readonly revocationLists: readonly StoredRevocationList[];
  readonly defectLists: readonly StoredDefectList[];
  readonly documentSigners: readonly DocumentSignerRow[];
  readonly remarks: readonly ImportRemark[];
}

const maximumBundleNodes = 400_000;
const maximumParts = 2_000;

/**
 * Reads a file that the station holds whole and proves what is in it by what is believed and pinned already. Streams
 * (`importDirectory`) and station bundles (`openBundle`) have ways of their own: `trust.file-unknown` here. A file of one
 * thing fails with that thing's reason; one of many takes what it can and remarks the rest.
 */
export async function readTrustFile(bytes: Uint8Array, context: TrustFileContext): Promise<TrustFileImport> {
  const kind = recogniseTrustFile(bytes);
  const digest = fingerprintOf(bytes);
  const nothing = { certificates: [], revocationLists: [], defectLists: [], documentSigners: [], remarks: [] };
  const [der = bytes] = derParts(bytes);
  switch (kind) {
    case 'master-list': {
      const list = await readPinnedMasterList(der, context.pinnedSigners, context);
      refuseOlderEdition(list, context.editions);
      const { certificates, orphans, refused, listDate: date, signer } = list;
      return { ...nothing, kind, digest, signer: signer.issuer, date, certificates, remarks: [...orphans, ...refused] };
    }
    case 'defect-list':
    case 'deviation-list': {
      const { stored, signer } = readPinnedDefectList(der, context);
      return { ...nothing, kind, digest, signer: signer.issuer, date: stored.date, defectLists: [stored] };
    }
    case 'revocation-list': {
      const list = await acceptRevocationList(der, context.trust);
      return { ...nothing, kind, digest, signer: null, date: list.thisUpdate, revocationLists: [list] };
    }
    case 'certificate':
      return single(await readParts([der], digest, context), digest);
    case 'certificate-bundle':
      return {
        ...(await readParts(partsOf(bytes), digest, context)),
        kind,
        digest,
        signer: null,
        date: null,
        defectLists: [],
      };
    default:
      throw new Failure('trust.file-unknown', { kind });
  }
}

function readPinnedDefectList(bytes: Uint8Array, { pinnedSigners, at }: TrustFileContext) {
  let refusal = new Failure('trust.signer-not-pinned');
  for (const pinnedSigner of pinnedSigners) {
    try {
      return readDefectList(bytes, { pinnedSigner, at });
    } catch (thrown) {
      refusal = asFailure(thrown);
      if (refusal.code !== 'trust.signer-not-pinned') throw thrown;
    }
  }
  throw refusal;
}

function single(parts: Parts, digest: string): TrustFileImport {
  const [remark] = parts.remarks;
  if (remark !== undefined) throw new Failure(remark.code, { country: remark.country, subject: remark.subject });
  return { ...parts, kind: 'certificate', digest, signer: null, date: null, defectLists: [] };
}

// PEM armour of several certificates, or SignedData that signs nothing (PKCS#7, RFC 2315 §9.1): certificates [0], lists [1].
function partsOf(bytes: Uint8Array): readonly Uint8Array[] {
  const armoured = derParts(bytes);
  const [first = bytes] = armoured;
  const parts = armoured.length > 1 ? armoured : enclosed(first);
  if (parts.length > maximumParts) throw new Failure('trust.list-too-large', { certificates: parts.length });
  return parts;
}

function enclosed(bytes: Uint8Array): readonly Uint8Array[] {
  try {
    const signedData = find(decodeTlv(bytes, { maximumNodes: maximumBundleNodes }), 0xa0, tag.sequence);
    if (signedData === null) return [];
    return [0xa0, 0xa1].flatMap((number) =>
      findAll(signedData, number).flatMap(({ children }) =>
        children.filter((child) => child.tag === tag.sequence).map(({ raw }) => raw),
      ),
    );
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    throw new Failure('trust.list-malformed', { reason: String(fields.reason ?? code) }, thrown);
  }
}

type Parts = Pick<TrustFileImport, 'certificates' | 'revocationLists' | 'documentSigners' | 'remarks'>;

async function readParts(parts: readonly Uint8Array[], digest: string, context: TrustFileContext): Promise<Parts> {
  const authorities: Uint8Array[] = [];
  const lists: Uint8Array[] = [];
  const documentSigners: DocumentSignerRow[] = [];
  const remarks: ImportRemark[] = [];
  const refuse = (der: Uint8Array, thrown: unknown): void => {
    const { code, fields } = asFailure(thrown);
    if (code === 'internal.unexpected') throw thrown;
    const named = { country: String(fields.country ?? ''), subject: String(fields.issuer ?? '') };
    remarks.push({ ...named, fingerprint: fingerprintOf(der), code });
  };
  for (const der of parts) {
    try {
      if (recogniseTrustFile(der) === 'revocation-list') lists.push(der);
      else {
        const row = documentSignerRow(der);
        if (row === null) authorities.push(der);
        else documentSigners.push(row);
      }
    } catch (thrown) {
      refuse(der, thrown);
    }
  }
  const links = await importLinks(authorities, { kind: 'directory', digest, date: null }, context);
  const brought = new Map(links.certificates.map((each) => [each.summary.fingerprint, each]));
  const trust = withBrought(context.trust, brought);
  const revocationLists: StoredRevocationList[] = [];
  for (const der of lists) {
    try {
      revocationLists.push(await acceptRevocationList(der, trust));
    } catch (thrown) {
      refuse(der, thrown);
    }
  }
  return {
    certificates: links.certificates,
    revocationLists,
    documentSigners,
    remarks: [...remarks, ...links.refused],
  };
}
