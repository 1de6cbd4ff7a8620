import { contentHash } from '../../crypto/mark.ts';
import { readTlvHeader } from '../../document/tlv.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import { TrustStore } from '../path/trust-store.ts';
import { acceptRevocationList } from '../revocation/revocation-import.ts';
import type {
  DocumentSignerRow,
  ImportContext,
  ImportRemark,
  MasterListImport,
  StoredCertificate,
  StoredRevocationList,
  TrustLookup,
} from '../types.ts';
import { documentSignerRow } from '../x509/document-signer-row.ts';
import { fingerprintOf } from '../x509/fingerprint.ts';
import { type LdifBounds, type LdifEntry, ldifEntries } from './ldif.ts';
import { importLinks } from './link-import.ts';
import { type KnownEdition, readPinnedMasterList, refuseOlderEdition } from './pinned-list.ts';
import { recogniseTrustFile } from './recognise-file.ts';

export interface DirectoryContext extends ImportContext {
  /** What the station believes now. */
  readonly trust: TrustLookup;
  /** Pinned signers of master lists, DER or PEM. */
  readonly pinnedSigners: readonly Uint8Array[];
  /** Lists that came in before: nobody signs an export, and an old edition inside must bring nothing back. */
  readonly editions?: readonly KnownEdition[];
  /** Takes document signers as they come, so that they need not be held; nobody may use them before the import ends. */
  readonly stage: (signers: readonly DocumentSignerRow[]) => void | Promise<void>;
  readonly onEntry?: (entries: number, bytes: number) => void | Promise<void>;
  readonly bounds?: LdifBounds;
}

/** What a directory export held. Nothing but document signers has left it before it ended. */
export interface DirectoryImport {
  readonly entries: number;
  readonly documentSigners: number;
  readonly certificates: readonly StoredCertificate[];
  readonly revocationLists: readonly StoredRevocationList[];
  readonly masterLists: readonly Omit<MasterListImport, 'certificates'>[];
  /** Orphans and refusals with their reasons, the first of them; `remarkCount` are all. */
  readonly remarks: readonly ImportRemark[];
  readonly remarkCount: number;
  /** SHA-256 over the file, lower-case hex. */
  readonly digest: string;
}

const batch = 500;
const mostRemarks = 2_000;
// What must be held until the end: lists and country signing certificates. Real exports have some hundreds of each.
const mostHeld = 5_000;
const mostHeldBytes = 96 * 1024 * 1024;

interface Held {
  readonly masterLists: Uint8Array[];
  readonly authorities: Uint8Array[];
  readonly revocationLists: Uint8Array[];
  count: number;
  bytes: number;
}

/**
 * Reads a directory export (LDIF: the ICAO PKD's) as a stream. An LDIF is signed by nobody, so every value proves itself:
 * master lists by a pinned signer, revocation lists and link certificates by a believed key. Document signers are taken
 * unproved, for they are only found by it and proved where they are used. What a value is, its contents decide, not the
 * name of its attribute. Fails with `trust.file-cut`, `trust.list-too-large`; everything else is remarked by entry.
 */
export async function importDirectory(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  context: DirectoryContext,
): Promise<DirectoryImport> {
  const hash = contentHash();
  const held: Held = { masterLists: [], authorities: [], revocationLists: [], count: 0, bytes: 0 };
  const remarks = new Remarks();
  let [bytes, entries, documentSigners] = [0, 0, 0];
  let waiting: DocumentSignerRow[] = [];
  let cut = false;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  }
  const flush = async (): Promise<void> => {
    await context.stage(waiting);
    documentSigners += waiting.length;
    waiting = [];
  };
  for await (const entry of ldifEntries(counted(), context.bounds)) {
    entries++;
    cut = entry.values.some(({ value }) => endsEarly(value));
    if (entry.fault !== null) remarks.add(entry, fingerprintOf(new Uint8Array()), entry.fault);
    for (const { value } of entry.values) sort(value, entry, held, waiting, remarks);
    if (waiting.length >= batch) await flush();
    await context.onEntry?.(entries, bytes);
  }
  // RFC 2849 has no end mark: a file that was cut at a line end shows it in its last value alone.
  if (cut) throw new Failure('trust.file-cut', { entries });
  await flush();
  const proved = await prove(held, context, hash.hex(), remarks);
  return { entries, documentSigners, ...proved, remarks: remarks.first, remarkCount: remarks.count };
}

function endsEarly(value: Uint8Array): boolean {
  try {
    const header = value[0] === 0x30 ? readTlvHeader(value) : null;
    return header !== null && header.length !== null && header.headerLength + header.length > value.length;
  } catch {
    return false;
  }
}

class Remarks {
  readonly first: ImportRemark[] = [];
  count = 0;

  push(remark: ImportRemark): void {
    this.count++;
    if (this.first.length < mostRemarks) this.first.push(remark);
  }

