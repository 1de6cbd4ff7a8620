import { asFailure, Failure } from '../../result/failure.ts';
import { readDefectList } from '../../trust/defects/defect-list.ts';
import { importBundle } from '../../trust/lists/bundle-content.ts';
import { importDirectory } from '../../trust/lists/directory-import.ts';
import { readPinnedMasterList, refuseOlderEdition } from '../../trust/lists/pinned-list.ts';
import { isEmptySign, standsPinned } from '../../trust/lists/pins.ts';
import type { TrustFileKind } from '../../trust/lists/recognise-file.ts';
import { openBundle, statedNumber } from '../../trust/lists/station-bundle.ts';
import { acceptRevocationList } from '../../trust/revocation/revocation-import.ts';
import type { ImportRemark } from '../../trust/types.ts';
import { fingerprintOf } from '../../trust/x509/fingerprint.ts';
import type { FileImport, ImportSurroundings, TrustFile } from './file-import.ts';
import { importBareCertificates } from './import-certificates.ts';
import { TrustImportRun } from './import-run.ts';
import { firstVouchedFor, keysOf, pinSigner, signersOf, type Voucher } from './voucher.ts';

/** Files are taken in this order, so that what proves others comes first. */
const order: readonly TrustFileKind[] = [
  'station-bundle',
  'master-list',
  'certificate-bundle',
  'certificate',
  'ldif',
  'revocation-list',
  'defect-list',
  'deviation-list',
];

// Of several bundles the newest comes first, beside which the others of its issuer are older.
function inOrder(files: readonly TrustFile[]): readonly TrustFile[] {
  const bundles = files.filter(({ kind }) => kind === 'station-bundle');
  const numbers = new Map(bundles.length < 2 ? [] : bundles.map((file) => [file, statedNumber(file.whole())]));
  const before = (a: TrustFile, b: TrustFile): number => (numbers.get(b) ?? 0) - (numbers.get(a) ?? 0);
  return files.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || before(a, b));
}

/**
 * Takes files into the trust store: all of them or nothing, as one change of its history. Answers in the order of `files`.
 * Fails as the reading of each kind does.
 */
export async function importTrust(
  files: readonly TrustFile[],
  voucher: Voucher,
  around: ImportSurroundings,
): Promise<readonly FileImport[]> {
  if (voucher.pin && files.some(({ kind }) => !kind.startsWith('certificate')))
    throw new Failure('trust.pin-not-certificate', { reason: 'a list is vouched for by its signer' });
  // An anchor that nobody answers for by name is no anchor.
  if (voucher.pin && voucher.names.every(isEmptySign)) throw new Failure('operator.name-missing');
  return inOneRun(around, voucher, async (run) => {
    const imports = new Map<TrustFile, FileImport>();
    for (const file of inOrder(files)) imports.set(file, await importFile(file, voucher, run));
    const done = run.settleOrphans(files.flatMap((file) => imports.get(file) ?? []));
    take(run, done, voucher);
    return done;
  });
}

/**
 * The one change: who vouches and what they vouch for, the pins, the certificates, the history; all of it or nothing. Before
 * the second administrator only the proposal is written down, and that is the change.
 */
function take(run: TrustImportRun, done: readonly FileImport[], voucher: Voucher): void {
  const { trust } = run.store;
  const change = run.change(done, voucher);
  const waiting = run.asAct(() =>
    trust.atOnce(() => {
      const pin = pinSigner(trust.pins, voucher, change.at);
      if (pin !== null && voucher.names.length === 1 && !standsPinned(pin)) return true;
      trust.apply(change);
      return false;
    }),
  );
  const [proposedBy = ''] = voucher.names;
  if (waiting) throw new Failure('trust.signer-proposed', { proposedBy });
}

/**
 * As `importTrust`, but every file is looked at and tells how it fared. Nothing is taken where one is refused for a reason that
 * is not harmless, or where the caller knows of one (`stop`). Answers nothing for a file that was taken elsewhere.
 */
export async function tryTrust(
  files: readonly TrustFile[],
  voucher: Voucher,
  around: ImportSurroundings,
  judge: { readonly isHarmless: (failure: Failure) => boolean; readonly stop: boolean },
): Promise<ReadonlyMap<TrustFile, FileImport | Failure>> {
  return inOneRun(around, voucher, async (run) => {
    const { trust } = run.store;
    const results = new Map<TrustFile, FileImport | Failure>();
    for (const file of inOrder(files)) results.set(file, await importFile(file, voucher, run).catch(refusalOf));
    const refusals = [...results.values()].filter((result) => result instanceof Failure);
    const done = [...results.values()].flatMap((result) => (result instanceof Failure ? [] : [result]));
    const isTaken = !judge.stop && refusals.every(judge.isHarmless) && done.length > 0;
    if (isTaken) trust.apply(run.change(run.settleOrphans(done), voucher));
    return results;
  });
}

async function inOneRun<Done>(
  around: ImportSurroundings,
  { pin }: Voucher,
  work: (run: TrustImportRun) => Promise<Done>,
): Promise<Done> {
  const run = new TrustImportRun(around, pin);
  try {
    return await work(run);
  } finally {
    run.stage.drop();
  }
}

// What the machine lacks, or a person's wish to end it, is no fault of the file.
function refusalOf(thrown: unknown): Failure {
  const failure = asFailure(thrown);
  const { code } = failure;
  if (code === 'internal.unexpected' || code === 'update.cancelled' || code.startsWith('storage.')) throw thrown;
  return failure;
}

