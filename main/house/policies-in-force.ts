import { Failure } from '../result/failure.ts';
import type { TrustRepository } from '../store/types.ts';
import type { HeldPolicy } from '../trust/held-policy.ts';
import { extendPolicy } from '../verification/policy.ts';
import { type Policy, purposes } from '../verification/types.ts';
import { type OwnPolicies, policyDigest, type StatedPolicy, statedPolicy } from './stated-policy.ts';

/** The policy that a station judges by, and where it came from. */
export interface PolicyInForce {
  /** A purpose's with the rules for documents. */
  readonly policy: Policy;
  /** Over all of it, as records name it. */
  readonly digest: string;
  readonly stated: StatedPolicy;
  /** The bundle that brought it; null for the app's own. */
  readonly from: Pick<HeldPolicy, 'issuer' | 'bundleNumber' | 'addedAt'> | null;
  /** The version of the app's own, which may be higher than the one that a station sent. */
  readonly ownVersion: number;
}

export interface PoliciesInForce {
  /** Fails with `purpose.unknown`, and with `policy.malformed` where a policy that is held cannot be read by this app. */
  readonly of: (id: Policy['id']) => PolicyInForce;
  /** The one for documents first. Fails with `policy.malformed`. */
  readonly all: () => readonly PolicyInForce[];
}

const ids = ['document', ...purposes] as const;

/**
 * The one place that says by which policies the station judges: what a pinned station sent counts before the app's own, and
 * what it states no rule for goes by the app's own rule, so that no check is without one. An import takes effect at once.
 */
export function policiesInForce(own: OwnPolicies, trust: Pick<TrustRepository, 'policies'>): PoliciesInForce {
  let [known, composed]: [string, ReadonlyMap<string, PolicyInForce>] = ['', new Map()];

  const all = (): ReadonlyMap<string, PolicyInForce> => {
    const held = trust.policies();
    const state = held.map(({ id, digest, issuer, bundleNumber }) => `${id} ${digest} ${issuer} ${bundleNumber}`);
    if (composed.size === 0 || known !== state.join('\n')) {
      composed = compose(own, held);
      known = state.join('\n');
    }
    return composed;
  };

  return {
    of: (id) => {
      const found = all().get(id);
      if (found === undefined) throw new Failure('purpose.unknown');
      return found;
    },
    all: () => [...all().values()],
  };
}

function compose(own: OwnPolicies, held: readonly HeldPolicy[]): ReadonlyMap<string, PolicyInForce> {
  const composed = new Map<string, PolicyInForce>();
  for (const id of ids) {
    const ours = own.get(id);
    if (ours === undefined) throw new Failure('purpose.unknown');
    const sent = held.find((policy) => policy.id === id);
    const stated = sent === undefined ? ours : statedPolicy(parsed(sent.content), ours.policy);
    const document = composed.get('document')?.policy;
    const policy = document === undefined ? stated.policy : extendPolicy(document, stated.policy);
    const from =
      sent === undefined ? null : { issuer: sent.issuer, bundleNumber: sent.bundleNumber, addedAt: sent.addedAt };
    composed.set(id, { policy, digest: policyDigest(policy), stated, from, ownVersion: ours.policy.version });
  }
  return composed;
}

function parsed(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content));
  } catch (thrown) {
    throw new Failure('policy.malformed', { reason: 'not JSON' }, thrown);
  }
}
