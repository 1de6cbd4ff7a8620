import { X509Certificate } from 'node:crypto';
import type { StoredCertificate } from '../../main/trust/types.ts';
import { isSignedBy, parseCertificate, publicKeyOf } from '../../main/trust/x509/certificate.ts';

/** The same certificates read and verified by the app and by OpenSSL, in turn, in one run. Milliseconds for all of them. */
export interface OpenSslFigures {
  readonly opensslVersion: string;
  /** Those that both can verify: OpenSSL cannot read a few explicit parameters. */
  readonly certificates: number;
  readonly notByOpenSsl: number;
  readonly styrkMillis: number;
  readonly opensslMillis: number;
  /** styrkMillis / opensslMillis. */
  readonly ratio: number;
}

/** A certificate and the one whose key signed it, as DER. */
export interface CertificatePair {
  readonly der: Uint8Array;
  readonly issuer: Uint8Array;
}

/** Every believed certificate of which the one that verified it is believed too. */
export function pairsOf(certificates: readonly StoredCertificate[]): readonly CertificatePair[] {
  const byFingerprint = new Map(certificates.map(({ summary, der }) => [summary.fingerprint, der]));
  return certificates.flatMap(({ der, verifiedBy }): readonly CertificatePair[] => {
    const issuer = byFingerprint.get(verifiedBy ?? '');
    return issuer === undefined ? [] : [{ der, issuer }];
  });
}

/** Compares over every believed certificate and the one that verified it. Both read both from DER each time. */
export function benchOpenSsl(certificates: readonly StoredCertificate[]): OpenSslFigures {
  const pairs = pairsOf(certificates);
  const both = pairs.filter(verifiedByOpenSsl);
  let [styrk, openssl] = [0, 0];
  for (const pair of both) {
    const begun = performance.now();
    const byUs = verifiedByStyrk(pair);
    const between = performance.now();
    const byThem = verifiedByOpenSsl(pair);
    openssl += performance.now() - between;
    styrk += between - begun;
    if (!byUs || !byThem) throw new Error('a certificate of the store does not verify');
  }
  return {
    opensslVersion: process.versions.openssl ?? '',
    certificates: both.length,
    notByOpenSsl: pairs.length - both.length,
    styrkMillis: Math.round(styrk),
    opensslMillis: Math.round(openssl),
    ratio: Math.round((styrk / openssl) * 10) / 10,
  };
}

function verifiedByStyrk({ der, issuer }: CertificatePair): boolean {
  return isSignedBy(parseCertificate(der), publicKeyOf(parseCertificate(issuer)));
}

/** Reads both certificates and verifies by the runtime's library. False also for keys that it does not know. */
export function verifiedByOpenSsl({ der, issuer }: CertificatePair): boolean {
  try {
    return new X509Certificate(der).verify(new X509Certificate(issuer).publicKey);
  } catch {
    return false;
  }
}
