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

interface Pair {
  readonly der: Uint8Array;
  readonly issuer: Uint8Array;
}

/** Compares over every believed certificate and the one that verified it. Both read both from DER each time. */
export function benchOpenSsl(certificates: readonly StoredCertificate[]): OpenSslFigures {
  const byFingerprint = new Map(certificates.map(({ summary, der }) => [summary.fingerprint, der]));
  const pairs = certificates.flatMap(({ der, verifiedBy }): readonly Pair[] => {
    const issuer = byFingerprint.get(verifiedBy ?? '');
    return issuer === undefined ? [] : [{ der, issuer }];
  });
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

function verifiedByStyrk({ der, issuer }: Pair): boolean {
  return isSignedBy(parseCertificate(der), publicKeyOf(parseCertificate(issuer)));
}

function verifiedByOpenSsl({ der, issuer }: Pair): boolean {
  try {
    return new X509Certificate(der).verify(new X509Certificate(issuer).publicKey);
  } catch {
    // It throws for keys that it does not know.
    return false;
  }
}
