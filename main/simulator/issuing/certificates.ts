import { Certificate } from 'pkijs';
import { digest } from '../../crypto/hash.ts';
import { bytesToUnsigned } from '../../crypto/points.ts';
import { concat } from '../../result/bytes.ts';
import { bitString, encoded, integer } from './asn1.ts';
import type { CertificateContent } from './certificate-content.ts';
import { certificateExtensions } from './certificate-extensions.ts';
import { distinguishedName } from './names.ts';
import { keyIdentifier, subjectPublicKeyInfo } from './public-key-info.ts';
import { signatureAlgorithm, signWith } from './signature-algorithms.ts';
import { time } from './times.ts';

const version3 = 2;

/** A serial number that follows from what it numbers: positive, at most 20 bytes (9303-12 §7.1). */
export function serialNumber({ subject, key, notBefore, oneNumber }: CertificateContent): bigint {
  const name = encoded(distinguishedName(subject).toSchema());
  const seed = concat(name, keyIdentifier(key), new TextEncoder().encode(oneNumber === true ? '' : notBefore));
  return bytesToUnsigned(digest('SHA-256', seed).subarray(0, 15)) + 1n;
}

/** A certificate by the profile of 9303-12 §7.1. */
export function certificateOf(content: CertificateContent): Certificate {
  const algorithm = signatureAlgorithm(content.scheme);
  const certificate = new Certificate({
    version: version3,
    serialNumber: integer(serialNumber(content)),
    signature: algorithm,
    issuer: distinguishedName(content.issuer),
    notBefore: time(content.notBefore),
    notAfter: time(content.notAfter),
    subject: distinguishedName(content.subject),
    subjectPublicKeyInfo: subjectPublicKeyInfo(content.key, content.parameters),
    extensions: certificateExtensions(content),
    signatureAlgorithm: algorithm,
  });
  const toBeSigned = encoded(certificate.encodeTBS());
  certificate.tbs = toBeSigned.buffer;
  certificate.signatureValue = bitString(signWith(content.issuerKey, content.scheme, toBeSigned));
  return certificate;
}

/** The certificate, in DER. */
export function issueCertificate(content: CertificateContent): Uint8Array {
  return encoded(certificateOf(content).toSchema());
}
