import { canonicalBytes } from '../result/canonical-json.ts';
import { fingerprintOf } from '../trust/x509/fingerprint.ts';
import type { Policy } from './types.ts';

/** SHA-256 over a policy as it judges, every rule included, lower-case hex: what a record names. */
export function policyDigest(policy: Policy): string {
  return fingerprintOf(canonicalBytes(policy));
}
