import { asFailure } from '../../result/failure.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { isOneAuthority } from '../path/authority-lineage.ts';
import { isBelieved } from '../path/belief.ts';
import type { StoredCertificate, TrustLookup } from '../types.ts';
import { type Certificate, parseCertificate, publicKeyFingerprint, publicKeyOf } from '../x509/certificate.ts';
import { parseSignatureAlgorithm } from '../x509/signature-algorithm.ts';
import { examineSignature, type SignatureStanding } from '../x509/verify-signature.ts';
import type { RevocationList } from './revocation-list.ts';

/** A believed certificate whose key signed a revocation list. */
export interface ListedBy {
  readonly stored: StoredCertificate;
  readonly certificate: Certificate;
}

/** Who signed a revocation list, or why nobody who may. */
export type RevocationListSigner =
  | { readonly signer: ListedBy }
  | {
      readonly code:
        | 'revocation.issuer-unknown'
        | 'revocation.signature-wrong'
        | 'revocation.signature-misencoded'
        | 'revocation.signer-invalid';
    };

/**
 * The believed country signing certificate whose key signed the list: of the authority that the list names (RFC 5280
 * §6.3.3(b)), allowed to sign lists (§6.3.3(f)), valid on the day of the list, proved by the signature (§6.3.3(g)). 9303-12
 * §4.1.5: the newest key of an authority signs for all of its keys.
 */
export async function signerOfRevocationList(list: RevocationList, trust: TrustLookup): Promise<RevocationListSigner> {
  const named = await trust.candidates({ keyIdentifier: null, subjectKey: list.issuer.key });
  const identified =
    list.authorityKeyIdentifier === null
      ? []
      : await trust.candidates({ keyIdentifier: list.authorityKeyIdentifier, subjectKey: null });
  const ofCountry = (stored: StoredCertificate): boolean =>
    isBelieved(stored) && stored.summary.country === list.issuer.country;
  const candidates = new Map(
    [...identified, ...named].filter(ofCountry).map((each) => [each.summary.fingerprint, each]),
  );
  let misencoded = false;
  const signers: ListedBy[] = [];
  for (const stored of candidates.values()) {
    const found = signedBy(list, stored);
    if (found.standing === 'right') signers.push({ stored, certificate: found.certificate });
    misencoded ||= found.standing === 'misencoded';
  }
  if (signers.length === 0) {
    if (misencoded) return { code: 'revocation.signature-misencoded' };
    return { code: candidates.size === 0 ? 'revocation.issuer-unknown' : 'revocation.signature-wrong' };
  }
  const fit = signers.filter(({ certificate }) => maySignLists(certificate, list.thisUpdate));
  if (fit.length === 0) return { code: 'revocation.signer-invalid' };
  // Of the certificates for the key the one that lasts longest.
  fit.sort((a, b) => (a.certificate.notAfter < b.certificate.notAfter ? 1 : -1));
  for (const signer of fit) if (await isNamed(signer, named.filter(ofCountry), list, trust)) return { signer };
  return { code: 'revocation.issuer-unknown' };
}

async function isNamed(
  { stored }: ListedBy,
  named: readonly StoredCertificate[],
  list: RevocationList,
  trust: TrustLookup,
): Promise<boolean> {
  if (stored.summary.subjectKey === list.issuer.key) return true;
  for (const each of named) if (await isOneAuthority(stored, each, trust)) return true;
  // A name under which the key has signed another of its authority's certificates (ES) is its name too.
  const { subjectKeyIdentifier: keyIdentifier, subjectKey, publicKeyFingerprint: key } = stored.summary;
  const alike = (await trust.candidates({ keyIdentifier, subjectKey })).filter(isBelieved);
  const ofKey = alike.filter(({ summary }) => summary.publicKeyFingerprint === key);
  const fingerprints = new Set(ofKey.map(({ summary }) => summary.fingerprint));
  return alike.some(
    ({ summary, verifiedBy }) => summary.issuerKey === list.issuer.key && fingerprints.has(verifiedBy ?? ''),
  );
}

// 9303-12 §7.1: a country signing certificate states what its key is for and that it is an authority's. The list's own day
// counts: a key that signs after its certificate's end speaks for nobody.
function maySignLists({ extensions, notBefore, notAfter }: Certificate, day: PlainDate): boolean {
  const { keyUsage, basicConstraints, unknownCritical } = extensions;
  const allowed = keyUsage?.cRLSign === true && basicConstraints?.ca === true && unknownCritical.length === 0;
  return allowed && notBefore <= day && day <= notAfter;
}

// To hash some megabytes again tells nothing new of the same list and the same key.
const examined = new WeakMap<RevocationList, Map<string, SignatureStanding>>();

function signedBy(
  list: RevocationList,
  stored: StoredCertificate,
): { readonly standing: 'right' | 'misencoded'; readonly certificate: Certificate } | { readonly standing: 'wrong' } {
  try {
    const certificate = parseCertificate(stored.der);
    const known = examined.get(list) ?? new Map<string, SignatureStanding>();
    examined.set(list, known);
    const key = publicKeyFingerprint(certificate);
    const standing = known.get(key) ?? examine(list, certificate);
    known.set(key, standing);
    return standing === 'wrong' ? { standing } : { standing, certificate };
  } catch (thrown) {
    if (asFailure(thrown).code === 'internal.unexpected') throw thrown;
    return { standing: 'wrong' };
  }
}

function examine(list: RevocationList, certificate: Certificate): SignatureStanding {
  const algorithm = parseSignatureAlgorithm(list.signatureAlgorithm);
  return examineSignature(publicKeyOf(certificate), algorithm, list.signed, list.signature);
}
