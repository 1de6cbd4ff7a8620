import { decodeTlv } from '../../document/tlv.ts';
import { equal } from '../../result/bytes.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { isBelieved } from '../path/belief.ts';
import type { StoredCertificate } from '../types.ts';

/** What a list of certificates comes to, in numbers. */
export interface TrustCounts {
  readonly certificates: number;
  readonly countries: number;
  /** Whose subject and issuer are the same bytes; the others are link certificates as far as names tell. */
  readonly selfIssued: number;
  readonly links: number;
  /** Whose own key verified them; the rest of the verified ones hang on another key, whatever their names say. */
  readonly selfSigned: number;
  readonly verified: number;
  readonly orphans: number;
  /** Distinct public keys. */
  readonly keys: number;
  readonly expired: number;
}

/** The numbers, each country's own, and every orphan by name. */
export interface TrustCensus {
  readonly counts: TrustCounts;
  readonly byCountry: readonly CountryCounts[];
  readonly orphans: readonly OrphanFact[];
}

export interface CountryCounts {
  readonly country: string;
  readonly certificates: number;
  readonly keys: number;
  readonly links: number;
  readonly orphans: number;
  /** The last day on which any of its certificates is valid. */
  readonly validUntil: PlainDate | null;
}

/** An orphan by country and the year in which it was issued. */
export interface OrphanFact {
  readonly country: string;
  readonly year: number;
  readonly subject: string;
  readonly fingerprint: string;
}

/** Counts certificates: by their names as they are written, and by the keys that verified them. */
export function countCertificates(certificates: readonly StoredCertificate[], at: PlainDate): TrustCensus {
  const count = (of: (stored: StoredCertificate) => boolean): number => certificates.filter(of).length;
  const orphans = certificates.filter((stored) => !isBelieved(stored));
  const byCountry = Map.groupBy(certificates, ({ summary }) => summary.country);
  const selfIssued = count(isSelfIssued);
  return {
    counts: {
      certificates: certificates.length,
      countries: byCountry.size,
      selfIssued,
      links: certificates.length - selfIssued,
      selfSigned: count(({ summary, verifiedBy }) => verifiedBy === summary.fingerprint),
      verified: certificates.length - orphans.length,
      orphans: orphans.length,
      keys: new Set(certificates.map(({ summary }) => summary.publicKeyFingerprint)).size,
      expired: count(({ summary }) => at > summary.notAfter),
    },
    byCountry: [...byCountry]
      .map(([country, held]) => ofCountry(country, held))
      .sort((a, b) => (a.country < b.country ? -1 : 1)),
    orphans: orphans
      .map(({ summary: { country, subject, fingerprint, notBefore } }) => ({
        country,
        year: Number(notBefore.slice(0, 4)),
        subject,
        fingerprint,
      }))
      .sort((a, b) => (a.country < b.country ? -1 : a.country > b.country ? 1 : a.year - b.year)),
  };
}

// tbsCertificate (RFC 5280 §4.1): [0] version, serial number, algorithm, issuer, validity, subject.
function isSelfIssued({ der }: StoredCertificate): boolean {
  const body = decodeTlv(der).children[0]?.children ?? [];
  const fields = body[0]?.tag === 0xa0 ? body.slice(1) : body;
  const [issuer, subject] = [fields[2]?.raw, fields[4]?.raw];
  return issuer !== undefined && subject !== undefined && equal(issuer, subject);
}

function ofCountry(country: string, held: readonly StoredCertificate[]): CountryCounts {
  return {
    country,
    certificates: held.length,
    keys: new Set(held.map(({ summary }) => summary.publicKeyFingerprint)).size,
    links: held.filter(({ summary }) => summary.kind === 'link').length,
    orphans: held.filter((stored) => !isBelieved(stored)).length,
    validUntil:
      held
        .map(({ summary }) => summary.notAfter)
        .sort()
        .at(-1) ?? null,
  };
}
