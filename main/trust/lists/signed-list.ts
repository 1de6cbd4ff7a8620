import { indefiniteLengthEnd, readTlvHeader } from '../../document/tlv.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { SignedData, SignerInfo } from '../cms/cms.ts';
import { isSigner, verifySignerInfo } from '../cms/signed-data-signature.ts';
import { refuseAhead } from '../path/clock-check.ts';
import type { ListSigner } from '../types.ts';
import { type Certificate, isSignedBy, parseCertificate, publicKeyOf } from '../x509/certificate.ts';
import { derOf } from '../x509/pem.ts';
import { authorityFault } from '../x509/signer-usage.ts';

/** What reading throws, under the name that fits a list. */
export function asList<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.code.startsWith('trust.') || failure.code === 'internal.unexpected') throw failure;
    throw new Failure('trust.list-malformed', { reason: String(failure.fields.reason ?? failure.code) }, thrown);
  }
}

/** Refuses bytes after the one object of a file. Fails with `trust.trailing-bytes`, `trust.list-malformed`. */
export function refuseTrailingBytes(bytes: Uint8Array): void {
  const end = asList(() => {
    const header = readTlvHeader(bytes);
    if (header === null) return null;
    return header.length === null ? indefiniteLengthEnd(bytes) : header.headerLength + header.length;
  });
  if (end !== null && end < bytes.length) throw new Failure('trust.trailing-bytes', { bytes: bytes.length - end });
}

export interface ListVoucher {
  /** DER or PEM of the certificate that vouches for the list: its signer's own or its signer's issuer's. */
  readonly pinnedSigner: Uint8Array;
  readonly at: PlainDate;
  /** Extended key usage that the signer must have; null where none is known: then its own certificate must be pinned. */
  readonly purpose: string | null;
}

/**
 * Whose list it is: the path from its signer to the pinned certificate, what the signer may sign, and its signature over the
 * content. Fails with `trust.list-malformed`, `trust.content-type-wrong`, `trust.pin-not-certificate`,
 * `trust.signer-not-pinned`, `trust.signer-invalid`, `trust.signature-wrong`, `trust.list-ahead` where it was signed after `at`.
 */
export function verifySignedList(
  data: SignedData,
  context: ListVoucher,
): { signer: ListSigner; listDate: PlainDate | null } {
  const { signerInfo, signer } = signerOfList(data);
  const pinned = pinnedCertificate(context.pinnedSigner);
  const signingTime = signerInfo.signedAttributes?.signingTime ?? null;
  refuseAhead(signingTime, context.at, { issuer: signer.issuer.text });
  refuseUnpinned(signer, pinned, context.purpose);
  refuseUnfit(signer, pinned, { day: signingTime ?? context.at, purpose: context.purpose });
  refuseWrongSignature(data, signerInfo, signer);
  return {
    signer: {
      subject: signer.subject.text,
      issuer: signer.issuer.text,
      fingerprint: signer.fingerprint,
      pinned: pinned.fingerprint,
    },
    listDate: signingTime,
  };
}

/** Who says to have signed a list, proved by nothing. Fails with `trust.list-malformed`. */
export function signerOfList(data: SignedData): { readonly signerInfo: SignerInfo; readonly signer: Certificate } {
  const [signerInfo, ...others] = data.signerInfos;
  if (signerInfo === undefined || others.length > 0)
    throw new Failure('trust.list-malformed', { reason: 'signerInfos' });
  // 9303-12 §9.1: the signer's certificate is in the list.
  const signer = asList(() => data.certificates.map(parseCertificate)).find((each) => isSigner(signerInfo, each));
  if (signer === undefined) throw new Failure('trust.list-malformed', { reason: 'signer missing' });
  return { signerInfo, signer };
}

function pinnedCertificate(bytes: Uint8Array): Certificate {
  try {
    return parseCertificate(derOf(bytes));
  } catch (thrown) {
    throw new Failure('trust.pin-not-certificate', {}, thrown);
  }
}

// Believed is the pinned certificate itself or what its key has signed, nothing that the list brings along.
function refuseUnpinned(signer: Certificate, pinned: Certificate, purpose: string | null): void {
  if (signer.fingerprint === pinned.fingerprint) return;
  const issued = purpose !== null && signer.issuer.key === pinned.subject.key && signedByPinned(signer, pinned);
  if (!issued)
    throw new Failure('trust.signer-not-pinned', {
      subject: signer.subject.text,
      issuer: signer.issuer.text,
      fingerprint: signer.fingerprint,
    });
}

function signedByPinned(signer: Certificate, pinned: Certificate): boolean {
  try {
    return isSignedBy(signer, publicKeyOf(pinned));
  } catch (thrown) {
    const { code } = asFailure(thrown);
    throw new Failure('trust.signer-invalid', { reason: code }, thrown);
  }
}

// 9303-12 §7.1 (signers of master and deviation lists) and §4.1: what the signer's certificate must allow, on the day of signing.
function refuseUnfit(
  signer: Certificate,
  pinned: Certificate,
  { day, purpose }: { readonly day: PlainDate; readonly purpose: string | null },
): void {
  const { extensions } = signer;
  const pinnedMaySign = signer.fingerprint === pinned.fingerprint || authorityFault(pinned) === null;
  const reason =
    purpose !== null && extensions.extendedKeyUsage?.includes(purpose) !== true
      ? 'extended key usage'
      : extensions.keyUsage?.digitalSignature === false || extensions.unknownCritical.length > 0 || !pinnedMaySign
        ? 'key usage'
        : [signer, pinned].some(({ notBefore, notAfter }) => day < notBefore || day > notAfter)
          ? 'validity'
          : null;
  if (reason !== null) throw new Failure('trust.signer-invalid', { reason, subject: signer.subject.text });
}

function refuseWrongSignature(data: SignedData, signerInfo: SignerInfo, signer: Certificate): void {
  // RFC 5652 §5.3: content other than plain data is signed by way of signed attributes.
  if (signerInfo.signedAttributes === null) throw new Failure('trust.list-malformed', { reason: 'signed attributes' });
  const finding = verifySignerInfo(data, signerInfo, signer);
  if (finding.result === 'successful') return;
  if (finding.result === 'undetermined') throw new Failure('trust.signer-invalid', { reason: finding.code });
  throw new Failure(
    finding.code === 'security-object.content-type-wrong' ? 'trust.content-type-wrong' : 'trust.signature-wrong',
    { reason: finding.code },
  );
}
