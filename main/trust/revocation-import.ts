import { Failure } from '../result/failure.ts';
import { signerOfRevocationList } from './revocation.ts';
import { parseRevocationList, type RevocationList } from './revocation-list.ts';
import type { StoredRevocationList, TrustLookup } from './types.ts';

/** A revocation list as it is kept. */
export function storedRevocationList(list: RevocationList): StoredRevocationList {
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
  };
}

/**
 * Reads a revocation list (DER) that a believed country signing certificate must have signed. One that is older than what
 * the store has of the same issuer is refused. Fails with `revocation.malformed`, `revocation.not-complete`,
 * `revocation.issuer-unknown`, `revocation.signature-wrong`, `revocation.older`.
 */
export async function acceptRevocationList(bytes: Uint8Array, trust: TrustLookup): Promise<StoredRevocationList> {
  const list = parseRevocationList(bytes);
  const { country, text: issuer, key } = list.issuer;
  const fields = { country, issuer, thisUpdate: list.thisUpdate };
  const found = await signerOfRevocationList(list, trust);
  if ('code' in found) throw new Failure(found.code, fields);
  const known = (await trust.revocationLists?.(country)) ?? [];
  const newer = known.find((other) => other.issuerKey === key && isNewer(other, list));
  if (newer !== undefined) throw new Failure('revocation.older', { ...fields, newer: newer.thisUpdate });
  return storedRevocationList(list);
}

// Two of one day differ by their numbers alone.
function isNewer(known: StoredRevocationList, list: RevocationList): boolean {
  if (known.thisUpdate !== list.thisUpdate) return known.thisUpdate > list.thisUpdate;
  return known.number !== null && list.number !== null && BigInt(known.number) > BigInt(list.number);
}
