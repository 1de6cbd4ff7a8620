import { resolve } from 'node:path';
import { loadOwnPolicies, ownAlone } from '../../main/keeping/policies/own-policies.ts';
import { resourcesIn } from '../../main/machine/resources.ts';
import type { Policy } from '../../main/verification/types.ts';

/** The app's own policies, as its files state them. */
export const ownPolicies = loadOwnPolicies(resourcesIn(resolve(import.meta.dirname, '../../resources')));

const own = ownAlone(ownPolicies);

/** The app's own policy as it judges. */
export const policy = (id: Policy['id']): Policy => own.of(id).policy;