  add({ dn, line }: LdifEntry, fingerprint: string, code: FailureCode): void {
    const country = /(?:^|,)c=([a-z]{2,3})(?:,|$)/i.exec(dn)?.[1]?.toUpperCase() ?? '';
    this.push({ country, subject: dn === '' ? `line ${line}` : dn, fingerprint, code });
  }
}

function sort(value: Uint8Array, entry: LdifEntry, held: Held, signers: DocumentSignerRow[], remarks: Remarks): void {
  if (value[0] !== 0x30) return;
  try {
    const kind = recogniseTrustFile(value);
    if (kind === 'certificate') sortCertificate(value, held, signers);
    else if (kind === 'revocation-list') hold(held, held.revocationLists, value);
    else if (kind === 'master-list') hold(held, held.masterLists, value);
    else remarks.add(entry, fingerprintOf(value), 'trust.file-unknown');
  } catch (thrown) {
    const { code } = asFailure(thrown);
    if (code === 'trust.list-too-large') throw thrown;
    remarks.add(entry, fingerprintOf(value), code);
  }
}

function sortCertificate(value: Uint8Array, held: Held, signers: DocumentSignerRow[]): void {
  const row = documentSignerRow(value);
  if (row === null) hold(held, held.authorities, value);
  else signers.push(row);
}

function hold(held: Held, list: Uint8Array[], value: Uint8Array): void {
  held.count++;
  held.bytes += value.length;
  if (held.count > mostHeld || held.bytes > mostHeldBytes)
    throw new Failure('trust.list-too-large', { values: held.count, bytes: held.bytes });
  list.push(value);
}

// Lists bring in the keys that links are proved by, and both bring in those that revocation lists are proved by.
async function prove(held: Held, context: DirectoryContext, digest: string, remarks: Remarks) {
  const brought = new Map<string, StoredCertificate>();
  const masterLists: Omit<MasterListImport, 'certificates'>[] = [];
  const known = new Map(context.known.map((stored) => [stored.summary.fingerprint, stored]));
  const take = (certificates: readonly StoredCertificate[]): void => {
    for (const certificate of certificates) {
      known.set(certificate.summary.fingerprint, certificate);
      brought.set(certificate.summary.fingerprint, certificate);
    }
  };
  const attempt = async (value: Uint8Array, act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (thrown) {
      const { code, fields } = asFailure(thrown);
      if (code === 'internal.unexpected') throw thrown;
      const subject = String(fields.issuer ?? fields.subject ?? '');
      remarks.push({ country: String(fields.country ?? ''), subject, fingerprint: fingerprintOf(value), code });
    }
  };
  for (const value of held.masterLists)
    await attempt(value, async () => {
      const list = await readPinnedMasterList(value, context.pinnedSigners, { ...context, known: [...known.values()] });
      const taken = masterLists.map(({ signer, listDate }) => ({ signer: signer.issuer, date: listDate }));
      refuseOlderEdition(list, [...(context.editions ?? []), ...taken]);
      const { certificates, ...told } = list;
      take(certificates);
      masterLists.push(told);
      for (const remark of [...told.orphans, ...told.refused]) remarks.push(remark);
    });
  const source = { kind: 'directory', digest, date: null } as const;
  const { refusedPublicKeys, isRevoked } = context;
  const links = importLinks(held.authorities, source, { refusedPublicKeys, isRevoked, known: [...known.values()] });
  take(links.certificates);
  for (const remark of [...links.refused, ...links.orphans, ...links.remarked]) remarks.push(remark);
  const revocationLists: StoredRevocationList[] = [];
  const provedBy = withBrought(context.trust, brought, revocationLists);
  for (const value of held.revocationLists)
    await attempt(value, async () => {
      revocationLists.push(await acceptRevocationList(value, provedBy, context.at));
    });
  return { certificates: [...brought.values()], revocationLists, masterLists, digest };
}

/**
 * What the station believes together with what an import is about to bring. `lists` are looked at when they are asked for:
 * of two editions in one import the second sees the first.
 */
export function withBrought(
  trust: TrustLookup,
  brought: ReadonlyMap<string, StoredCertificate>,
  lists: readonly StoredRevocationList[],
): TrustLookup {
  const added = new TrustStore(brought.values());
  return {
    candidates: async (query) => {
      const held = await trust.candidates(query);
      const news = await added.candidates(query);
      return [...held.filter(({ summary }) => !brought.has(summary.fingerprint)), ...news];
    },
    size: async () => (await trust.size()) + (await added.size()),
    revocationLists: async (country) => {
      const held = (await trust.revocationLists?.(country)) ?? [];
      const known = new Set(held.map(({ fingerprint }) => fingerprint));
      return [...lists.filter((list) => list.country === country && !known.has(list.fingerprint)), ...held];
    },
  };
}
