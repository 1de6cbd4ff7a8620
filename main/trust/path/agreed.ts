import { type Check, unsuccessful } from '../../result/check.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { StoredCertificate, TrustLookup } from '../types.ts';

/*
 * What a second reading disagrees on is believed less, never more (docs/decisions/0003): every search goes on as before, so that
 * what failed fails, and what came out well is no longer successful where it rests on such a certificate or list.
 */

/** The check as it stands where it rests on something that two readings have otherwise. Only what was successful changes. */
export function asAgreed(check: Check, fields: readonly string[] | undefined, code: FailureCode): Check {
  if (fields === undefined || check.result !== 'successful') return check;
  return unsuccessful(check.id, 'undetermined', code, { ...check.detail, readingsDiffer: [...fields] });
}

/** A lookup that notes whether it has handed out a certificate on which two readings disagree. */
export function watched(trust: TrustLookup): { readonly trust: TrustLookup; readonly sawDisputed: () => boolean } {
  let disputed = false;
  const candidates: TrustLookup['candidates'] = async (query) => {
    const found = await trust.candidates(query);
    disputed ||= found.some(isDisputed);
    return found;
  };
  return { trust: withCandidates(trust, candidates), sawDisputed: () => disputed };
}

/** The same store without the certificates on which two readings disagree. */
export function agreedOnly(trust: TrustLookup): TrustLookup {
  return withCandidates(trust, async (query) => (await trust.candidates(query)).filter((each) => !isDisputed(each)));
}

export function isDisputed({ readingsDiffer }: Pick<StoredCertificate, 'readingsDiffer'>): boolean {
  return readingsDiffer !== undefined;
}

// The lookup may be an object of a class: its methods are asked for by name.
function withCandidates(trust: TrustLookup, candidates: TrustLookup['candidates']): TrustLookup {
  return {
    candidates,
    size: () => trust.size(),
    revocationLists: async (country) => (await trust.revocationLists?.(country)) ?? [],
    documentSigners: async (query) => (await trust.documentSigners?.(query)) ?? [],
    defectLists: async () => (await trust.defectLists?.()) ?? [],
  };
}
