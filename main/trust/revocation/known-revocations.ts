import { asFailure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { isOneAuthority } from '../path/authority-lineage.ts';
import { isBelieved } from '../path/belief.ts';
import type { StoredCertificate, StoredRevocationList, TrustLookup } from '../types.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { openRevocationList } from './open-revocation-list.ts';
import type { RevocationList } from './revocation-list.ts';
import { type ListedBy, signerOfRevocationList } from './revocation-signer.ts';
import { onHold, type RevokedCertificate, serialKey } from './revoked-certificates.ts';

/** A revocation list that somebody signed who may. */
export interface SignedRevocationList {
  readonly stored: StoredRevocationList;
  readonly list: RevocationList;
  readonly signer: ListedBy;
}

/** That a certificate is revoked, and by which list. */
export interface Revocation extends RevokedCertificate {
  readonly certificate: Certificate;
  /** Fingerprint of the list that names it. */
  readonly list: string;
  /** Whether a newer list of the authority no longer names it: it stays revoked all the same (RFC 5280 §3.3, §5.3.1). */
  readonly omitted: boolean;
}

/**
 * The lists whose signer may speak for the authority that `issuer` is of, newest first; `code` says why there are none. One
 * that cannot be used is not passed over in silence: where none is left, the reason of the newest stands for all.
 */
export async function listsFor(
  issuer: StoredCertificate,
  trust: TrustLookup,
  country: string,
): Promise<{ readonly lists: readonly SignedRevocationList[]; readonly kept: number; readonly code: FailureCode }> {
  const kept = (await trust.revocationLists?.(country)) ?? [];
  const lists: SignedRevocationList[] = [];
  let code: FailureCode | null = null;
  for (const stored of kept.toSorted((a, b) => (a.thisUpdate < b.thisUpdate ? 1 : -1))) {
    try {
      const list = openRevocationList(stored);
      const found = await signerOfRevocationList(list, trust);
      if (!('signer' in found)) code ??= found.code;
      else if (await isOneAuthority(found.signer.stored, issuer, trust))
        lists.push({ stored, list, signer: found.signer });
      else code ??= 'revocation.issuer-unknown';
    } catch (thrown) {
      if (asFailure(thrown).code === 'internal.unexpected') throw thrown;
      code ??= asFailure(thrown).code;
    }
  }
  return { lists, kept: kept.length, code: code ?? 'revocation.no-list' };
}

/**
 * What the lists, newest first, are worth: a list of a key that was revoked counts up to the day of that revocation, and
 * where it revokes that key itself (9303-12 §4.1.5.1); whoever has such a key since could name anybody. `newest` is the
 * newest whose signer is valid on the day and not revoked: it alone says that somebody is not revoked.
 */
export async function weighedLists(
  lists: readonly SignedRevocationList[],
  trust: TrustLookup,
  at: PlainDate,
): Promise<{ readonly counted: readonly SignedRevocationList[]; readonly newest: SignedRevocationList | null }> {
  const counted: SignedRevocationList[] = [];
  let newest: SignedRevocationList | null = null;
  for (const each of lists) {
    const revocation = await authorityRevocation(each.signer, lists, trust);
    const own = revocation?.list === each.list.fingerprint;
    if (revocation === null || own || each.list.thisUpdate <= revocation.date) counted.push(each);
    if (revocation === null && isValidOn(each.signer.certificate, at)) newest ??= each;
  }
  return { counted, newest };
}

/**
 * Whether one of the lists, newest first, names the certificate. What one of them has named stays so: only a certificate
 * that was on hold may come back (RFC 5280 §5.3.1).
 */
export function revocationIn(lists: readonly SignedRevocationList[], certificate: Certificate): Revocation | null {
  const serial = serialKey(certificate.serialNumber);
  for (const [index, { stored, list }] of lists.entries()) {
    const entry = list.revoked.get(serial);
    const newest = index === 0;
    if (entry !== undefined && (newest || entry.reason !== onHold))
      return { ...entry, certificate, list: list.fingerprint, omitted: !newest };
    const carried = stored.omitted?.find((omitted) => omitted.serial === serial);
    if (carried !== undefined)
      return { date: carried.date, reason: carried.reason, certificate, list: carried.list, omitted: true };
  }
  return null;
}

/**
 * Whether the key of a country signing certificate is revoked: one of the certificates for it is named. 9303-12 §4.1.5.1:
 * then the key is compromised, whichever certificate holds it. An entry names a certificate of the list's issuer (RFC 5280
 * §5.3); another authority's may bear the same number.
 */
export async function authorityRevocation(
  { stored, certificate }: ListedBy,
  lists: readonly SignedRevocationList[],
  trust: TrustLookup,
): Promise<Revocation | null> {
  const { subjectKeyIdentifier, subjectKey, publicKeyFingerprint } = stored.summary;
  const twins = (await trust.candidates({ keyIdentifier: subjectKeyIdentifier, subjectKey })).filter(
    (each) =>
      isBelieved(each) &&
      each.summary.publicKeyFingerprint === publicKeyFingerprint &&
      each.summary.fingerprint !== stored.summary.fingerprint,
  );
  for (const each of [certificate, ...twins.map(({ der }) => parseCertificate(der))]) {
    const found = revocationIn(
      lists.filter(({ list }) => list.issuer.key === each.issuer.key),
      each,
    );
    if (found !== null) return found;
  }
  return null;
}

/** Whether the certificate is valid on a day. */
export function isValidOn({ notBefore, notAfter }: Certificate, day: PlainDate): boolean {
  return notBefore <= day && day <= notAfter;
}