function importFile(file: TrustFile, voucher: Voucher, run: TrustImportRun): Promise<FileImport> {
  switch (file.kind) {
    case 'master-list':
      return masterList(file, voucher, run);
    case 'certificate':
    case 'certificate-bundle':
      return importBareCertificates(file.kind, file.whole(), voucher.pin, run);
    case 'revocation-list':
      return revocationList(file, run);
    case 'defect-list':
    case 'deviation-list':
      return defectList(file, voucher, run);
    case 'ldif':
      return directory(file, voucher, run);
    case 'station-bundle':
      return bundle(file, voucher, run);
  }
}

async function masterList(file: TrustFile, voucher: Voucher, run: TrustImportRun): Promise<FileImport> {
  const bytes = run.der(file.whole());
  const { certificates, ...told } = await readPinnedMasterList(bytes, signersOf(voucher, run.store), run.context());
  refuseOlderEdition(told, run.editions());
  run.takeList(certificates, told);
  run.onMasterList?.(bytes);
  return run.imported(file.kind, told.digest, told);
}

async function revocationList(file: TrustFile, run: TrustImportRun): Promise<FileImport> {
  const bytes = run.der(file.whole());
  // A link among the other files may have signed it.
  run.judgeOrphans();
  const list = await acceptRevocationList(bytes, run.lookup(), run.at);
  run.revocationLists.push(list);
  return run.imported(file.kind, list.fingerprint, { revocationLists: [list] });
}

async function defectList(file: TrustFile, voucher: Voucher, run: TrustImportRun): Promise<FileImport> {
  const bytes = run.der(file.whole());
  const { stored, signer } = firstVouchedFor(signersOf(voucher, run.store), (pinnedSigner) =>
    readDefectList(bytes, { pinnedSigner, at: run.at }),
  );
  run.defectLists.push(stored);
  run.vouched.push({ what: stored.digest, source: null, by: signer.pinned });
  return run.imported(file.kind, stored.digest, { signer, listDate: stored.date, defectLists: [stored] });
}

async function directory(file: TrustFile, voucher: Voucher, run: TrustImportRun): Promise<FileImport> {
  const found = await importDirectory(file.chunks(), {
    ...run.context(false),
    trust: run.lookup(),
    pinnedSigners: signersOf(voucher, run.store),
    editions: run.editions(),
    stage: (signers) => run.stage.add(signers),
    onEntry: (entries) => run.onProgress(entries, 0),
  });
  run.staged ||= found.documentSigners > 0;
  const before = run.knownFingerprints();
  run.take(found.certificates);
  for (const list of found.masterLists) run.takeList(found.certificates, list);
  run.revocationLists.push(...found.revocationLists);
  const isOrphan = ({ code }: ImportRemark): boolean => code === 'certificate.issuer-unknown';
  const isTaken = ({ code }: ImportRemark): boolean => code === 'certificate.part-unreadable';
  return run.imported(file.kind, found.digest, {
    read: found.entries,
    new: found.certificates.filter(({ summary }) => !before.has(summary.fingerprint)).length,
    known: found.certificates.filter(({ summary }) => before.has(summary.fingerprint)).length,
    verified: found.certificates.filter(({ verifiedBy }) => verifiedBy !== null).length,
    orphans: found.remarks.filter(isOrphan),
    refused: found.remarks.filter((remark) => !isOrphan(remark) && !isTaken(remark)),
    remarked: found.remarks.filter(isTaken),
    documentSigners: found.documentSigners,
    revocationLists: found.revocationLists,
    masterLists: found.masterLists,
  });
}

async function bundle(file: TrustFile, voucher: Voucher, run: TrustImportRun): Promise<FileImport> {
  const bytes = file.whole();
  const opened = openBundle(bytes, {
    pinnedKeys: keysOf(voucher, run.store),
    presentOf: (issuer) => run.bundles.find((taken) => taken.issuer === issuer) ?? run.store.trust.bundleOf(issuer),
  });
  const found = await importBundle(opened, { ...run.context(), trust: run.lookup() });
  const policies = run.takePolicies(found.policies, opened.state);
  const before = run.knownFingerprints();
  if (found.documentSigners.length > 0) {
    run.stage.add(found.documentSigners);
    run.staged = true;
  }
  run.takeBundle(found, opened.state.issuer);
  run.bundles.push(opened.state);
  const isOrphan = ({ code }: ImportRemark): boolean => code === 'certificate.issuer-unknown';
  const { issuer, number, date } = opened.state;
  return run.imported(file.kind, fingerprintOf(bytes), {
    read: found.certificates.length + found.remarks.filter((remark) => !isOrphan(remark)).length,
    new: found.certificates.filter(({ summary }) => !before.has(summary.fingerprint)).length,
    known: found.certificates.filter(({ summary }) => before.has(summary.fingerprint)).length,
    verified: found.certificates.filter(({ verifiedBy }) => verifiedBy !== null).length,
    orphans: found.remarks.filter(isOrphan),
    refused: found.remarks.filter((remark) => !isOrphan(remark)),
    listDate: date,
    documentSigners: found.documentSigners.length,
    revocationLists: found.revocationLists,
    defectLists: found.defectLists,
    bundle: { issuer, number },
    policies,
  });
}
