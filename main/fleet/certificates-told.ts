import { X509Certificate } from 'node:crypto';
import { certificateInPkcs12 } from '../machine/https-service.ts';
import type { ClientIdentity } from '../machine/tls-agent.ts';
import type { PlainDate } from '../result/plain-date.ts';

/** A certificate as people compare it, and the last day (UTC) on which it holds. */
export interface ToldCertificate {
  readonly subject: string;
  /** SHA-256 over the certificate, lower-case hex. */
  readonly fingerprint: string;
  readonly notAfter: PlainDate;
}

/** The certificate by which a client proves itself; null where this build of TLS tells none out of a PKCS#12 file. */
export function certificateOf(identity: ClientIdentity): ToldCertificate | null {
  const bytes = identity.kind === 'pem' ? identity.certificate : certificateInPkcs12(identity);
  return bytes === null ? null : told(new X509Certificate(bytes));
}

/** Of the authorities in a PEM the one that ends first: from then on a server may be refused. */
export function authorityOf(pem: string): ToldCertificate | null {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const all = blocks.map((block) => told(new X509Certificate(block)));
  return all.toSorted((one, other) => one.notAfter.localeCompare(other.notAfter))[0] ?? null;
}

function told(certificate: X509Certificate): ToldCertificate {
  return {
    subject: certificate.subject.replaceAll('\n', ', '),
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    notAfter: certificate.validToDate.toISOString().slice(0, 10) as PlainDate,
  };
}
