import { readInputFile } from '../../machine/input-file.ts';
import { toHex } from '../../result/bytes.ts';
import type { CheckId } from '../../result/check.ts';
import { Failure } from '../../result/failure.ts';
import { readStrictJson } from '../../result/strict-json.ts';
import type { HeldPolicy } from '../../trust/lists/held-policy.ts';
import type { Pin } from '../../trust/lists/pins.ts';
import {
  type ChangedOutcome,
  type ChangedTerm,
  changedOutcomes,
  changedTerms,
} from '../../verification/compare-policies.ts';
import { extendPolicy } from '../../verification/policy.ts';
import { policyDigest } from '../../verification/policy-digest.ts';
import { type PolicyGap, policyGaps } from '../../verification/policy-gaps.ts';
import { type Policy, purposes } from '../../verification/types.ts';
import { type OwnPolicies, type StatedPolicy, statedPolicy } from './stated-policy.ts';

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
  /**
   * Fails with `purpose.unknown`, and where a policy that is held cannot be read by this app (`policy.malformed`) or came from
   * a station that nobody stands for any more (`policy.issuer-not-pinned`): to judge by another one instead could be weaker.
   */
  readonly of: (id: Policy['id']) => PolicyInForce;
  /** The one for documents first. Fails as `of` does. */
  readonly all: () => readonly PolicyInForce[];
  /** A policy as an author states it, as if it were in force here. Fails with `policy.malformed`, and as `of` does. */
  readonly tried: (json: unknown) => TriedPolicy;
  /**
   * The policy in a file, the same way. Fails besides with `policy.malformed` where it is no JSON that is read in one way alone, with
   * `input.too-large`, and as the reading of the file does.
   */
  readonly triedFile: (path: string) => TriedPolicy;
  /** What is in force as its author states it, and the app's own, tried the same way: what of them can never count is in `gaps`. */
  readonly triedInForce: (id: Policy['id'], edition: 'in-force' | 'own') => TriedPolicy;
}

/** A policy is a page or two; of ten million bytes nobody states a policy. */
const longestPolicy = 256 * 1024;

/** What a policy would come to here, beside the one in force. */
export interface TriedPolicy {
  /** As it would judge: a purpose's with the rules for documents in force. */
  readonly policy: Policy;
  readonly digest: string;
  readonly inForce: PolicyInForce;
  /** Checks that its author states no rule for: they go by the app's own. */
  readonly filled: readonly CheckId[];
  readonly gaps: readonly PolicyGap[];
  readonly changes: readonly ChangedOutcome[];
  readonly terms: readonly ChangedTerm[];
  /** Why an import would refuse it beside the one that a bundle brought; null where it would not. */
  readonly refusal: 'policy.older' | 'policy.version-reused' | null;
}

/** What the trust store says of policies: those that bundles brought, and which stations stand pinned. */
export interface PolicySource {
  readonly policies: () => readonly HeldPolicy[];
  readonly pins: { readonly standing: (kind: 'station-key') => readonly Pick<Pin, 'content'>[] };
}

const ids = ['document', ...purposes] as const;

/**
 * The one place that says by which policies the station judges: what a pinned station sent counts before the app's own, and
 * what it states no rule for goes by the app's own rule, so that no check is without one. An import takes effect at once.
 */
export function policiesInForce(own: OwnPolicies, trust: PolicySource): PoliciesInForce {
  let [known, composed]: [string, ReadonlyMap<string, PolicyInForce>] = ['', new Map()];

  const all = (): ReadonlyMap<string, PolicyInForce> => {
    const held = trust.policies();
    refuseUnpinned(held, trust);
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
    tried: (json) => tried(json, own, all()),
    triedFile: (path) => {
      const read = readStrictJson(readInputFile(path, longestPolicy));
      if ('refused' in read) throw new Failure('policy.malformed', { reason: read.refused });
      return tried(read.value, own, all());
    },
    triedInForce: (id, edition) => {
      const stated = edition === 'own' ? own.get(id) : all().get(id)?.stated;
      if (stated === undefined) throw new Failure('purpose.unknown');
      return tried(parsed(stated.content), own, all());
    },
  };
}

// Looked up at each use: a row that was written past the import has no pin, and a pin may have been withdrawn since.
function refuseUnpinned(held: readonly HeldPolicy[], { pins }: PolicySource): void {
  if (held.length === 0) return;
  const standing = pins.standing('station-key').map(({ content }) => toHex(content));
  const stray = held.find(({ issuer }) => !standing.includes(issuer));
  if (stray !== undefined) throw new Failure('policy.issuer-not-pinned', { policy: stray.id, issuer: stray.issuer });
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

function tried(json: unknown, own: OwnPolicies, composed: ReadonlyMap<string, PolicyInForce>): TriedPolicy {
  const { id } = (json ?? {}) as { readonly id?: unknown };
  const ours = ids.find((known) => known === id);
  const stated = statedPolicy(json, ours === undefined ? null : (own.get(ours)?.policy ?? null));
  const inForce = composed.get(stated.policy.id);
  if (inForce === undefined) throw new Failure('purpose.unknown');
  const document = composed.get('document')?.policy;
  const isDocument = stated.policy.id === 'document';
  const policy = isDocument || document === undefined ? stated.policy : extendPolicy(document, stated.policy);
  // With other rules for documents each purpose has to judge all the same.
  if (isDocument)
    for (const other of composed.values()) if (other !== inForce) extendPolicy(stated.policy, other.stated.policy);
  const written = json as { readonly rules: readonly { readonly check: CheckId }[] };
  return {
    policy,
    digest: policyDigest(policy),
    inForce,
    filled: stated.policy.rules
      .map(({ check }) => check)
      .filter((id) => !written.rules.some(({ check }) => check === id)),
    gaps: policyGaps(written, policy),
    changes: changedOutcomes(inForce.policy, policy),
    terms: changedTerms(inForce.policy, policy),
    refusal: refusalOf(stated, inForce),
  };
}

// As `refuseOlderPolicy` of an import: beside the app's own every version is taken.
function refusalOf({ policy: { version }, digest }: StatedPolicy, inForce: PolicyInForce): TriedPolicy['refusal'] {
  const held = inForce.stated;
  if (inForce.from === null || digest === held.digest) return null;
  if (version < held.policy.version) return 'policy.older';
  return version === held.policy.version ? 'policy.version-reused' : null;
}

function parsed(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content));
  } catch (thrown) {
    throw new Failure('policy.malformed', { reason: 'not JSON' }, thrown);
  }
}
