import type { FailureCode } from '../../result/failure-codes.ts';
import { openRevocationList } from '../revocation/open-revocation-list.ts';
import { onHold, serialKey } from '../revocation/revoked-certificates.ts';
import type { IsRevoked, StoredRevocationList } from '../types.ts';
import type { Certificate } from '../x509/certificate.ts';
import { authorityFault } from '../x509/signer-usage.ts';

/*
 * What a link certificate that no signed list holds must be, to be believed for the sake of the key that signed it (RFC 5280
 * §6.1.3(a), §6.1.4(k), (n), (o); 9303-12 §4.1.4.3, §7.1). One that stands in a trusted list is trusted as listed.
 */

export const nothingRevoked: IsRevoked = () => false;

/** A stored certificate for the key that signed a link. */
export interface KeyHolder {
  readonly certificate: Certificate;
  readonly believed: boolean;
}

/** What speaks against a link whoever has signed it; null where nothing does. */
export function linkFault(link: Certificate): FailureCode | null {
  const [own, issuer] = [link.subject.country, link.issuer.country];
  // 9303-12 §7.1.1.2: one country in each name, and both the same.
  if (own === '' || issuer === '') return 'certificate.country-unknown';
  if (own !== issuer) return 'certificate.country-differs';
  return authorityFault(link) === null ? null : 'certificate.not-authority';
}

/**
 * Which of the certificates for the key that signed a link vouches for it, or why none does. One of them must be believed,
 * bear the name that the link gives its issuer (RFC 5280 §6.1.3(a)(4)), be an authority, and have been valid on the day on
 * which the link was issued; none of them, believed or not, may have been revoked: the key is the same. That the issuer has
 * ended since is no fault: a link is made for the time after it (9303-12 §4.1.4.3).
 */
export function voucherFor<Holder extends KeyHolder>(
  link: Certificate,
  holders: readonly Holder[],
  isRevoked: IsRevoked,
): { readonly issuer: Holder } | { readonly code: FailureCode } {
  const named = holders.filter(({ certificate, believed }) => believed && certificate.subject.key === link.issuer.key);
  if (named.length === 0) return { code: 'certificate.issuer-differs' };
  if ([link, ...holders.map(({ certificate }) => certificate)].some(isRevoked)) return { code: 'certificate.revoked' };
  const authorities = named.filter(({ certificate }) => authorityFault(certificate) === null);
  if (authorities.length === 0) return { code: 'certificate.not-authority' };
  const issuer = authorities.find(
    ({ certificate: { notBefore, notAfter } }) => notBefore <= link.notBefore && link.notBefore <= notAfter,
  );
  return issuer === undefined ? { code: 'certificate.issued-out-of-time' } : { issuer };
}

/**
 * Whether one of these lists names a certificate. A list speaks for its own authority: the one that bears the issuer's name,
 * or, after a change of name, the subject's (9303-12 §7.1.3); the same number of another authority is another certificate.
 * What an earlier edition had named and a later one does not stays revoked, unless it was on hold (RFC 5280 §5.3.1). Fails as
 * `openRevocationList` where one cannot be read.
 */
export function revokedBy(lists: readonly StoredRevocationList[]): IsRevoked {
  const newestFirst = lists.toSorted((a, b) => (a.thisUpdate < b.thisUpdate ? 1 : -1));
  const byIssuer = Map.groupBy(newestFirst, ({ issuerKey }) => issuerKey);
  for (const list of lists) openRevocationList(list);
  return ({ issuer, subject, serialNumber }) => {
    const serial = serialKey(serialNumber);
    return [issuer.key, subject.key].some((name) => isNamed(byIssuer.get(name) ?? [], serial));
  };
}

function isNamed(newestFirst: readonly StoredRevocationList[], serial: string): boolean {
  return newestFirst.some((stored, index) => {
    const entry = openRevocationList(stored).revoked.get(serial);
    const named = entry !== undefined && (index === 0 || entry.reason !== onHold);
    return named || stored.omitted?.some((omitted) => omitted.serial === serial) === true;
  });
}
