import { Failure } from '../result/failure.ts';
import type { Store } from '../store/types.ts';
import { parseCertificate } from '../trust/certificate.ts';
import { parseSignedData } from '../trust/cms.ts';
import { readMasterList } from '../trust/master-list.ts';
import { derOf } from '../trust/pem.ts';
import { pinCertificate } from '../trust/pin-certificate.ts';
import type { ImportContext, StoredCertificate, TrustImport } from '../trust/types.ts';
import type { StationClock } from './clock.ts';
import { refusedPublicKeys } from './folder.ts';

/** Who vouches for what is imported: a list's pinned signer, or the administrator for a single certificate. */
export type Voucher = { readonly kind: 'signer'; readonly certificate: Uint8Array } | { readonly kind: 'pin' } | null;

/** An import with its share of what the store did not know before. */
export type FileImport = Omit<TrustImport, 'certificates'>;

/**
 * Takes master lists or certificates into the store: all of them or nothing. `onProgress` is called and awaited between
 * certificates. Fails as `readMasterList` and `pinCertificate` do; without a voucher with `trust.signer-not-pinned`,
 * `arguments.unusable` (a certificate, which somebody must vouch for) or `trust.file-unknown`.
 */
export async function importTrust(
  files: readonly Uint8Array[],
  voucher: Voucher,
  around: {
    readonly store: Store;
    readonly clock: StationClock;
    readonly onProgress: (file: number, done: number, total: number) => void | Promise<void>;
  },
): Promise<readonly FileImport[]> {
  const { store, clock } = around;
  const known = new Map(store.trust.list().map((stored) => [stored.summary.fingerprint, stored]));
  const found: StoredCertificate[] = [];
  const imports: FileImport[] = [];
  for (const [index, bytes] of files.entries()) {
    const { certificates, ...imported } = await readTrustFile(bytes, voucher, {
      at: clock.today(),
      known: [...known.values()],
      refusedPublicKeys: refusedPublicKeys(store.kind),
      onProgress: (done, total) => around.onProgress(index, done, total),
    });
    for (const certificate of certificates) known.set(certificate.summary.fingerprint, certificate);
    found.push(...certificates);
    imports.push(imported);
  }
  store.trust.insert(found);
  return imports;
}

function readTrustFile(bytes: Uint8Array, voucher: Voucher, context: ImportContext): Promise<TrustImport> {
  if (voucher === null) throw unvouched(bytes);
  return voucher.kind === 'pin'
    ? pinCertificate(bytes, context)
    : readMasterList(bytes, { ...context, pinnedSigner: voucher.certificate });
}

function unvouched(bytes: Uint8Array): Failure {
  if (reads(() => parseCertificate(derOf(bytes)))) {
    return new Failure('arguments.unusable', {
      reason: 'a single certificate needs someone who vouches for it: --pin',
    });
  }
  return new Failure(reads(() => parseSignedData(bytes)) ? 'trust.signer-not-pinned' : 'trust.file-unknown');
}

function reads(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
