import { decodeTlv } from '../document/tlv.ts';
import { equal } from '../result/bytes.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { isBelieved } from './belief.ts';
import type { StoredCertificate } from './types.ts';

/** What the store holds, in numbers. */
export interface TrustCounts {
  readonly certificates: number;
  readonly countries: number;
  /** Subject and issuer are the same bytes: what statistics of lists call self-issued and link. */
  readonly byName: { readonly selfIssued: number; readonly link: number };
  /** Subject and issuer mean the same: order, string type, case and white space do not count. */
  readonly byMeaning: { readonly selfIssued: number; readonly link: number };
  /** Its own key verifies it: names do not tell (a link certificate may bear one name twice). */
  readonly byKey: { readonly selfSigned: number; readonly link: number; readonly orphans: number };
  readonly expired: number;
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

/** Counts what the store holds: by the names in the certificates, and by the keys that verified them. */
export function countCertificates(certificates: readonly StoredCertificate[], at: PlainDate): TrustCounts {
  const count = (of: (stored: StoredCertificate) => boolean): number => certificates.filter(of).length;
  const sameMeaning = ({ summary }: StoredCertificate): boolean => summary.subjectKey === summary.issuerKey;
  const selfSigned = ({ summary, verifiedBy }: StoredCertificate): boolean => verifiedBy === summary.fingerprint;
  const orphans = certificates.filter((stored) => !isBelieved(stored));
  const byCountry = Map.groupBy(certificates, ({ summary }) => summary.country);
  return {
    certificates: certificates.length,
    countries: byCountry.size,
    byName: { selfIssued: count(sameBytes), link: count((stored) => !sameBytes(stored)) },
    byMeaning: { selfIssued: count(sameMeaning), link: count((stored) => !sameMeaning(stored)) },
    byKey: {
      selfSigned: count(selfSigned),
      link: count((stored) => isBelieved(stored) && !selfSigned(stored)),
      orphans: orphans.length,
    },
    expired: count(({ summary }) => at > summary.notAfter),
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
function sameBytes({ der }: StoredCertificate): boolean {
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
