import type { CertificateSummary, StoredCertificate, TrustLookup } from '../types.ts';
import { isBelieved } from './belief.ts';

type Lookup = Pick<TrustLookup, 'candidates'>;

// A state's chain of links has a handful of steps, each with a few certificates.
const mostSteps = 64;

/**
 * Whether two believed certificates are of one authority: they hold one key or bear one name, or links that the older keys
 * have signed lead from one to the other (9303-12 §4.1.4.3, §7.1.3). A state may have several authorities; that they are of
 * one state makes them none.
 */
export async function isOneAuthority(
  one: StoredCertificate,
  other: StoredCertificate,
  trust: Lookup,
): Promise<boolean> {
  if (isSame(one.summary, other.summary)) return true;
  return (await leadsBack(one, other, trust)) || (await leadsBack(other, one, trust));
}

async function leadsBack(from: StoredCertificate, to: StoredCertificate, trust: Lookup): Promise<boolean> {
  const seen = new Map([[from.summary.fingerprint, from]]);
  // A Map hands out what is added while it is walked.
  for (const { summary, verifiedBy } of seen.values()) {
    if (isSame(summary, to.summary)) return true;
    if (seen.size > mostSteps) return false;
    const alike = await trust.candidates({
      keyIdentifier: summary.subjectKeyIdentifier,
      subjectKey: summary.subjectKey,
    });
    const issuers =
      verifiedBy === summary.fingerprint
        ? []
        : await trust.candidates({ keyIdentifier: summary.authorityKeyIdentifier, subjectKey: summary.issuerKey });
    const next = [
      ...alike.filter((each) => isSame(each.summary, summary)),
      ...issuers.filter((each) => each.summary.fingerprint === verifiedBy),
    ];
    for (const each of next)
      if (isBelieved(each) && !seen.has(each.summary.fingerprint)) seen.set(each.summary.fingerprint, each);
  }
  return false;
}

function isSame(one: CertificateSummary, other: CertificateSummary): boolean {
  if (one.country !== other.country) return false;
  return one.publicKeyFingerprint === other.publicKeyFingerprint || one.subjectKey === other.subjectKey;
}
