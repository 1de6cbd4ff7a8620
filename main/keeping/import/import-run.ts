import type { PlainDate } from '../../result/plain-date.ts';
import type { DocumentSignerStage } from '../../store/document-signer-stage.ts';
import type { TrustChange, Vouched } from '../../store/trust-changes.ts';
import type { BroughtList } from '../../store/trust-removal.ts';
import type { Store } from '../../store/types.ts';
import type { BundleImport } from '../../trust/lists/bundle-content.ts';
import { withBrought } from '../../trust/lists/directory-import.ts';
import type { ArrivedPolicy } from '../../trust/lists/held-policy.ts';
import { judgeOrphans } from '../../trust/lists/orphans.ts';
import type { KnownEdition } from '../../trust/lists/pinned-list.ts';
import type { TrustFileKind } from '../../trust/lists/recognise-file.ts';
import type { BundleState } from '../../trust/lists/station-bundle.ts';
import { revokedBy } from '../../trust/path/link-belief.ts';
import type {
  ImportContext,
  IsRevoked,
  MasterListImport,
  StoredCertificate,
  StoredDefectList,
  StoredRevocationList,
  TrustLookup,
} from '../../trust/types.ts';
import { fingerprintOf } from '../../trust/x509/fingerprint.ts';
import { derOf } from '../../trust/x509/pem.ts';
import type { OwnPolicies } from '../policies/stated-policy.ts';
import { arrivedPolicies } from './arrived-policies.ts';
import type { FileImport, ImportSurroundings } from './file-import.ts';
import type { Voucher } from './voucher.ts';

/** What the files of one call have brought so far. Nothing of it is in the store before the change is applied. */
export class TrustImportRun {
  readonly store: Store;
  readonly at: PlainDate;
  readonly revocationLists: StoredRevocationList[] = [];
  readonly defectLists: StoredDefectList[] = [];
  readonly masterLists: BroughtList[] = [];
  readonly vouched: Vouched[] = [];
  readonly onProgress: ImportSurroundings['onProgress'];
  readonly onMasterList: ImportSurroundings['onMasterList'];
  /** Where document signers wait. */
  readonly stage: DocumentSignerStage;
  staged = false;
  readonly bundles: BundleState[] = [];
  readonly #policies: ArrivedPolicy[] = [];
  readonly #ownPolicies: OwnPolicies;
  readonly #refusedPublicKeys: ReadonlySet<string>;
  readonly #refusePolicies: () => void;
  readonly asAct: NonNullable<ImportSurroundings['asAct']>;
  readonly #now: string;
  readonly #pinned: boolean;
  readonly #known: Map<string, StoredCertificate>;
  readonly #brought = new Map<string, StoredCertificate>();
  readonly #proved = new Set<string>();

  constructor(around: ImportSurroundings, pinned: boolean) {
    const { store, clock, ownPolicies, refusedPublicKeys, onProgress, onMasterList, refusePolicies, asAct } = around;
    this.store = store;
    this.at = clock.today();
    this.#ownPolicies = ownPolicies;
    this.#refusedPublicKeys = refusedPublicKeys;
    this.#refusePolicies = refusePolicies ?? (() => undefined);
    this.asAct = asAct ?? ((write) => write());
    this.#now = clock.now();
    this.onProgress = onProgress;
    this.onMasterList = onMasterList;
    this.#pinned = pinned;
    this.stage = store.trust.openStage();
    this.#known = new Map(store.trust.list().map((stored) => [stored.summary.fingerprint, stored]));
  }

  /** Lists that came in before, and those of this call. */
  editions(): readonly KnownEdition[] {
    const { trust } = this.store;
    // The history names one list of a change; those that came beside it or inside an export stand with their sources.
    return [...trust.history().filter(({ undoneBy }) => undoneBy === null), ...trust.editions(), ...this.masterLists];
  }

