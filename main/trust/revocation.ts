import { type Check, type Detail, notMade, successful, unsuccessful } from '../result/check.ts';
import { asFailure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { isBelieved } from './belief.ts';
import { type Certificate, parseCertificate, publicKeyOf } from './certificate.ts';
import { clockWentBack, lastDay } from './freshness.ts';
import type { PathFinding } from './path.ts';
import { ageOf, namedCertificate } from './resting-on.ts';
import { namesRevocationList } from './revocation-addresses.ts';
import { parseRevocationList, type RevocationList, serialKey } from './revocation-list.ts';
import { parseSignatureAlgorithm } from './signature-algorithm.ts';
import type { StoredCertificate, StoredRevocationList, TrustLimits, TrustLookup } from './types.ts';
import { examineSignature, type SignatureStanding } from './verify-signature.ts';

const id = 'passive-authentication.revocation';

/** Who signed a revocation list, or why nobody known did. */
export type RevocationListSigner =
  | { readonly signer: StoredCertificate }
  | { readonly code: 'revocation.issuer-unknown' | 'revocation.signature-wrong' | 'revocation.signature-misencoded' };

/**
 * The believed country signing certificate whose key signed the list: of the same country, allowed to sign lists, found by
 * key identifier or name, proved by the signature. 9303-12 §4.1.5: the newest key signs for all keys of the authority.
 */
export async function signerOfRevocationList(list: RevocationList, trust: TrustLookup): Promise<RevocationListSigner> {
  const identified =
    list.authorityKeyIdentifier === null
      ? []
      : await trust.candidates({ keyIdentifier: list.authorityKeyIdentifier, subjectKey: null });
  const named = await trust.candidates({ keyIdentifier: null, subjectKey: list.issuer.key });
  const candidates = [...identified, ...named].filter(
    (stored) => isBelieved(stored) && stored.summary.country === list.issuer.country,
  );
  let misencoded = false;
  for (const stored of candidates) {
    const standing = signedList(list, stored);
    if (standing === 'right') return { signer: stored };
    misencoded ||= standing === 'misencoded';
  }
  if (misencoded) return { code: 'revocation.signature-misencoded' };
  return { code: candidates.length === 0 ? 'revocation.issuer-unknown' : 'revocation.signature-wrong' };
}

function signedList(list: RevocationList, stored: StoredCertificate): SignatureStanding {
  try {
    const certificate = parseCertificate(stored.der);
    if (certificate.extensions.keyUsage?.cRLSign === false) return 'wrong';
    const algorithm = parseSignatureAlgorithm(list.signatureAlgorithm);
    return examineSignature(publicKeyOf(certificate), algorithm, list.signed, list.signature);
  } catch (thrown) {
    if (asFailure(thrown).code === 'internal.unexpected') throw thrown;
    return 'wrong';
  }
}

interface UsableList {
  readonly list: RevocationList;
  readonly signer: StoredCertificate;
}

/**
 * `passive-authentication.revocation` (TR-03135-1 §5.6.4.3.5, 9303-12 App. D.1.2): `failed` where the newest list of the
 * authority names the signer or its issuer, `successful` where a fresh one names neither, else `undetermined`. The
 * specimens' issuers publish no lists: for them the check is not made.
 */
export async function checkRevocation(
  signer: Certificate,
  path: PathFinding,
  around: { readonly trust: TrustLookup; readonly at: PlainDate; readonly limits: TrustLimits },
): Promise<Check> {
  if (path.result !== 'successful') return unsuccessful(id, 'undetermined', path.code, { list: null });
  const { stored, certificate } = path.issuer;
  const kept = (await around.trust.revocationLists?.(signer.issuer.country)) ?? [];
  if (kept.length === 0 && stored.sources.length > 0 && stored.sources.every(({ kind }) => kind === 'training'))
    return notMade(id);
  const found = await newestUsable(kept, signer, around.trust);
  if ('code' in found) {
    // What no certificate of the authority says where to find, nobody can import: that is no fault of the station.
    const published =
      found.code !== 'revocation.no-list' || (await namesRevocationList(signer, certificate, around.trust));
    const code = published ? found.code : 'revocation.not-published';
    return unsuccessful(id, 'undetermined', code, { list: null, lists: kept.length });
  }
  // Serial numbers are those of one authority: another one's, that of a link certificate for example, may be the same.
  const ofThisAuthority = [found.list.issuer.key, signer.issuer.key].includes(certificate.issuer.key);
  return judge(found, ofThisAuthority ? [signer, certificate] : [signer], around);
}

// The last reason stands for all: the lists are tried from the newest, and one that cannot be used is not passed over in
// silence for none at all.
async function newestUsable(
  kept: readonly StoredRevocationList[],
  signer: Certificate,
  trust: TrustLookup,
): Promise<UsableList | { readonly code: FailureCode }> {
  let code: FailureCode = 'revocation.no-list';
  for (const stored of kept.toSorted((a, b) => (a.thisUpdate < b.thisUpdate ? 1 : -1))) {
    try {
      const list = parseRevocationList(stored.der);
      if (!(await speaksFor(list, signer, trust))) {
        if (code === 'revocation.no-list') code = 'revocation.issuer-unknown';
        continue;
      }
      const found = await signerOfRevocationList(list, trust);
      if ('signer' in found) return { list, signer: found.signer };
      code = found.code;
    } catch (thrown) {
      code = asFailure(thrown).code;
    }
  }
  return { code };
}

// A list is of an authority, whatever key of it has signed; a change of name is told by a link certificate that bears the
// old name as issuer and the new one as subject (9303-12 §7.1.3).
async function speaksFor(list: RevocationList, signer: Certificate, trust: TrustLookup): Promise<boolean> {
  if (list.issuer.country !== signer.issuer.country) return false;
  if (list.issuer.key === signer.issuer.key) return true;
  const renamed = await trust.candidates({ keyIdentifier: null, subjectKey: list.issuer.key });
  return renamed.some((link) => isBelieved(link) && link.summary.issuerKey === signer.issuer.key);
}

function judge(
  { list, signer: listSigner }: UsableList,
  certificates: readonly Certificate[],
  { at, limits }: { readonly at: PlainDate; readonly limits: TrustLimits },
): Check {
  const until = lastDay('revocation-list', list.thisUpdate, list.nextUpdate, limits);
  const detail: Record<string, Detail> = {
    list: {
      fingerprint: list.fingerprint,
      issuer: list.issuer.text,
      number: list.number,
      thisUpdate: list.thisUpdate,
      nextUpdate: list.nextUpdate,
      ageDays: ageOf(list.thisUpdate, at),
      entries: list.revoked.size,
      signer: listSigner.summary.fingerprint,
    },
    until,
    at,
    certificates: certificates.map(namedCertificate),
  };
  for (const certificate of certificates) {
    const entry = list.revoked.get(serialKey(certificate.serialNumber));
    // A list that has grown old still says who was revoked.
    if (entry !== undefined)
      return unsuccessful(id, 'failed', 'certificate.revoked', {
        ...detail,
        revoked: { fingerprint: certificate.fingerprint, date: entry.date, reason: entry.reason },
      });
  }
  if (clockWentBack(at, list.thisUpdate)) return unsuccessful(id, 'undetermined', 'clock.went-back', detail);
  return at > until ? unsuccessful(id, 'undetermined', 'revocation.stale', detail) : successful(id, detail);
}
