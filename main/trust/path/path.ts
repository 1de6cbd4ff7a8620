import { asFailure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { StoredCertificate, TrustLookup } from '../types.ts';
import { type Certificate, isSignedBy, parseCertificate, publicKeyOf, signatureStanding } from '../x509/certificate.ts';
import { authorityFault } from '../x509/signer-usage.ts';
import { isDisputed } from './agreed.ts';
import { isBelieved } from './belief.ts';

/** A certificate of the trust store that issued the signer's. */
export interface TrustedIssuer {
  readonly stored: StoredCertificate;
  readonly certificate: Certificate;
  /**
   * How the signer's issuer name fits the key that signed it: `same` where the store holds that key under this name,
   * `renamed` where a believed certificate of the authority connects the two names, else `other`.
   */
  readonly names: 'same' | 'renamed' | 'other';
}

export type PathFinding =
  | { readonly result: 'successful'; readonly issuer: TrustedIssuer }
  | { readonly result: 'failed' | 'undetermined'; readonly code: FailureCode };

const undetermined = (code: FailureCode): PathFinding => ({ result: 'undetermined', code });

/**
 * The issuer of a document signer in the trust store. First those whose key identifier the signer names (9303-12 App.
 * D.1.1.1), then those with the issuer's name, each by trial; how the names fit is told. A path has one step (App. D.1).
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
    const named = sameName.filter(isBelieved);
    const found = signerAmong(signer, identified) ?? signerAmong(signer, named);
    if (found !== null) {
      const { subjectKeyIdentifier: keyIdentifier, subjectKey } = found.summary;
      const ofIssuer = (await trust.candidates({ keyIdentifier, subjectKey })).filter(isBelieved);
      const held = [...identified, ...named, ...ofIssuer];
      const issuer = bestOfKey(found, held, at);
      return { result: 'successful', issuer: { ...issuer, names: namesOf(signer, issuer.stored, held) } };
    }
    if (signerAmong(signer, orphans) !== null) return undetermined('certificate.issuer-orphan');
    // X.690 §10.1: the key is right, what it has written is not. That is no forgery.
    if (keysAmong([...identified, ...named]).some((stored) => misencodedBy(signer, stored)))
      return undetermined('certificate.signature-misencoded');
  } catch (thrown) {
    const { code } = asFailure(thrown);
    return code === 'certificate.malformed' ? { result: 'failed', code } : undetermined(code);
  }
  return identified.length > 0
    ? { result: 'failed', code: 'certificate.signature-wrong' }
    : undetermined('certificate.issuer-unknown');
}

function misencodedBy(signer: Certificate, { der }: StoredCertificate): boolean {
  return signatureStanding(signer, publicKeyOf(parseCertificate(der))) === 'misencoded';
}

// Each key once: a state's self-signed and link certificates often hold the same one. Real authorities have a handful of keys
// under one name (CN eight); many more are no help to anybody and would hold the desk up.
const mostTried = 32;

function keysAmong(candidates: readonly StoredCertificate[]): readonly StoredCertificate[] {
  const byKey = new Map(candidates.map((candidate) => [candidate.summary.publicKeyFingerprint, candidate]));
  return [...byKey.values()].slice(0, mostTried);
}

function signerAmong(signer: Certificate, candidates: readonly StoredCertificate[]): StoredCertificate | null {
  const signed = ({ der }: StoredCertificate): boolean => isSignedBy(signer, publicKeyOf(parseCertificate(der)));
  return keysAmong(candidates).find(signed) ?? null;
}

// Of the certificates for one key the one that may vouch for others, then one that is valid, then the self-signed one.
function bestOfKey(
  found: StoredCertificate,
  held: readonly StoredCertificate[],
  at: PlainDate,
): Omit<TrustedIssuer, 'names'> {
  const { publicKeyFingerprint } = found.summary;
  const ofKey = [found, ...held.filter(({ summary }) => summary.publicKeyFingerprint === publicKeyFingerprint)];
  const ranked = ofKey
    .map((stored) => ({ stored, certificate: parseCertificate(stored.der) }))
    .toSorted((a, b) => rank(b, at) - rank(a, at) || (a.certificate.notAfter < b.certificate.notAfter ? 1 : -1));
  return ranked[0] ?? { stored: found, certificate: parseCertificate(found.der) };
}

// An authority that changed its name (HU) or a number in it (ES) has certificates in the lists that its key signed under
// both names, or that bear one as issuer and the other as subject (9303-12 §7.1.3). Nothing else makes two names one.
function namesOf(
  signer: Certificate,
  { summary }: StoredCertificate,
  held: readonly StoredCertificate[],
): TrustedIssuer['names'] {
  // What two readings have otherwise connects nothing.
  const agreed = held.filter((other) => !isDisputed(other) || other.summary.fingerprint === summary.fingerprint);
  const ofKey = agreed.filter((other) => other.summary.publicKeyFingerprint === summary.publicKeyFingerprint);
  if (ofKey.some((other) => other.summary.subjectKey === signer.issuer.key)) return 'same';
  const fingerprints = new Set(ofKey.map((other) => other.summary.fingerprint));
  const connects = ({ summary: { issuerKey, subjectKey }, verifiedBy }: StoredCertificate): boolean =>
    (issuerKey === signer.issuer.key && (subjectKey === summary.subjectKey || fingerprints.has(verifiedBy ?? ''))) ||
    (issuerKey === summary.subjectKey && subjectKey === signer.issuer.key);
  return agreed.some(connects) ? 'renamed' : 'other';
}

function rank({ stored, certificate }: Omit<TrustedIssuer, 'names'>, at: PlainDate): number {
  const valid = certificate.notBefore <= at && at <= certificate.notAfter;
  const mayVouch = authorityFault(certificate) === null;
  return (mayVouch ? 4 : 0) + (valid ? 2 : 0) + (stored.summary.kind === 'self-signed' ? 1 : 0);
}
