import type { PolicyInForce } from '../keeping/policies/policies-in-force.ts';
import { printable } from './layout.ts';

/** A policy in force as an answer tells it. */
export function policyAnswer({ policy, digest, stated, from, ownVersion }: PolicyInForce) {
  const { id, version } = policy;
  return { id, version, digest, stated: stated.digest, from: from === null ? null : { ...from }, ownVersion };
}

/** Where a policy in force came from, and by which digest records name it. */
export function policyText({ policy, digest, from, ownVersion }: PolicyInForce): string {
  const origin =
    from === null
      ? "the app's own"
      : `from ${printable(from.issuer.slice(0, 16))}, bundle ${from.bundleNumber}, taken ${from.addedAt}`;
  const behind = ownVersion > policy.version ? `, older than the app's own (version ${ownVersion})` : '';
  return `${policy.id}, version ${policy.version}, ${origin}, ${digest.slice(0, 16)}${behind}`;
}
