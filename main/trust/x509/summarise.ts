import type { CertificateSummary } from '../types.ts';
import { type Certificate, publicKeyFingerprint, publicKeyOf, signatureAlgorithmOf } from './certificate.ts';
import { keyKind } from './public-key.ts';
import { signatureAlgorithmName } from './signature-algorithm.ts';

function shown(describe: () => string): string {
  try {
    return describe();
  } catch {
    return 'unknown';
  }
}

/** What is kept and shown of a certificate. Whether it is self-signed is the caller's finding: names do not tell. */
export function summarise(certificate: Certificate, kind: CertificateSummary['kind']): CertificateSummary {
  return {
    fingerprint: certificate.fingerprint,
    publicKeyFingerprint: publicKeyFingerprint(certificate),
    country: certificate.subject.country,
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    subjectKey: certificate.subject.key,
    issuerKey: certificate.issuer.key,
    serialNumber: certificate.serialNumber,
    subjectKeyIdentifier: certificate.extensions.subjectKeyIdentifier,
    authorityKeyIdentifier: certificate.extensions.authorityKeyIdentifier,
    keyKind: shown(() => keyKind(publicKeyOf(certificate))),
    signatureAlgorithm: shown(() => signatureAlgorithmName(signatureAlgorithmOf(certificate))),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    kind,
  };
}
