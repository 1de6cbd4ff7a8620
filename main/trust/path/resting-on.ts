import type { Detail } from '../../result/check.ts';
import { daysBetween, type PlainDate } from '../../result/plain-date.ts';
import type { CertificateSummary, StoredDefectList, TrustLimits, TrustSource } from '../types.ts';
import type { Certificate } from '../x509/certificate.ts';
import { heldUntil, lastDay } from './freshness.ts';

/** A certificate as a check names it among what it rests on. */
export function namedCertificate({ fingerprint, subject }: Pick<Certificate, 'fingerprint' | 'subject'>): Detail {
  return { fingerprint, subject: subject.text };
}

/** A certificate of the path as a check shows it. */
export function shownCertificate(summary: CertificateSummary): { readonly [key: string]: Detail } {
  const { subject, fingerprint, country, keyKind, signatureAlgorithm, notBefore, notAfter } = summary;
  return { subject, fingerprint, country, keyKind, signatureAlgorithm, notBefore, notAfter };
}

/** What brought a certificate in: which list, of which day, how old on the day of the check, and good until when. */
export function shownSources(
  sources: readonly TrustSource[],
  { at, limits }: { readonly at: PlainDate; readonly limits: TrustLimits },
): readonly Detail[] {
  return sources.map((source) => {
    const { kind, digest, date } = source;
    const until = heldUntil(source, limits);
    return { kind, digest, date, ageDays: ageOf(date, at), until: until === 'never' ? null : until };
  });
}

/** A list of defects: which, of which day, how old, and good until when. */
export function shownDefectList(
  { digest, kind, signer, date }: Pick<StoredDefectList, 'digest' | 'kind' | 'signer' | 'date'>,
  { at, limits }: { readonly at: PlainDate; readonly limits: TrustLimits },
): Detail {
  const until = date === null ? null : lastDay(kind, date, null, limits);
  return { digest, kind, signer, date, ageDays: ageOf(date, at), until };
}

/** Age in days, null where the list has no date. */
export function ageOf(date: PlainDate | null, at: PlainDate): number | null {
  return date === null ? null : daysBetween(date, at);
}
