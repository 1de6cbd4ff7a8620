import { decodeTlv } from '../document/tlv.ts';
import { equal } from '../result/bytes.ts';
import type { StoredCertificate } from '../trust/types.ts';

/** What a list of certificates comes to. */
export interface TrustCounts {
  readonly certificates: number;
  readonly countries: number;
  /** Whose subject and issuer are the same bytes; the others are link certificates as far as names tell. */
  readonly selfIssued: number;
  readonly links: number;
  /** Whose own key verified them; the rest of the verified ones hang on another key. */
  readonly selfSigned: number;
  readonly verified: number;
  readonly orphans: number;
  /** Distinct public keys. */
  readonly keys: number;
}

/** Counts certificates: by their names as they are written, and by the keys that verified them. */
export function countCertificates(certificates: readonly StoredCertificate[]): TrustCounts {
  const count = (fits: (stored: StoredCertificate) => boolean): number => certificates.filter(fits).length;
  const selfIssued = count(({ der }) => isSelfIssued(der));
  return {
    certificates: certificates.length,
    countries: new Set(certificates.map(({ summary }) => summary.country)).size,
    selfIssued,
    links: certificates.length - selfIssued,
    selfSigned: count(({ summary, verifiedBy }) => verifiedBy === summary.fingerprint),
    verified: count(({ verifiedBy }) => verifiedBy !== null),
    orphans: count(({ verifiedBy }) => verifiedBy === null),
    keys: new Set(certificates.map(({ summary }) => summary.publicKeyFingerprint)).size,
  };
}

// TBSCertificate { [0] version, serialNumber, signature, issuer, validity, subject, .. } (RFC 5280 §4.1).
function isSelfIssued(der: Uint8Array): boolean {
  const fields = decodeTlv(der).children[0]?.children ?? [];
  const afterVersion = fields[0]?.tag === 0xa0 ? 1 : 0;
  const [issuer, subject] = [fields[afterVersion + 2], fields[afterVersion + 4]];
  return issuer !== undefined && subject !== undefined && equal(issuer.raw, subject.raw);
}
