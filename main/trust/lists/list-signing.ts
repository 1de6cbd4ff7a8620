import { asFailure, Failure } from '../../result/failure.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { openSignedDefects, readDefectList } from '../defects/defect-list.ts';
import { type Certificate, isSignedBy, parseCertificate, publicKeyOf } from '../x509/certificate.ts';
import { derOf } from '../x509/pem.ts';
import { holdsRefusedKey } from './certificate-import.ts';
import { listedCertificates, openMasterList, verifyMasterList } from './master-list.ts';
import type { TrustFileKind } from './recognise-file.ts';
import { signerOfList } from './signed-list.ts';

export const signedFileKinds = ['master-list', 'defect-list', 'deviation-list', 'certificate'] as const;
export type SignedFileKind = (typeof signedFileKinds)[number];

/**
 * What a certificate is to the file that it came with: its signer, whose key made the signature; the signer's issuer, which vouches for
 * later signers too; or the file itself.
 */
export const signerParts = ['signer', 'issuer', 'certificate'] as const;
export type SignerPart = (typeof signerParts)[number];

/** By whom a file is signed: what a person looks at before they vouch. Nothing of it is believed. */
export interface ListSigning {
  readonly kind: SignedFileKind;
  /** When the list was signed, as it says itself; null where it does not. */
  readonly date: PlainDate | null;
  /** The certificates (DER) of which each alone would do, once somebody vouches for it. */
  readonly certificates: readonly { readonly part: SignerPart; readonly der: Uint8Array }[];
}

/** The most certificates that a signing names: a signer, and its issuer under several keys or of several editions. */
export const mostSignerCertificates = 4;
/** A list may hold thousands of certificates under the signer's issuer's name: so many of them are tried. */
const mostTried = 16;

/**
 * By whom a file is signed, proved: each certificate is one with which the list would be taken, were it pinned. A single certificate
 * stands for itself. Fails with `trust.pin-not-certificate` for a file that no signer is pinned for, `certificate.training-issuer`
 * where the key is published, and as the reading of the list does: one whose own signature is wrong names nobody.
 */
export function listSigning(
  kind: TrustFileKind,
  bytes: Uint8Array,
  around: { readonly at: PlainDate; readonly refusedPublicKeys: ReadonlySet<string> },
): ListSigning {
  const found = signingOf(kind, bytes, around.at);
  for (const { der } of found.certificates)
    if (holdsRefusedKey(parseCertificate(der), around.refusedPublicKeys))
      throw new Failure('certificate.training-issuer');
  return found;
}

function signingOf(kind: TrustFileKind, bytes: Uint8Array, at: PlainDate): ListSigning {
  switch (kind) {
    case 'certificate':
      return { kind, date: null, certificates: [{ part: 'certificate', der: certificateIn(bytes) }] };
    case 'master-list': {
      const data = openMasterList(derOf(bytes));
      const { signer } = signerOfList(data);
      const beside = () => [...data.certificates, ...listedCertificates(data)];
      return signed(kind, {
        signer,
        beside,
        dateBy: (pinnedSigner) => verifyMasterList(data, { pinnedSigner, at }).listDate,
      });
    }
    case 'defect-list':
    case 'deviation-list': {
      const der = derOf(bytes);
      const data = openSignedDefects(der);
      const { signer } = signerOfList(data);
      const beside = () => data.certificates;
      return signed(kind, {
        signer,
        beside,
        dateBy: (pinnedSigner) => readDefectList(der, { pinnedSigner, at }).stored.date,
      });
    }
    case 'certificate-bundle':
    case 'ldif':
    case 'revocation-list':
    case 'station-bundle':
      throw new Failure('trust.pin-not-certificate', { reason: kind });
  }
}

function certificateIn(bytes: Uint8Array): Uint8Array {
  try {
    return parseCertificate(derOf(bytes)).der.slice();
  } catch (thrown) {
    throw new Failure('trust.pin-not-certificate', { reason: asFailure(thrown).code }, thrown);
  }
}

function signed(
  kind: SignedFileKind,
  list: {
    readonly signer: Certificate;
    /** What came with the list and may be its signer's issuer, not yet read. */
    readonly beside: () => readonly Uint8Array[];
    /** When the list was signed; throws where this certificate, pinned, would not do. */
    readonly dateBy: (pinnedSigner: Uint8Array) => PlainDate | null;
  },
): ListSigning {
  const { signer, beside, dateBy } = list;
  const date = dateBy(signer.der);
  const issuers = withoutLinks(possibleIssuers(signer, beside()).filter(({ der }) => wouldDo(() => dateBy(der))));
  const certificates = [
    { part: 'signer' as const, der: signer.der.slice() },
    ...issuers.map(({ der }) => ({ part: 'issuer' as const, der: der.slice() })),
  ];
  return { kind, date, certificates: certificates.slice(0, mostSignerCertificates) };
}

function possibleIssuers(signer: Certificate, encoded: readonly Uint8Array[]): readonly Certificate[] {
  const found = new Map<string, Certificate>();
  for (const der of encoded) {
    const certificate = readable(der);
    if (certificate === null || certificate.fingerprint === signer.fingerprint) continue;
    if (certificate.subject.key === signer.issuer.key) found.set(certificate.fingerprint, certificate);
    if (found.size === mostTried) break;
  }
  return [...found.values()];
}

// A link certificate holds the key of a root that stands beside it: publishers tell the fingerprint of the root.
function withoutLinks(issuers: readonly Certificate[]): readonly Certificate[] {
  const roots = issuers.filter(isSelfSigned);
  return roots.length > 0 ? roots : issuers;
}

function isSelfSigned(certificate: Certificate): boolean {
  return isRight(() => isSignedBy(certificate, publicKeyOf(certificate)));
}

function readable(der: Uint8Array): Certificate | null {
  try {
    return parseCertificate(der);
  } catch {
    return null;
  }
}

function wouldDo(read: () => unknown): boolean {
  return isRight(() => {
    read();
    return true;
  });
}

// It only names who might vouch: why another certificate would not do concerns nobody.
function isRight(test: () => boolean): boolean {
  try {
    return test();
  } catch (thrown) {
    if (asFailure(thrown).code === 'internal.unexpected') throw thrown;
    return false;
  }
}
