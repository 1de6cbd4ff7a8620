import { asFailure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { isBelieved, issuedByStored } from './belief.ts';
import { type Certificate, parseCertificate, publicKeyOf, summarise } from './certificate.ts';
import { holdsRefusedKey } from './certificate-import.ts';
import type { ImportContext, ImportRemark, StoredCertificate, TrustLookup, TrustSource } from './types.ts';

export interface LinkImport {
  readonly certificates: readonly StoredCertificate[];
  readonly known: number;
  readonly refused: readonly ImportRemark[];
}

/**
 * Country signing certificates that no signed list vouches for. A link certificate counts where a key that is believed
 * already has signed it (9303-12 §4.1.4.3, §6.1.1); a self-signed one counts for nothing. One link may carry the next.
 */
export async function importLinks(
  encoded: readonly Uint8Array[],
  source: TrustSource,
  context: Pick<ImportContext, 'refusedPublicKeys'> & { readonly trust: TrustLookup },
): Promise<LinkImport> {
  const accepted = new Map<string, StoredCertificate>();
  const refusals = new Map<string, ImportRemark>();
  const waiting = new Map<string, Certificate>();
  let known = 0;
  for (const der of encoded) {
    const certificate = parseCertificate(der);
    const held = await context.trust.candidates({ keyIdentifier: null, subjectKey: certificate.subject.key });
    if (held.some(({ summary }) => summary.fingerprint === certificate.fingerprint)) known++;
    else waiting.set(certificate.fingerprint, certificate);
  }
  for (let taken = true; taken; ) {
    taken = false;
    for (const [fingerprint, certificate] of waiting) {
      const verdict = await judge(certificate, accepted, context);
      if ('code' in verdict) {
        const { country, text: subject } = certificate.subject;
        refusals.set(fingerprint, { country, subject, fingerprint, code: verdict.code });
        continue;
      }
      const summary = summarise(certificate, 'link');
      const { fingerprint: verifiedBy } = verdict.issuer.summary;
      accepted.set(fingerprint, { summary, der: certificate.der.slice(), verifiedBy, sources: [source] });
      waiting.delete(fingerprint);
      refusals.delete(fingerprint);
      taken = true;
    }
  }
  return { certificates: [...accepted.values()], known, refused: [...refusals.values()] };
}

async function judge(
  certificate: Certificate,
  accepted: ReadonlyMap<string, StoredCertificate>,
  { trust, refusedPublicKeys }: Pick<ImportContext, 'refusedPublicKeys'> & { readonly trust: TrustLookup },
): Promise<{ readonly issuer: StoredCertificate } | { readonly code: FailureCode }> {
  try {
    publicKeyOf(certificate);
    if (holdsRefusedKey(certificate, refusedPublicKeys)) return { code: 'certificate.training-issuer' };
    const { authorityKeyIdentifier, keyUsage } = certificate.extensions;
    if (keyUsage?.keyCertSign === false) return { code: 'certificate.usage-wrong' };
    const stored = await trust.candidates({
      keyIdentifier: authorityKeyIdentifier,
      subjectKey: certificate.issuer.key,
    });
    const candidates = [...stored, ...accepted.values()].filter(
      (issuer) => isBelieved(issuer) && issuer.summary.country === certificate.subject.country,
    );
    const issuer = candidates.find((each) => issuedByStored(certificate, each));
    if (issuer !== undefined) return { issuer };
    return {
      code: certificate.subject.key === certificate.issuer.key ? 'trust.not-vouched' : 'certificate.issuer-unknown',
    };
  } catch (thrown) {
    return { code: asFailure(thrown).code };
  }
}
