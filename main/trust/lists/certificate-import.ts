import { asFailure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { ImportContext, ImportRemark, StoredCertificate, TrustImport, TrustSource } from '../types.ts';
import {
  type Certificate,
  parseCertificate,
  publicKeyFingerprint,
  publicKeyOf,
  signatureStanding,
} from '../x509/certificate.ts';
import { fingerprintOf } from '../x509/fingerprint.ts';
import { canonicalPublicKeyInfo } from '../x509/public-key.ts';
import { refusedCertificate } from '../x509/refused-certificate.ts';
import { summarise } from '../x509/summarise.ts';
import type { SignatureStanding } from '../x509/verify-signature.ts';
import { IssuerIndex, type PossibleIssuer } from './issuer-index.ts';

/** How a certificate of a list fared: by whom it was signed, or why it was not taken. */
type Verdict =
  | { readonly kind: 'self-signed' | 'link'; readonly verifiedBy: string }
  | { readonly kind: 'orphan' }
  | { readonly kind: 'refused'; readonly code: FailureCode };

type Imported = Pick<
  TrustImport,
  'read' | 'new' | 'known' | 'verified' | 'orphans' | 'refused' | 'remarked' | 'certificates'
>;

/**
 * Takes the certificates of a trusted list one by one: each is verified by its own key or by another one of the list or
 * the store. One whose issuer is not there is taken as listed and remarked as an orphan (TR-03135-1 §5.6.4.3.3); one that
 * cannot be read, has an unknown or refused key, or whose signature is wrong is refused alone.
 */
export async function importCertificates(
  encoded: readonly Uint8Array[],
  source: TrustSource,
  context: ImportContext,
): Promise<Imported> {
  const known = new Map(context.known.map((stored) => [stored.summary.fingerprint, stored]));
  const index = new IssuerIndex();
  for (const stored of context.known) index.addStored(stored);
  const refused: ImportRemark[] = [];
  const orphans: ImportRemark[] = [];
  const remarked: ImportRemark[] = [];
  const distinct = new Map(encoded.map((der) => [fingerprintOf(der), der]));

  const readable: PossibleIssuer[] = [];
  const certificates: StoredCertificate[] = [];
  for (const [fingerprint, der] of distinct) {
    const stored = known.get(fingerprint);
    // What was verified once is not verified again; an orphan may have found its issuer meanwhile.
    if (
      stored !== undefined &&
      stored.verifiedBy !== null &&
      !context.refusedPublicKeys.has(stored.summary.publicKeyFingerprint)
    )
      certificates.push(withSource(stored, source));
    else takeReadable(der);
  }

  function takeReadable(der: Uint8Array): void {
    let certificate: Certificate | null = null;
    try {
      certificate = parseCertificate(der);
      const key = publicKeyOf(certificate);
      if (holdsRefusedKey(certificate, context.refusedPublicKeys))
        refused.push(remark(certificate, 'certificate.training-issuer'));
      else readable.push({ certificate, publicKeyFingerprint: publicKeyFingerprint(certificate), key });
    } catch (thrown) {
      refused.push(
        certificate === null ? refusedCertificate(der, thrown) : remark(certificate, asFailure(thrown).code),
      );
    }
  }

  for (const issuer of readable) if (!known.has(issuer.certificate.fingerprint)) index.add(issuer);
  let verified = certificates.length;
  for (const [done, candidate] of readable.entries()) {
    await context.onProgress?.(distinct.size - readable.length + done, distinct.size);
    const { certificate } = candidate;
    const verdict = judge(candidate, index);
    if (verdict.kind === 'refused') {
      refused.push(remark(certificate, verdict.code));
      continue;
    }
    if (verdict.kind === 'orphan') orphans.push(remark(certificate, 'certificate.issuer-unknown'));
    else verified++;
    if (certificate.extensions.unreadable.length > 0) remarked.push(remark(certificate, 'certificate.part-unreadable'));
    const summary = summarise(certificate, verdict.kind === 'self-signed' ? 'self-signed' : 'link');
    const verifiedBy = verdict.kind === 'orphan' ? null : verdict.verifiedBy;
    const sources = known.get(certificate.fingerprint)?.sources ?? [];
    certificates.push(withSource({ summary, der: certificate.der.slice(), verifiedBy, sources }, source));
  }
  await context.onProgress?.(distinct.size, distinct.size);
  const knownCount = certificates.filter(({ summary }) => known.has(summary.fingerprint)).length;
  return {
    read: encoded.length,
    new: certificates.length - knownCount,
    known: knownCount,
    verified,
    orphans,
    refused,
    remarked,
    certificates,
  };
}

/** Whether the key of the certificate, in whatever form it is written, is among these (SHA-256 over subjectPublicKeyInfo). */
export function holdsRefusedKey(certificate: Certificate, refusedPublicKeys: ReadonlySet<string>): boolean {
  return (
    refusedPublicKeys.has(publicKeyFingerprint(certificate)) ||
    refusedPublicKeys.has(fingerprintOf(canonicalPublicKeyInfo(publicKeyOf(certificate))))
  );
}

function withSource(stored: StoredCertificate, source: TrustSource): StoredCertificate {
  const others = stored.sources.filter(({ kind, digest }) => kind !== source.kind || digest !== source.digest);
  return { ...stored, sources: [...others, source] };
}

function remark(certificate: Certificate, code: FailureCode): ImportRemark {
  const { subject, fingerprint } = certificate;
  return { country: subject.country, subject: subject.text, fingerprint, code };
}

// Names do not tell who signed: link certificates often carry the same name twice, with another key (SE, DE). The key
// identifiers say where to look first; the signature decides. Each key is tried once.
function judge(candidate: PossibleIssuer, index: IssuerIndex): Verdict {
  const { certificate } = candidate;
  const { authorityKeyIdentifier, subjectKeyIdentifier } = certificate.extensions;
  const standings = new Map<string, SignatureStanding>();
  const signedBy = ({ publicKeyFingerprint: key, key: publicKey }: PossibleIssuer): boolean => {
    const standing = standings.get(key) ?? signatureStanding(certificate, publicKey);
    standings.set(key, standing);
    return standing === 'right';
  };
  try {
    const sameName = certificate.issuer.key === certificate.subject.key;
    const own = sameName && (authorityKeyIdentifier === null || authorityKeyIdentifier === subjectKeyIdentifier);
    if (own && signedBy(candidate)) return { kind: 'self-signed', verifiedBy: certificate.fingerprint };
    const named = authorityKeyIdentifier === null ? [] : index.withIdentifier(authorityKeyIdentifier);
    for (const issuer of new Set([...named, ...index.withSubject(certificate.issuer.key)]))
      if (issuer.publicKeyFingerprint !== candidate.publicKeyFingerprint && signedBy(issuer))
        return { kind: 'link', verifiedBy: issuer.certificate.fingerprint };
    if (!own && sameName && signedBy(candidate)) return { kind: 'self-signed', verifiedBy: certificate.fingerprint };
    // X.690 §10.1: right numbers, wrongly written. It is refused, but not as a forgery.
    if ([...standings.values()].includes('misencoded'))
      return { kind: 'refused', code: 'certificate.signature-misencoded' };
    // Orphan only while the key that is said to have signed is not at hand.
    const issuerAtHand = own || named.some((issuer) => issuer.certificate.subject.key === certificate.issuer.key);
    return issuerAtHand ? { kind: 'refused', code: 'certificate.signature-wrong' } : { kind: 'orphan' };
  } catch (thrown) {
    return { kind: 'refused', code: asFailure(thrown).code };
  }
}
