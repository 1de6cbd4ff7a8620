import type { FailureCode } from '../result/failure-codes.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { isBelieved } from './belief.ts';
import { type Certificate, publicKeyFingerprint, summarise } from './certificate.ts';
import { isFreshlySourced, standardLimits } from './freshness.ts';
import { findIssuer } from './path.ts';
import { checkRevocation } from './revocation.ts';
import { usageFault } from './signer-usage.ts';
import type {
  CertificateSummary,
  ImportRemark,
  StoredCertificate,
  StoredRevocationList,
  TrustLimits,
  TrustLookup,
  TrustSource,
} from './types.ts';

/** One certificate on the way from the asked one to what it rests on. */
export interface ExplainedStep {
  readonly certificate: CertificateSummary;
  /** How it came in; empty for one that the store does not hold. */
  readonly sources: readonly TrustSource[];
  readonly believed: boolean;
  readonly fresh: boolean;
}

/** Why a certificate is believed, or why it is not. */
export interface Explanation {
  readonly certificate: CertificateSummary;
  readonly held: boolean;
  readonly believed: boolean;
  /** From the certificate itself to a self-signed one, or as far as it goes. */
  readonly path: readonly ExplainedStep[];
  /** Others of the store with the same key: links and copies. */
  readonly sameKey: readonly CertificateSummary[];
  readonly revocation: { readonly result: string; readonly code: FailureCode | null };
  readonly revocationLists: readonly Omit<StoredRevocationList, 'der'>[];
  /** Codes that stand against it, worst first; empty where nothing does. */
  readonly refusals: readonly FailureCode[];
  /** What past imports said of it. */
  readonly remarks: readonly ImportRemark[];
}

const longestPath = 16;

/**
 * Explains what the station thinks of a certificate: a country's or a document signer's. Pure but for the lookup; the
 * remarks of past imports are given.
 */
export async function explainCertificate(
  certificate: Certificate,
  around: {
    readonly trust: TrustLookup;
    readonly at: PlainDate;
    readonly limits?: TrustLimits;
    readonly remarks?: readonly ImportRemark[];
  },
): Promise<Explanation> {
  const { trust, at, limits = standardLimits, remarks = [] } = around;
  const named = await trust.candidates({
    keyIdentifier: certificate.extensions.subjectKeyIdentifier,
    subjectKey: certificate.subject.key,
  });
  const own = named.find(({ summary }) => summary.fingerprint === certificate.fingerprint) ?? null;
  const key = publicKeyFingerprint(certificate);
  const refusals: FailureCode[] = [];
  const path: ExplainedStep[] = [];
  let revocation: Explanation['revocation'] = { result: 'not supported', code: null };
  if (own === null) {
    const found = await findIssuer(certificate, trust, at);
    path.push(unheld(certificate));
    if (found.result === 'successful') {
      path.push(...(await chain(found.issuer.stored, trust, { at, limits })));
      const fault = usageFault(certificate, found.issuer.certificate, null);
      if (fault !== null) refusals.push('certificate.usage-wrong');
    } else refusals.push(found.code);
    const { result, code } = await checkRevocation(certificate, found, { trust, at, limits });
    revocation = { result, code };
    if (result === 'failed' && code !== null) refusals.unshift(code);
  } else {
    path.push(...(await chain(own, trust, { at, limits })));
    if (!isBelieved(own)) refusals.push('certificate.issuer-orphan');
  }
  if (at > certificate.notAfter) refusals.push('certificate.expired');
  if (at < certificate.notBefore) refusals.push('certificate.not-yet-valid');
  if (path.some(({ sources, fresh }) => sources.length > 0 && !fresh)) refusals.push('trust.list-stale');
  const lists = (await trust.revocationLists?.(certificate.issuer.country)) ?? [];
  return {
    certificate: own?.summary ?? summarise(certificate, 'link'),
    held: own !== null,
    believed: own === null ? path.length > 1 && refusals.length === 0 : isBelieved(own),
    path,
    sameKey: named
      .map(({ summary }) => summary)
      .filter((each) => each.publicKeyFingerprint === key && each.fingerprint !== certificate.fingerprint),
    revocation,
    revocationLists: lists.map(({ der: _der, ...list }) => list),
    refusals: [...new Set(refusals)],
    remarks: remarks.filter(({ fingerprint }) => fingerprint === certificate.fingerprint),
  };
}

function unheld(certificate: Certificate): ExplainedStep {
  return { certificate: summarise(certificate, 'link'), sources: [], believed: false, fresh: true };
}

// From a certificate to the one that verified it, and on; a circle ends where it began.
async function chain(
  from: StoredCertificate,
  trust: TrustLookup,
  { at, limits }: { readonly at: PlainDate; readonly limits: TrustLimits },
): Promise<ExplainedStep[]> {
  const steps: ExplainedStep[] = [];
  const seen = new Set<string>();
  for (let current: StoredCertificate | null = from; current !== null && steps.length < longestPath; ) {
    const { summary, sources, verifiedBy }: StoredCertificate = current;
    if (seen.has(summary.fingerprint)) break;
    seen.add(summary.fingerprint);
    const fresh = isFreshlySourced(sources, at, limits);
    steps.push({ certificate: summary, sources, believed: isBelieved(current), fresh });
    if (verifiedBy === null || verifiedBy === summary.fingerprint) break;
    const issuers: readonly StoredCertificate[] = await trust.candidates({
      keyIdentifier: summary.authorityKeyIdentifier,
      subjectKey: summary.issuerKey,
    });
    current = issuers.find((issuer) => issuer.summary.fingerprint === verifiedBy) ?? null;
  }
  return steps;
}
