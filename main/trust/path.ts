import { asFailure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { isBelieved } from './belief.ts';
import { type Certificate, isSignedBy, parseCertificate, publicKeyOf } from './certificate.ts';
import type { StoredCertificate, TrustLookup } from './types.ts';

/** A certificate of the trust store that issued the signer's. */
export interface TrustedIssuer {
  readonly stored: StoredCertificate;
  readonly certificate: Certificate;
}

export type PathFinding =
  | { readonly result: 'successful'; readonly issuer: TrustedIssuer }
  | { readonly result: 'failed' | 'undetermined'; readonly code: FailureCode };

const undetermined = (code: FailureCode): PathFinding => ({ result: 'undetermined', code });

/**
 * The issuer of a document signer in the trust store. First those whose key identifier the signer names (9303-12 App.
 * D.1.1.1), then those with the issuer's name, each by trial. A path has one step (App. D.1).
 *
 * `failed` where a key that the signer names is at hand and did not sign it; a search by name alone never fails
 * (TR-03135-1 §5.6.4.3.3). Orphans vouch for nothing: a signer that only one of them issued is told as such. `at` only
 * chooses among certificates for the same key.
 */
export async function findIssuer(signer: Certificate, trust: TrustLookup, at: PlainDate): Promise<PathFinding> {
  if ((await trust.size()) === 0) return undetermined('trust.empty');
  const { authorityKeyIdentifier } = signer.extensions;
  const sameIdentifier =
    authorityKeyIdentifier === null
      ? []
      : await trust.candidates({ keyIdentifier: authorityKeyIdentifier, subjectKey: null });
  const sameName = await trust.candidates({ keyIdentifier: null, subjectKey: signer.issuer.key });
  const identified = sameIdentifier.filter(isBelieved);
  const orphans = [...sameIdentifier, ...sameName].filter((stored) => !isBelieved(stored));
  try {
    const issuer = tryEach(signer, identified, at) ?? tryEach(signer, sameName.filter(isBelieved), at);
    if (issuer !== null) return { result: 'successful', issuer };
    if (tryEach(signer, orphans, at) !== null) return undetermined('certificate.issuer-orphan');
  } catch (thrown) {
    const { code } = asFailure(thrown);
    return code === 'certificate.malformed' ? { result: 'failed', code } : undetermined(code);
  }
  return identified.length > 0
    ? { result: 'failed', code: 'certificate.signature-wrong' }
    : undetermined('certificate.issuer-unknown');
}

// Each key once: a state's self-signed and link certificates often hold the same one.
function tryEach(signer: Certificate, candidates: readonly StoredCertificate[], at: PlainDate): TrustedIssuer | null {
  const keys = new Set<string>();
  for (const { summary, der } of candidates) {
    if (keys.has(summary.publicKeyFingerprint)) continue;
    keys.add(summary.publicKeyFingerprint);
    if (!isSignedBy(signer, publicKeyOf(parseCertificate(der)))) continue;
    const sameKey = candidates.filter((other) => other.summary.publicKeyFingerprint === summary.publicKeyFingerprint);
    const [best] = sameKey.sort(
      (a, b) => rank(b, at) - rank(a, at) || (a.summary.notAfter < b.summary.notAfter ? 1 : -1),
    );
    if (best !== undefined) return { stored: best, certificate: parseCertificate(best.der) };
  }
  return null;
}

function rank({ summary }: StoredCertificate, at: PlainDate): number {
  const valid = summary.notBefore <= at && at <= summary.notAfter;
  return (valid ? 2 : 0) + (summary.kind === 'self-signed' ? 1 : 0);
}
