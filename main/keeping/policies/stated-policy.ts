import { canonicalBytes } from '../../result/canonical-json.ts';
import { fingerprintOf } from '../../trust/x509/fingerprint.ts';
import { parsePolicy } from '../../verification/policy.ts';
import type { Policy } from '../../verification/types.ts';

/** A policy as its author states it: a purpose's without the rules for documents. */
export interface StatedPolicy {
  /** With the app's own rules where the author states none. */
  readonly policy: Policy;
  /** What the author states, as JSON in canonical form (RFC 8785). */
  readonly content: Uint8Array;
  /** SHA-256 over `content`, lower-case hex. */
  readonly digest: string;
}

/** The app's own policies as its files state them. */
export type OwnPolicies = ReadonlyMap<Policy['id'], StatedPolicy>;

/** Reads what an author states; `own` is the app's policy that fills its gaps. Fails with `policy.malformed`. */
export function statedPolicy(json: unknown, own: Policy | null): StatedPolicy {
  const policy = parsePolicy(json, own);
  const content = canonicalBytes(json);
  return { policy, content, digest: fingerprintOf(content) };
}
