import * as v from 'valibot';
import { optionalGroups } from '../document/optional-groups.ts';
import { type CheckId, checkIds } from '../result/check.ts';
import { Failure } from '../result/failure.ts';
import { failureCodes } from '../result/failure-codes.ts';
import type { Policy, PolicyRule } from './types.ts';

const outcome = v.picklist(['accept', 'pass over', 'refer', 'reject']);
// What could not be told is evidence of nothing: it may be passed over, which is shown, and never counts as accepted.
const withoutEvidence = v.picklist(['pass over', 'refer', 'reject']);
const against = v.picklist(['refer', 'reject']);
// The proofs that a chip is no copy: the only checks of which one may stand for the others.
const cloneProtection = [
  'chip-authentication',
  'active-authentication',
  'pace-cam',
] as const satisfies readonly CheckId[];
const stateCode = v.pipe(v.string(), v.regex(/^[A-Z]{1,3}$/));
const failureCode = v.picklist(failureCodes);
const checkId = v.picklist(checkIds);
const checkedResult = v.picklist(['successful', 'failed', 'undetermined', 'not supported', 'aborted', 'absent']);

const ruleSchema = v.strictObject({
  check: checkId,
  outcomes: v.strictObject({
    successful: v.literal('accept'),
    failed: against,
    undetermined: withoutEvidence,
    'not supported': outcome,
    aborted: against,
    absent: against,
  }),
  trainingNotMade: v.optional(v.nullable(withoutEvidence), null),
  codes: v.optional(v.record(failureCode, withoutEvidence), {}),
});

const policySchema = v.strictObject({
  id: v.picklist(['document', 'renew-bankid', 'large-transfer', 'new-customer', 'replace-device']),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  documents: v.nullable(
    v.array(
      v.strictObject({
        issuer: stateCode,
        codes: v.array(v.pipe(v.string(), v.regex(/^[A-Z]{1,2}$/))),
        nationality: v.nullable(stateCode),
      }),
    ),
  ),
  dataGroups: v.optional(v.array(v.picklist(optionalGroups)), []),
  rules: v.array(ruleSchema),
  combinations: v.optional(
    v.array(v.strictObject({ all: v.array(v.strictObject({ check: checkId, result: checkedResult })), outcome })),
    [],
  ),
  alternatives: v.optional(
    v.array(
      v.strictObject({
        checks: v.pipe(v.array(v.picklist(cloneProtection)), v.minLength(2)),
        none: withoutEvidence,
        trainingNone: v.optional(v.nullable(withoutEvidence), null),
      }),
    ),
    [],
  ),
});

const documentIds = checkIds.filter((id) => !id.startsWith('holder.') && !id.startsWith('face.'));

/**
 * Reads a policy. What failed, was aborted or is missing can never lead to `accept`, what could not be told at most to
 * `pass over`; a check has one rule, and the policy `document` has one for each check of a document: a check without a
 * rule would count for nothing. A file that says otherwise is refused. Where it states no rule for a check, the one of
 * `fallback` holds. Fails with `policy.malformed`.
 */
export function parsePolicy(json: unknown, fallback: Policy | null = null): Policy {
  const parsed = v.safeParse(policySchema, json);
  if (!parsed.success) throw new Failure('policy.malformed', { reason: parsed.issues[0]?.message ?? '' });
  const policy = parsed.output;
  if (new Set(policy.rules.map((rule) => rule.check)).size !== policy.rules.length) {
    throw new Failure('policy.malformed', { reason: 'two rules for one check' });
  }
  const stated = policy.rules as readonly PolicyRule[];
  const missing = fallback?.rules.filter(({ check }) => !stated.some((rule) => rule.check === check)) ?? [];
  const rules = [...stated, ...missing];
  if (policy.id === 'document') refuseGaps(rules, documentIds);
  return { ...policy, rules };
}

function refuseGaps(rules: readonly PolicyRule[], ids: readonly CheckId[]): void {
  const missing = ids.find((id) => !rules.some((rule) => rule.check === id));
  if (missing !== undefined) throw new Failure('policy.malformed', { reason: 'no rule for a check', check: missing });
}

/**
 * A purpose's policy: the rules for documents, and those that the purpose adds or puts in their place. Fails with
 * `policy.malformed` where a check of the house has no rule in either.
 */
export function extendPolicy(document: Policy, purpose: Policy): Policy {
  const own = new Set(purpose.rules.map((rule) => rule.check));
  const rules = [...document.rules.filter((rule) => !own.has(rule.check)), ...purpose.rules];
  refuseGaps(rules, checkIds);
  const combinations = [...document.combinations, ...purpose.combinations];
  const alternatives = purpose.alternatives.length > 0 ? purpose.alternatives : document.alternatives;
  const dataGroups = [...new Set([...document.dataGroups, ...purpose.dataGroups])];
  return { ...purpose, dataGroups, rules, combinations, alternatives };
}