  /** What reading a file needs. With `progress` false its own count is not told. */
  context(progress = true): ImportContext {
    return {
      at: this.at,
      known: [...this.#known.values()],
      refusedPublicKeys: this.#refusedPublicKeys,
      isRevoked: this.#isRevoked(),
      ...(progress ? { onProgress: this.onProgress } : {}),
    };
  }

  /** What the station believes together with what this call brought. */
  lookup(): TrustLookup {
    return withBrought(this.store.trust, this.#brought, this.revocationLists);
  }

  // By a revocation list of the station or of this call.
  #isRevoked(): IsRevoked {
    const lists = [...this.store.trust.allRevocationLists(), ...this.revocationLists];
    let isRevoked: IsRevoked | null = null;
    return (certificate) => {
      isRevoked ??= revokedBy(lists);
      return isRevoked(certificate);
    };
  }

  /** Judges the orphans of the store and of this call again, so that the order in which files come makes no difference. */
  judgeOrphans(): void {
    const verified = judgeOrphans([...this.#known.values()], [...this.#brought.values()], this.#isRevoked());
    for (const { summary } of verified) this.#proved.add(summary.fingerprint);
    this.take(verified);
  }

  /** When all files are read: what they told, corrected by what the files after them proved. */
  settleOrphans(imports: readonly FileImport[]): readonly FileImport[] {
    this.judgeOrphans();
    return imports.map((imported) => {
      const orphans = imported.orphans.filter(({ fingerprint }) => !this.#proved.has(fingerprint));
      return { ...imported, orphans, verified: imported.verified + imported.orphans.length - orphans.length };
    });
  }

  knownFingerprints(): ReadonlySet<string> {
    return new Set(this.#known.keys());
  }

  take(certificates: readonly StoredCertificate[]): void {
    for (const certificate of certificates) {
      this.#known.set(certificate.summary.fingerprint, certificate);
      this.#brought.set(certificate.summary.fingerprint, certificate);
    }
  }

  /** Takes the certificates of a master list; the pinned certificate behind it vouches for them. */
  takeList(certificates: readonly StoredCertificate[], list: Pick<MasterListImport, 'digest' | 'signer' | 'listDate'>) {
    const { digest, signer, listDate } = list;
    this.take(certificates);
    this.masterLists.push({ digest, signer: signer.issuer, date: listDate });
    for (const { summary, sources } of certificates)
      if (sources.some((source) => source.kind === 'master-list' && source.digest === digest))
        this.vouched.push({ what: summary.fingerprint, source: digest, by: signer.pinned });
  }

  /** Takes what a bundle brings. Its issuer vouches for what is new; what stood before goes on standing on its own. */
  takeBundle({ certificates, revocationLists, defectLists }: BundleImport, issuer: string): void {
    for (const { summary, sources } of certificates) {
      const before = this.#known.get(summary.fingerprint)?.sources.map(({ digest }) => digest) ?? [];
      for (const { digest } of sources)
        if (!before.includes(digest)) this.vouched.push({ what: summary.fingerprint, source: digest, by: issuer });
    }
    for (const { digest } of defectLists) this.vouched.push({ what: digest, source: null, by: issuer });
    this.take(certificates);
    this.revocationLists.push(...revocationLists);
    this.defectLists.push(...defectLists);
  }

  /** Takes the policies of a bundle. Fails with `bundle.policy-malformed`, `policy.older`, `policy.version-reused`, and as `refusePolicies` does. */
  takePolicies(files: ReadonlyMap<string, Uint8Array>, bundle: BundleState): readonly ArrivedPolicy[] {
    const arrived = arrivedPolicies(files, {
      own: this.#ownPolicies,
      held: this.store.trust.policies(),
      bundle,
      at: this.#now,
    });
    const held = (id: string): string | undefined => this.store.trust.policies().find((each) => each.id === id)?.digest;
    if (arrived.some(({ id, digest, isOwn }) => (held(id) ?? (isOwn ? digest : null)) !== digest))
      this.#refusePolicies();
    this.#policies.push(...arrived);
    return arrived;
  }

  /** The DER of a file that may be armoured. */
  der(bytes: Uint8Array): Uint8Array {
    return derOf(bytes);
  }

  /** What a file brought, with nothing where nothing is said. */
  imported(kind: TrustFileKind, digest: string, found: Partial<FileImport>): FileImport {
    return {
      kind,
      digest,
      read: found.read ?? 0,
      new: found.new ?? 0,
      known: found.known ?? 0,
      verified: found.verified ?? 0,
      orphans: found.orphans ?? [],
      refused: found.refused ?? [],
      remarked: found.remarked ?? [],
      signer: found.signer ?? null,
      listDate: found.listDate ?? null,
      documentSigners: found.documentSigners ?? 0,
      revocationLists: (found.revocationLists ?? []).map(({ country, issuer, thisUpdate, nextUpdate, entries }) => ({
        country,
        issuer,
        thisUpdate,
        nextUpdate,
        entries,
      })),
      defectLists: (found.defectLists ?? []).map(({ kind, signer, date }) => ({ kind, signer, date })),
      masterLists: (found.masterLists ?? []).map(({ signer, listDate }) => ({ signer, listDate })),
      bundle: found.bundle ?? null,
      policies: (found.policies ?? []).map(({ id, version, isOwn }) => ({ id, version, isOwn })),
    };
  }

  /** Everything as one change. Several files stand in the history under the newest list among them. */
  change(imports: readonly FileImport[], voucher: Voucher): TrustChange {
    const [single] = imports.length === 1 ? imports : [];
    const newest = imports
      .filter(({ kind }) => kind === 'master-list')
      .reduce<FileImport | null>((a, b) => (a !== null && (a.listDate ?? '') >= (b.listDate ?? '') ? a : b), null);
    const told = single ?? newest;
    return {
      at: this.#now,
      kind: single === undefined ? 'files' : this.#pinned ? 'pin' : kindInHistory(single.kind),
      digest: single?.digest ?? fingerprintOf(new TextEncoder().encode(imports.map(({ digest }) => digest).join(' '))),
      signer:
        told?.signer?.issuer ?? told?.bundle?.issuer ?? (voucher.names.length > 0 ? voucher.names.join(', ') : null),
      date: told?.listDate ?? null,
      certificates: [...this.#brought.values()],
      revocationLists: this.revocationLists,
      defectLists: this.defectLists,
      staged: this.staged ? this.stage : null,
      remarks: imports.flatMap(({ refused, orphans, remarked }) => [...refused, ...orphans, ...remarked]),
      bundles: this.bundles,
      policies: this.#policies,
      files: imports.map(({ kind, digest }) => ({ kind, digest })),
      masterLists: this.masterLists,
      vouched: this.vouched,
    };
  }
}

function kindInHistory(kind: TrustFileKind): string {
  return kind === 'station-bundle' ? 'bundle' : kind;
}
