import type { ReadResource } from '../../machine/resources.ts';
import { Failure } from '../../result/failure.ts';
import { type Policy, purposes } from '../../verification/types.ts';
import { type PoliciesInForce, policiesInForce } from './policies-in-force.ts';
import { type OwnPolicies, type StatedPolicy, statedPolicy } from './stated-policy.ts';

/** Loads the app's own policies from `resources/policies/`. Fails with `policy.malformed`, `input.unreadable`. */
export function loadOwnPolicies(read: ReadResource): OwnPolicies {
  const own = new Map<Policy['id'], StatedPolicy>();
  for (const id of ['document', ...purposes] as const) {
    const stated = statedPolicy(json(read('policies', `${id}.json`)), null);
    if (stated.policy.id !== id) throw new Failure('policy.malformed', { reason: 'of another purpose', expected: id });
    own.set(id, stated);
  }
  // A gap in the app's own policies shows here, not at the desk.
  ownAlone(own).all();
  return own;
}

/** The app's own policies as it would judge where no station has sent any. */
export function ownAlone(own: OwnPolicies): PoliciesInForce {
  return policiesInForce(own, { policies: () => [], pins: { standing: () => [] } });
}

function json(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (thrown) {
    throw new Failure('policy.malformed', { reason: 'not JSON' }, thrown);
  }
}
