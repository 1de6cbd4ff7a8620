import * as v from 'valibot';
import { optionalGroups } from '../document/optional-groups.ts';
import { type CheckId, checkIds } from '../result/check.ts';
import { Failure } from '../result/failure.ts';
import { type FailureCode, failureCodes } from '../result/failure-codes.ts';
import { floorChecks, floorOf, holderFloorChecks, isWeighable, stricter } from './floor.ts';
import { merged } from './merge-policies.ts';
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
// What a document may lack without anything being left open: another way stands beside it, or there was nothing to compare.
const mayLackSilently: readonly CheckId[] = [
  'access.pace',
  'access.bac',
  'access.downgrade',
  'secure-messaging',
  'card-access.consistency',
  'common-data.consistency',
  'document.mrz',
  'document.data-groups',
];
// A day: a case that stands open longer is another visit.
const mostEvidenceMinutes = 24 * 60;
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
  evidenceMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostEvidenceMinutes))),
  holder: v.optional(v.picklist(['on-file', 'from-document'])),
  alone: v.optional(v.array(checkId)),
  rules: v.array(ruleSchema),
  // Results that say more together than each alone can only be worse together.
  combinations: v.optional(
    v.array(
      v.strictObject({
        all: v.pipe(v.array(v.strictObject({ check: checkId, result: checkedResult })), v.minLength(1)),
        outcome: against,
      }),
    ),
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

const isOfHolder = (id: CheckId): boolean => id.startsWith('holder.');
const isOfDocument = (id: CheckId): boolean => !isOfHolder(id) && !id.startsWith('face.');

function malformed(reason: string, check?: CheckId): Failure {
  return new Failure('policy.malformed', { reason, ...(check === undefined ? {} : { check }) });
}

/**
 * Reads a policy. What failed, was aborted or is missing can never lead to `accept`, what could not be told at most to
 * `pass over`, and none goes below the floor (`floorOf`); a check has one rule, and a policy has one for each check that it
 * judges: a check without a rule would count for nothing. A file that says otherwise is refused. What it leaves out is as in
 * `fallback`, and of combinations and alternatives that both state the stricter holds. Fails with `policy.malformed`.
 */
export function parsePolicy(json: unknown, fallback: Policy | null = null): Policy {
  const parsed = v.safeParse(policySchema, json);
  if (!parsed.success) throw malformed(parsed.issues[0]?.message ?? '');
  const { output } = parsed;
  if (new Set(output.rules.map((rule) => rule.check)).size !== output.rules.length)
    throw malformed('two rules for one check');
  const stated = output.rules as readonly PolicyRule[];
  const missing = fallback?.rules.filter(({ check }) => !stated.some((rule) => rule.check === check)) ?? [];
  const own = {
    ...output,
    evidenceMinutes: output.evidenceMinutes ?? fallback?.evidenceMinutes ?? mostEvidenceMinutes,
  };
  const { documents } = output;
  const policy: Policy = {
    ...own,
    ...(fallback === null ? {} : { ...merged(own, fallback), documents, evidenceMinutes: own.evidenceMinutes }),
    holder:
      output.holder ?? (stated.some(({ check }) => isOfHolder(check)) ? 'on-file' : (fallback?.holder ?? 'on-file')),
    alone: output.alone ?? fallback?.alone ?? [],
    rules: [...stated, ...missing],
  };
  refuseWrongHolder(policy);
  refuseBelowFloor(policy);
  refuseGaps(
    policy.rules,
    judgedBy(policy).filter((id) => isOfDocument(id) === (policy.id === 'document')),
  );
  return policy;
}

/** The checks that a purpose's policy judges together with the one for documents. */
function judgedBy({ holder }: Policy): readonly CheckId[] {
  return checkIds.filter((id) => holder === 'on-file' || !isOfHolder(id));
}

// Only who opens an account can come without being on file: elsewhere it would let anybody be the customer.
function refuseWrongHolder({ id, holder, rules }: Policy): void {
  if (holder === 'on-file') return;
  if (id !== 'new-customer') throw malformed('the holder comes from the document for new customers only');
  const rule = rules.find(({ check }) => isOfHolder(check));
  if (rule !== undefined) throw malformed('a rule for a check that does not apply', rule.check);
}

function refuseBelowFloor({ id, rules, alone }: Policy): void {
  const floor = floorChecks(id);
  for (const { check, outcomes, codes, trainingNotMade } of rules) {
    if (outcomes['not supported'] === 'accept' && !mayLackSilently.includes(check))
      throw malformed('what is not supported would count without being shown', check);
    if (!floor.includes(check) && !holderFloorChecks(id).includes(check)) continue;
    const below = (['failed', 'undetermined', 'not supported', 'aborted', 'absent'] as const).some((result) => {
      const least = floorOf(id, { check, result, code: 'check.aborted' });
      return least !== null && stricter(outcomes[result], least) !== outcomes[result];
    });
    const excused = Object.entries(codes).filter(([, excuse]) => excuse === 'pass over');
    if (below || trainingNotMade === 'pass over' || excused.some(([code]) => !isWeighable(check, code as FailureCode)))
      throw malformed('below the floor', check);
  }
  const bypassed = alone.find((check) => floor.includes(check));
  if (bypassed !== undefined) throw malformed('below the floor', bypassed);
}

function refuseGaps(rules: readonly PolicyRule[], ids: readonly CheckId[]): void {
  const missing = ids.find((id) => !rules.some((rule) => rule.check === id));
  if (missing !== undefined) throw malformed('no rule for a check', missing);
}

/**
 * A purpose's policy: the rules for documents, and those that the purpose adds or puts in their place; all else as both ask.
 * Fails with `policy.malformed` where a check of the house has no rule in either.
 */
export function extendPolicy(document: Policy, purpose: Policy): Policy {
  const own = new Set(purpose.rules.map((rule) => rule.check));
  const judged = judgedBy(purpose);
  const kept = document.rules.filter(({ check }) => !own.has(check) && judged.includes(check));
  const rules = [...kept, ...purpose.rules];
  refuseGaps(rules, judged);
  return { ...purpose, ...merged(document, purpose), rules };
}
