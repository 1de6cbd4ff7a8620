import { type Check, type Detail, successful, unsuccessful } from '../../result/check.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { agreedOnly, asAgreed, watched } from '../path/agreed.ts';
import { clockWentBack, lastDay } from '../path/freshness.ts';
import type { PathFinding, TrustedIssuer } from '../path/path.ts';
import { ageOf, namedCertificate } from '../path/resting-on.ts';
import type { TrustLimits, TrustLookup } from '../types.ts';
import type { Certificate } from '../x509/certificate.ts';
import {
  authorityRevocation,
  listsFor,
  type Revocation,
  revocationIn,
  type SignedRevocationList,
  weighedLists,
} from './known-revocations.ts';
import { namesRevocationList } from './revocation-addresses.ts';
import type { RevocationList } from './revocation-list.ts';

const id = 'passive-authentication.revocation';

interface Around {
  readonly trust: TrustLookup;
  readonly at: PlainDate;
  readonly limits: TrustLimits;
}

/**
 * `passive-authentication.revocation` (TR-03135-1 §5.6.4.3.5, 9303-12 App. D.1.2, RFC 5280 §6.3.3): `failed` where a list of
 * the authority names the signer or its issuer or once did, `successful` where the newest names neither, is fresh, and is
 * signed by a key that is valid and not revoked itself; else `undetermined`.
 */
export async function checkRevocation(signer: Certificate, path: PathFinding, given: Around): Promise<Check> {
  const watch = watched(given.trust);
  const around = { ...given, trust: watch.trust };
  if (path.result !== 'successful') return unsuccessful(id, 'undetermined', path.code, { list: null });
  const { issuer } = path;
  const { lists, kept, code } = await listsFor(issuer.stored, around.trust, signer.issuer.country);
  const { counted, newest } = await weighedLists(lists, around.trust, around.at);
  const [shown] = newest === null ? lists : [newest];
  if (shown === undefined) {
    // What no certificate of the authority says where to find, nobody can import: that is no fault of the station.
    const published =
      code !== 'revocation.no-list' || (await namesRevocationList(signer, issuer.certificate, around.trust));
    return unsuccessful(id, 'undetermined', published ? code : 'revocation.not-published', { list: null, lists: kept });
  }
  const detail = detailOf(shown, [signer, issuer.certificate], around);
  const found = revocationIn(counted, signer) ?? (await issuerRevocation(signer, issuer, counted, around.trust));
  if (found !== null)
    return unsuccessful(id, 'failed', 'certificate.revoked', {
      ...detail,
      revoked: {
        fingerprint: found.certificate.fingerprint,
        date: found.date,
        reason: found.reason,
        list: found.list,
        omitted: found.omitted,
      },
      remarks: found.omitted ? ['revocation.omitted'] : [],
    });
  // RFC 5280 §6.3.3(f), (g): a list of a key that has ended or is revoked clears nobody.
  if (newest === null) return unsuccessful(id, 'undetermined', 'revocation.signer-invalid', detail);
  if (clockWentBack(around.at, newest.list.thisUpdate))
    return unsuccessful(id, 'undetermined', 'clock.went-back', detail);
  if (around.at > untilOf(newest.list, around.limits))
    return unsuccessful(id, 'undetermined', 'revocation.stale', detail);
  const { stored, signer: signedBy } = newest;
  const own = stored.readingsDiffer ?? signedBy.stored.readingsDiffer;
  const disputed = own ?? ((await standsAgreed(newest, issuer, signer.issuer.country, watch)) ? undefined : []);
  return asAgreed(successful(id, detail), disputed, 'revocation.readings-differ');
}

// Whether the list speaks for the authority also without the certificates on which two readings disagree.
async function standsAgreed(
  { list }: SignedRevocationList,
  issuer: TrustedIssuer,
  country: string,
  { trust, sawDisputed }: ReturnType<typeof watched>,
): Promise<boolean> {
  if (!sawDisputed()) return true;
  const { lists } = await listsFor(issuer.stored, agreedOnly(trust), country);
  return lists.some((each) => each.list.fingerprint === list.fingerprint);
}

function untilOf({ thisUpdate, nextUpdate }: RevocationList, limits: TrustLimits): PlainDate {
  return lastDay('revocation-list', thisUpdate, nextUpdate, limits);
}

// An issuer that another authority has linked bears a number of that authority.
async function issuerRevocation(
  signer: Certificate,
  issuer: TrustedIssuer,
  lists: readonly SignedRevocationList[],
  trust: TrustLookup,
): Promise<Revocation | null> {
  const own = lists.filter(({ list }) => [list.issuer.key, signer.issuer.key].includes(issuer.certificate.issuer.key));
  return revocationIn(own, issuer.certificate) ?? (await authorityRevocation(issuer, lists, trust));
}

function detailOf(
  { list, signer }: SignedRevocationList,
  certificates: readonly Certificate[],
  { at, limits }: Around,
): Record<string, Detail> {
  return {
    list: {
      fingerprint: list.fingerprint,
      issuer: list.issuer.text,
      number: list.number,
      thisUpdate: list.thisUpdate,
      nextUpdate: list.nextUpdate,
      ageDays: ageOf(list.thisUpdate, at),
      entries: list.revoked.size,
      signer: signer.stored.summary.fingerprint,
    },
    until: untilOf(list, limits),
    at,
    certificates: certificates.map(namedCertificate),
  };
}
