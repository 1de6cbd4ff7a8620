import { decodeTlv, find, type Tlv } from '../../document/tlv.ts';
import { equal, toHex } from '../../result/bytes.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { bitStringBytes, dayOf, expectTag, tag } from './asn1-values.ts';
import { type CertificateExtensions, parseExtensions } from './certificate-extensions.ts';
import { type DistinguishedName, parseName } from './distinguished-name.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type PublicKey, parsePublicKey } from './public-key.ts';
import { parseSignatureAlgorithm, type SignatureAlgorithm } from './signature-algorithm.ts';
import { examineSignature, type SignatureStanding } from './verify-signature.ts';

/** An X.509 certificate (RFC 5280 §4.1). The arrays are views of `der`. */
export interface Certificate {
  readonly der: Uint8Array;
  /** SHA-256 over `der`, lower-case hex. */
  readonly fingerprint: string;
  /** tbsCertificate as it stands: what the signature covers. */
  readonly signed: Uint8Array;
  readonly subjectPublicKeyInfo: Uint8Array;
  /** Lower-case hex of the INTEGER's contents. */
  readonly serialNumber: string;
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  readonly notBefore: PlainDate;
  readonly notAfter: PlainDate;
  readonly extensions: CertificateExtensions;
  readonly signatureAlgorithm: Tlv;
  readonly signature: Uint8Array;
}

const maximumCertificateLength = 65_536;
const maximumCertificateNodes = 4_000;

/**
 * Reads one certificate, DER or BER, nothing after it. Keys and algorithms are looked at when they are used, so that a
 * certificate with an unknown one can still be shown. Fails with `certificate.malformed`.
 */
export function parseCertificate(bytes: Uint8Array): Certificate {
  if (bytes.length > maximumCertificateLength) throw new Failure('certificate.malformed', { reason: 'length' });
  try {
    return readCertificate(decodeTlv(bytes, { maximumNodes: maximumCertificateNodes }));
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    throw new Failure('certificate.malformed', { reason: String(fields.reason ?? code) }, thrown);
  }
}

function readCertificate(node: Tlv): Certificate {
  const [signed, signatureAlgorithm, signature] = expectTag(node, tag.sequence, 'certificate').children;
  const body = expectTag(signed, tag.sequence, 'tbsCertificate');
  // [0] version; its absence means v1, which has no extensions.
  const fields = body.children[0]?.tag === 0xa0 ? body.children.slice(1) : body.children;
  const [serialNumber, innerAlgorithm, issuer, validity, subject, subjectPublicKeyInfo] = fields;
  const outerAlgorithm = expectTag(signatureAlgorithm, tag.sequence, 'signature algorithm');
  // RFC 5280 §4.1.1.2: the signed and the unsigned identifier are the same, else the unsigned one could be exchanged.
  if (!equal(expectTag(innerAlgorithm, tag.sequence, 'signature algorithm').raw, outerAlgorithm.raw))
    throw new Failure('certificate.malformed', { reason: 'signature algorithm differs' });
  const [notBefore, notAfter] = expectTag(validity, tag.sequence, 'validity').children;
  return {
    der: node.raw,
    fingerprint: fingerprintOf(node.raw),
    signed: body.raw,
    subjectPublicKeyInfo: expectTag(subjectPublicKeyInfo, tag.sequence, 'public key').raw,
    serialNumber: serialNumberOf(serialNumber),
    subject: parseName(subject),
    issuer: parseName(issuer),
    notBefore: dayOf(notBefore),
    notAfter: dayOf(notAfter),
    extensions: parseExtensions(find(body, 0xa3, tag.sequence)),
    signatureAlgorithm: outerAlgorithm,
    signature: bitStringBytes(signature),
  };
}

// RFC 5280 §4.1.2.2 allows 20 bytes; a few states use more, or a negative number.
function serialNumberOf(node: Tlv | undefined): string {
  const { value } = expectTag(node, tag.integer, 'serial number');
  if (value.length === 0 || value.length > 64) throw new Failure('certificate.malformed', { reason: 'serial number' });
  return toHex(value);
}

/**
 * The key of the certificate. Fails with `certificate.algorithm-unknown`, `certificate.parameters-unknown`,
 * `certificate.parameters-altered`, `certificate.malformed`.
 */
export function publicKeyOf(certificate: Certificate): PublicKey {
  return namedAsCertificate(() => parsePublicKey(certificate.subjectPublicKeyInfo));
}

/** How the certificate was signed. Fails with `certificate.algorithm-unknown`, `certificate.malformed`. */
export function signatureAlgorithmOf(certificate: Certificate): SignatureAlgorithm {
  return namedAsCertificate(() => parseSignatureAlgorithm(certificate.signatureAlgorithm));
}

function namedAsCertificate<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.code.startsWith('certificate.')) throw failure;
    throw new Failure('certificate.malformed', { reason: String(failure.fields.reason ?? failure.code) }, thrown);
  }
}

/** Whether the certificate was signed with this key. Fails as `signatureAlgorithmOf` does. */
export function isSignedBy(certificate: Certificate, key: PublicKey): boolean {
  return signatureStanding(certificate, key) === 'right';
}

/** What this key has to do with the certificate's signature. Fails as `signatureAlgorithmOf` does. */
export function signatureStanding(certificate: Certificate, key: PublicKey): SignatureStanding {
  return examineSignature(key, signatureAlgorithmOf(certificate), certificate.signed, certificate.signature);
}

/** SHA-256 over subjectPublicKeyInfo, lower-case hex. */
export function publicKeyFingerprint(certificate: Certificate): string {
  return fingerprintOf(certificate.subjectPublicKeyInfo);
}
