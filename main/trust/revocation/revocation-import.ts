import { Failure } from '../../result/failure.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { refuseAhead } from '../path/clock-check.ts';
import type { OmittedRevocation, StoredRevocationList, TrustLookup } from '../types.ts';
import { authorityRevocation, isValidOn, listsFor } from './known-revocations.ts';
import { openRevocationList } from './open-revocation-list.ts';
import { parseRevocationList, type RevocationList } from './revocation-list.ts';
import { signerOfRevocationList } from './revocation-signer.ts';
import { onHold } from './revoked-certificates.ts';

/** A revocation list as it is kept. */
export function storedRevocationList(
  list: RevocationList,
  omitted: readonly OmittedRevocation[] = [],
): StoredRevocationList {
  return {
    fingerprint: list.fingerprint,
    country: list.issuer.country,
    issuer: list.issuer.text,
    issuerKey: list.issuer.key,
    thisUpdate: list.thisUpdate,
    nextUpdate: list.nextUpdate,
    number: list.number,
    entries: list.revoked.size,
    der: list.der.slice(),
    omitted,
  };
}

/**
 * Reads a revocation list (DER) that a believed country signing certificate must have signed, one that is valid on the day
 * and not revoked (RFC 5280 §6.3.3(f)). One that is dated after the day (§5.1.2.4) or older than what the store has of the
 * same issuer is refused. What that had named and this one does not comes along as `omitted`.
 *
 * Fails with `revocation.malformed`, `revocation.not-complete`, `revocation.issuer-unknown`, `revocation.signature-wrong`,
 * `revocation.signature-misencoded`, `revocation.signer-invalid`, `revocation.older`, `trust.list-ahead`.
 */
export async function acceptRevocationList(
  bytes: Uint8Array,
  trust: TrustLookup,
  at: PlainDate,
): Promise<StoredRevocationList> {
  const list = parseRevocationList(bytes);
  const { country, text: issuer, key } = list.issuer;
  const fields = { country, issuer, thisUpdate: list.thisUpdate };
  refuseAhead(list.thisUpdate, at, fields);
  const found = await signerOfRevocationList(list, trust);
  if ('code' in found) throw new Failure(found.code, fields);
  const { signer } = found;
  if (!isValidOn(signer.certificate, at))
    throw new Failure('revocation.signer-invalid', { ...fields, reason: 'validity' });
  const { lists } = await listsFor(signer.stored, trust, country);
  // The same list again may well revoke its own signer (9303-12 §4.1.5.1).
  const others = lists.filter(({ stored }) => stored.fingerprint !== list.fingerprint);
  if ((await authorityRevocation(signer, others, trust)) !== null)
    throw new Failure('revocation.signer-invalid', { ...fields, reason: 'revoked' });
  const known = ((await trust.revocationLists?.(country)) ?? []).filter((other) => other.issuerKey === key);
  const newer = known.find((other) => isNewer(other, list));
  if (newer !== undefined) throw new Failure('revocation.older', { ...fields, newer: newer.thisUpdate });
  // Several editions of one import stand beside each other: each number once.
  const omitted = new Map(known.flatMap((other) => omittedFrom(list, other)).map((each) => [each.serial, each]));
  return storedRevocationList(list, [...omitted.values()]);
}

// Two of one day differ by their numbers alone.
function isNewer(known: StoredRevocationList, list: RevocationList): boolean {
  if (known.thisUpdate !== list.thisUpdate) return known.thisUpdate > list.thisUpdate;
  return known.number !== null && list.number !== null && BigInt(known.number) > BigInt(list.number);
}

// Nothing but a certificate on hold comes back (RFC 5280 §5.3.1).
function omittedFrom(list: RevocationList, known: StoredRevocationList): readonly OmittedRevocation[] {
  const omitted = (known.omitted ?? []).filter(({ serial }) => !list.revoked.has(serial));
  const { revoked } = openRevocationList(known);
  for (const serial of revoked.keys()) {
    const entry = list.revoked.has(serial) ? undefined : revoked.get(serial);
    if (entry !== undefined && entry.reason !== onHold)
      omitted.push({ serial, date: entry.date, reason: entry.reason, list: known.fingerprint });
  }
  return omitted;
}
