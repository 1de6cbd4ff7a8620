import { Failure } from '../result/failure.ts';
import type { TrustHistoryEntry } from '../store/trust-changes.ts';
import type { Store } from '../store/types.ts';
import { refusedAsIssuer } from '../trust/lists/pin-certificate.ts';
import { parseCertificate } from '../trust/x509/certificate.ts';
import { refuseNames } from './answering.ts';
import type { FileImport, ImportSurroundings } from './import/file-import.ts';
import { importTrust } from './import/import-trust.ts';
import { fileOfBytes } from './import/trust-file.ts';
import { voucherOf } from './import/voucher.ts';
import type { Recording } from './unpin.ts';

/** What the acts on a state's own certificate stand on. */
type Ground = Omit<ImportSurroundings, 'onProgress' | 'asAct'>;

/**
 * Takes a state's own certificate (DER) on the word of two administrators, as a recorded act: documents of its signers are proved by it
 * from then on. Of one that is vouched for already the word is given anew, from today. Fails as `pinCertificate`, and with
 * `operator.name-missing`, `trust.pin-same-person`.
 */
export async function pinAuthority(
  ground: Ground,
  acts: Recording,
  given: { readonly der: Uint8Array; readonly names: readonly string[] },
): Promise<FileImport> {
  const { der, names } = given;
  refuseNames(names);
  const certificate = parseCertificate(der);
  // A loose link is imported without anybody's word, and that is no act.
  const refusal = refusedAsIssuer(certificate, ground.refusedPublicKeys);
  if (refusal !== null) throw refusal;
  const { fingerprint, subject } = certificate;
  const detail = { fingerprint, subject: subject.text, kind: 'authority' } as const;
  const act = { kind: 'trust.pin', at: ground.clock.now(), signs: names, reason: '', detail } as const;
  const [imported] = await importTrust([fileOfBytes(der)], voucherOf({ signer: null, pin: true, names }), {
    ...ground,
    onProgress: () => undefined,
    asAct: (write) => acts.record(act, write),
  });
  if (imported === undefined) throw new Error('an import without a file');
  return imported;
}

/**
 * Takes that word back, as a recorded act: the certificate goes, with what only it proved, unless a list or a bundle stands behind it.
 * Fails with `trust.pin-unknown`, `operator.name-missing`, `trust.pin-same-person`.
 */
export function withdrawAuthority(
  { trust }: Pick<Store, 'trust'>,
  acts: Recording,
  given: { readonly fingerprint: string; readonly names: readonly string[]; readonly at: string },
): TrustHistoryEntry {
  const { fingerprint, names, at } = given;
  refuseNames(names);
  const held = trust.get(fingerprint);
  if (held === null || !held.sources.some(({ kind }) => kind === 'pinned')) throw new Failure('trust.pin-unknown');
  const detail = { fingerprint, subject: held.summary.subject, kind: 'authority' } as const;
  return acts.record({ kind: 'trust.unpin', at, signs: names, reason: '', detail }, () => {
    const entry = trust.withdrawOwnWord(fingerprint, { signs: names, at });
    if (entry === null) throw new Failure('trust.pin-unknown');
    return entry;
  });
}
