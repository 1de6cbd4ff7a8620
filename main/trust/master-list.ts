import { decodeInteger } from '../document/der.ts';
import { decodeTlv, indefiniteLengthEnd, readTlvHeader } from '../document/tlv.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { expectTag, tag } from './asn1-values.ts';
import { type Certificate, isSignedBy, parseCertificate, publicKeyOf } from './certificate.ts';
import { importCertificates } from './certificate-import.ts';
import { parseSignedData, type SignedData, type SignerInfo } from './cms.ts';
import { fingerprintOf } from './fingerprint.ts';
import { oid } from './object-identifiers.ts';
import { derOf } from './pem.ts';
import { isSigner, verifySignerInfo } from './signed-data-signature.ts';
import type { ImportContext, ListSigner, MasterListImport } from './types.ts';

export interface MasterListContext extends ImportContext {
  /** DER or PEM of the certificate that vouches for the list: its signer's own or its signer's issuer's. */
  readonly pinnedSigner: Uint8Array;
}

// Bounds of the handbook (Security §5). The largest list in use has 0.9 MB and some 600 certificates.
const maximumListLength = 16 * 1024 * 1024;
const maximumListCertificates = 2_000;
const maximumListNodes = 400_000;

/**
 * Reads and verifies a CSCA master list (9303-12 §9): its content type, the path from its signer to the pinned
 * certificate, its signature; then every certificate in it by itself. Nothing of a list that fails is taken.
 *
 * Fails with `trust.list-malformed`, `trust.list-too-large`, `trust.trailing-bytes`, `trust.content-type-wrong`,
 * `trust.pin-not-certificate`, `trust.signer-not-pinned`, `trust.signer-invalid`, `trust.signature-wrong`.
 */
export async function readMasterList(bytes: Uint8Array, context: MasterListContext): Promise<MasterListImport> {
  if (bytes.length > maximumListLength) throw new Failure('trust.list-too-large', { bytes: bytes.length });
  refuseTrailingBytes(bytes);
  const data = asList(() => parseSignedData(bytes));
  if (data.contentType !== oid.masterList)
    throw new Failure('trust.content-type-wrong', { contentType: data.contentType });
  const { signer, listDate } = verifyList(data, context);
  const encoded = asList(() => certificatesOf(data.content));
  const digest = fingerprintOf(bytes);
  const imported = await importCertificates(encoded, { kind: 'master-list', digest, date: listDate }, context);
  return { ...imported, signer, listDate, digest };
}

function asList<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.code.startsWith('trust.') || failure.code === 'internal.unexpected') throw failure;
    throw new Failure('trust.list-malformed', { reason: String(failure.fields.reason ?? failure.code) }, thrown);
  }
}

function refuseTrailingBytes(bytes: Uint8Array): void {
  const end = asList(() => {
    const header = readTlvHeader(bytes);
    if (header === null) return null;
    return header.length === null ? indefiniteLengthEnd(bytes) : header.headerLength + header.length;
  });
  if (end !== null && end < bytes.length) throw new Failure('trust.trailing-bytes', { bytes: bytes.length - end });
}

// CscaMasterList (9303-12 §9.2): SEQUENCE { version 0, SET OF Certificate }.
function certificatesOf(content: Uint8Array): Uint8Array[] {
  const list = decodeTlv(content, { maximumNodes: maximumListNodes });
  const [version, certificates, ...rest] = expectTag(list, tag.sequence, 'CscaMasterList').children;
  const { children } = expectTag(certificates, tag.set, 'CscaMasterList');
  if (decodeInteger(expectTag(version, tag.integer, 'CscaMasterList').value) !== 0n || rest.length > 0)
    throw new Failure('trust.list-malformed', { reason: 'CscaMasterList' });
  if (children.length > maximumListCertificates)
    throw new Failure('trust.list-too-large', { certificates: children.length });
  return children.map((node) => node.raw);
}

function verifyList(data: SignedData, context: MasterListContext): { signer: ListSigner; listDate: PlainDate | null } {
  const [signerInfo, ...others] = data.signerInfos;
  if (signerInfo === undefined || others.length > 0)
    throw new Failure('trust.list-malformed', { reason: 'signerInfos' });
  // 9303-12 §9.1: the signer's certificate is in the list.
  const signer = asList(() => data.certificates.map(parseCertificate)).find((each) => isSigner(signerInfo, each));
  if (signer === undefined) throw new Failure('trust.list-malformed', { reason: 'signer missing' });
  const pinned = pinnedCertificate(context.pinnedSigner);
  const signingTime = signerInfo.signedAttributes?.signingTime ?? null;
  refuseUnpinned(signer, pinned);
  refuseUnfit(signer, pinned, signingTime ?? context.at);
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

function pinnedCertificate(bytes: Uint8Array): Certificate {
  try {
    return parseCertificate(derOf(bytes));
  } catch (thrown) {
    throw new Failure('trust.pin-not-certificate', {}, thrown);
  }
}

// Believed is the pinned certificate itself or what its key has signed, nothing that the list brings along.
function refuseUnpinned(signer: Certificate, pinned: Certificate): void {
  if (signer.fingerprint === pinned.fingerprint) return;
  const issued = signer.issuer.key === pinned.subject.key && signedByPinned(signer, pinned);
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

// 9303-12 §7.1 (master list signer) and §4.1: what the signer's certificate must allow, on the day of signing.
function refuseUnfit(signer: Certificate, pinned: Certificate, day: PlainDate): void {
  const { extensions } = signer;
  const pinnedMaySign = signer.fingerprint === pinned.fingerprint || pinned.extensions.keyUsage?.keyCertSign !== false;
  const reason =
    extensions.extendedKeyUsage?.includes(oid.masterListSigner) !== true
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
