import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policiesInForce } from '../keeping/policies/policies-in-force.ts';
import { type OwnPolicies, type StatedPolicy, statedPolicy } from '../keeping/policies/stated-policy.ts';
import { Failure } from '../result/failure.ts';
import type { SpecimenResources } from '../simulator/documents/specimen.ts';
import { type Policy, purposes } from '../verification/types.ts';

/** What the house reads from `resources/`: data that belongs to the app, not to a station. */
export interface HouseResources {
  readonly directory: string;
  readonly ownPolicies: OwnPolicies;
  /** The app's own policy as it would judge. What a station judges by is said by `policiesInForce`. */
  readonly policy: (id: Policy['id']) => Policy;
  readonly specimens: SpecimenResources;
}

/** Loads the policies and opens the way to the rest. Fails with `policy.malformed`, `input.unreadable`. */
export function loadResources(directory: string): HouseResources {
  const read = (...path: string[]): Uint8Array => {
    const file = join(directory, ...path);
    if (!existsSync(file)) throw new Failure('input.unreadable', { path: file });
    return new Uint8Array(readFileSync(file));
  };
  const json = (...path: string[]): unknown => {
    const text = new TextDecoder().decode(read(...path));
    try {
      return JSON.parse(text);
    } catch (thrown) {
      throw new Failure('policy.malformed', { reason: 'not JSON' }, thrown);
    }
  };
  const ownPolicies = new Map<Policy['id'], StatedPolicy>();
  for (const id of ['document', ...purposes] as const) {
    const stated = statedPolicy(json('policies', `${id}.json`), null);
    if (stated.policy.id !== id) throw new Failure('policy.malformed', { reason: 'of another purpose', expected: id });
    ownPolicies.set(id, stated);
  }
  const own = policiesInForce(ownPolicies, { policies: () => [], pins: { standing: () => [] } });
  // A gap in the app's own policies shows here, not at the desk.
  own.all();
  return {
    directory,
    ownPolicies,
    policy: (id) => own.of(id).policy,
    specimens: { portrait: (file) => read('specimens', 'portraits', file) },
  };
}
