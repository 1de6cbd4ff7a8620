import { canonicalBytes } from '../result/canonical-json.ts';
import { fingerprintOf } from '../trust/x509/fingerprint.ts';
import { silentTerms } from './terms.ts';
import type { Policy } from './types.ts';

/**
 * SHA-256 over a policy as it judges, every rule included, lower-case hex: what a record names. Terms of which the policy says
 * nothing are no part of it: a policy that has none bears the digest that earlier apps gave it.
 */
export function policyDigest(policy: Policy): string {
  const silent: Readonly<Record<string, unknown>> = { ...silentTerms };
  const said = Object.entries(policy).filter(
    ([key, value]) => !(key in silent) || JSON.stringify(value) !== JSON.stringify(silent[key]),
  );
  return fingerprintOf(canonicalBytes(Object.fromEntries(said)));
}
