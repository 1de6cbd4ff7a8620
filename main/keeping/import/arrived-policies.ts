import { asFailure, Failure } from '../../result/failure.ts';
import { readStrictJson } from '../../result/strict-json.ts';
import { type ArrivedPolicy, type HeldPolicy, refuseOlderPolicy } from '../../trust/lists/held-policy.ts';
import type { BundleState } from '../../trust/lists/station-bundle.ts';
import { type OwnPolicies, type StatedPolicy, statedPolicy } from '../policies/stated-policy.ts';

const longestPolicy = 256 * 1024;

/**
 * The policies of a bundle, each one read as the station would judge by it. Fails with `bundle.policy-malformed` where one
 * cannot be, and with `policy.older`, `policy.version-reused` beside what is held: none of the bundle is taken then.
 */
export function arrivedPolicies(
  files: ReadonlyMap<string, Uint8Array>,
  around: {
    readonly own: OwnPolicies;
    readonly held: readonly HeldPolicy[];
    readonly bundle: Pick<BundleState, 'issuer' | 'number'>;
    /** Instant (ISO 8601) of the import. */
    readonly at: string;
  },
): readonly ArrivedPolicy[] {
  const { own, held, bundle, at } = around;
  return [...files].map(([name, file]) => {
    const { stated, ours } = readAs(name, file, own);
    const { digest, content } = stated;
    const { id, version } = stated.policy;
    const policy = { id, version, digest, content, issuer: bundle.issuer, bundleNumber: bundle.number, addedAt: at };
    refuseOlderPolicy(policy, held.find((each) => each.id === id) ?? null);
    return { ...policy, isOwn: digest === ours.digest };
  });
}

function readAs(name: string, file: Uint8Array, own: OwnPolicies): { stated: StatedPolicy; ours: StatedPolicy } {
  const ours = [...own].find(([id]) => id === name)?.[1];
  if (ours === undefined) throw malformed({ reason: 'of no purpose' });
  if (file.length > longestPolicy) throw malformed({ policy: name, reason: 'too long', bytes: file.length });
  const stated = readPolicy(name, file, ours);
  if (stated.policy.id !== name)
    throw malformed({ policy: name, reason: 'of another purpose', found: stated.policy.id });
  return { stated, ours };
}

function readPolicy(name: string, file: Uint8Array, ours: StatedPolicy): StatedPolicy {
  try {
    const read = readStrictJson(file);
    if ('refused' in read) throw new Failure('policy.malformed', { reason: read.refused });
    return statedPolicy(read.value, ours.policy);
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    throw malformed({ policy: name, ...(code === 'policy.malformed' ? fields : { reason: 'not JSON' }) }, thrown);
  }
}

function malformed(fields: ConstructorParameters<typeof Failure>[1], cause?: unknown): Failure {
  return new Failure('bundle.policy-malformed', fields, cause);
}
