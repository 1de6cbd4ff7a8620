import * as v from 'valibot';
import { checkIds } from '../result/check.ts';
import { Failure } from '../result/failure.ts';
import { failureCodes } from '../result/failure-codes.ts';
import type { Policy, PolicyRule } from './types.ts';

const outcome = v.picklist(['accept', 'pass over', 'refer', 'reject']);
const failureCode = v.picklist(failureCodes);
const checkId = v.picklist(checkIds);
const checkedResult = v.picklist(['successful', 'failed', 'undetermined', 'not supported', 'aborted', 'absent']);

const ruleSchema = v.strictObject({
  check: checkId,
  outcomes: v.strictObject({
    successful: v.literal('accept'),
    failed: v.picklist(['refer', 'reject']),
    undetermined: outcome,
    'not supported': outcome,
    aborted: v.picklist(['refer', 'reject']),
    absent: outcome,
  }),
  trainingNotMade: v.optional(v.nullable(outcome), null),
  codes: v.optional(v.record(failureCode, outcome), {}),
});

const policySchema = v.strictObject({
  id: v.picklist(['document', 'renew-bankid', 'large-transfer', 'new-customer', 'replace-device']),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Issuing states whose documents the purpose takes as they are; others are referred. Null: every state. */
  issuers: v.nullable(v.array(v.pipe(v.string(), v.regex(/^[A-Z]{1,3}$/)))),
  rules: v.array(ruleSchema),
  combinations: v.optional(
    v.array(v.strictObject({ all: v.array(v.strictObject({ check: checkId, result: checkedResult })), outcome })),
    [],
  ),
});

/**
 * Reads a policy. A failed or aborted check can never lead to `accept`, and a check has one rule: a file that says
 * otherwise is refused. Fails with `policy.malformed`.
 */
export function parsePolicy(json: unknown): Policy {
  const parsed = v.safeParse(policySchema, json);
  if (!parsed.success) throw new Failure('policy.malformed', { reason: parsed.issues[0]?.message ?? '' });
  const policy = parsed.output;
  if (new Set(policy.rules.map((rule) => rule.check)).size !== policy.rules.length) {
    throw new Failure('policy.malformed', { reason: 'two rules for one check' });
  }
  return { ...policy, rules: policy.rules as readonly PolicyRule[] };
}

/** A purpose's policy: the rules for documents, and those that the purpose adds or puts in their place. */
export function extendPolicy(document: Policy, purpose: Policy): Policy {
  const own = new Set(purpose.rules.map((rule) => rule.check));
  return {
    ...purpose,
    rules: [...document.rules.filter((rule) => !own.has(rule.check)), ...purpose.rules],
    combinations: [...document.combinations, ...purpose.combinations],
  };
}
