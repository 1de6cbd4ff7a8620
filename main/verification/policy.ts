import * as v from 'valibot';
import { type CheckId, checkIds, inspectionCheckIds } from '../result/check.ts';
import { Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { floorChecks, floorOf, holderFloorChecks, isWeighable, stricter } from './floor.ts';
import { merged } from './merge-policies.ts';
import { mostEvidenceMinutes, policySchema } from './policy-schema.ts';
import { refuseTerms } from './refuse-terms.ts';
import { type PolicyTerms, silentTerms } from './terms.ts';
import type { Policy, PolicyRule } from './types.ts';

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

const isOfHolder = (id: CheckId): boolean => id.startsWith('holder.');
// Told of whoever is on file; an age is told by the document alone.
const isOfPersonOnFile = (id: CheckId): boolean => isOfHolder(id) && id !== 'holder.age';
const isOfDocument = (id: CheckId): boolean => inspectionCheckIds.includes(id);

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
  if (!parsed.success) throw unreadable(parsed.issues[0]);
  const { output } = parsed;
  if (new Set(output.rules.map((rule) => rule.check)).size !== output.rules.length)
    throw malformed('two rules for one check');
  const stated = output.rules as readonly PolicyRule[];
  const missing = fallback?.rules.filter(({ check }) => !stated.some((rule) => rule.check === check)) ?? [];
  const own = {
    ...output,
    evidenceMinutes: output.evidenceMinutes ?? fallback?.evidenceMinutes ?? mostEvidenceMinutes,
    ...termsOf(output, fallback),
  };
  const { documents, conditions } = own;
  const whole: Policy = {
    ...own,
    ...(fallback === null
      ? {}
      : { ...merged(own, fallback), documents, conditions, evidenceMinutes: own.evidenceMinutes }),
    holder:
      output.holder ??
      (stated.some(({ check }) => isOfPersonOnFile(check)) ? 'on-file' : (fallback?.holder ?? 'on-file')),
    alone: output.alone ?? fallback?.alone ?? [],
    rules: [...stated, ...missing],
  };
  // A rule for what nobody asks is none: `absent` would count against everybody.
  const policy = { ...whole, rules: whole.rules.filter(({ check }) => isAsked(whole, check)) };
  refuseWrongHolder(policy);
  refuseTerms(policy, malformed);
  refuseBelowFloor(policy);
  refuseGaps(
    policy.rules,
    judgedBy(policy).filter((id) => isOfDocument(id) === (policy.id === 'document')),
  );
  return policy;
}

type StatedTerms = { readonly [Key in keyof PolicyTerms]?: PolicyTerms[Key] | undefined };

function termsOf(stated: StatedTerms, fallback: Policy | null): PolicyTerms {
  const below: PolicyTerms = fallback ?? silentTerms;
  const keys = Object.keys(silentTerms) as (keyof PolicyTerms)[];
  // What a file says nothing of is as in the app's own policy, and where that is silent too as in those of earlier apps.
  return Object.fromEntries(keys.map((key) => [key, stated[key] === undefined ? below[key] : stated[key]])) as never;
}

// The place in the file and what stands there, cut: whoever wrote it finds it again.
function unreadable(issue: v.BaseIssue<unknown> | undefined): Failure {
  const at = issue?.path?.map(({ key }) => String(key).slice(0, 60)).join('.') ?? '';
  const given = typeof issue?.input === 'string' ? { given: issue.input.slice(0, 60) } : {};
  return new Failure('policy.malformed', {
    reason: (issue?.message ?? '').slice(0, 200),
    at: at.slice(0, 200),
    ...given,
  });
}

/** The checks that a purpose's policy judges together with the one for documents. */
function judgedBy(policy: Policy): readonly CheckId[] {
  return checkIds.filter((id) => isAsked(policy, id) && (policy.holder === 'on-file' || !isOfPersonOnFile(id)));
}

// What nobody asks has no result and no rule.
function isAsked({ paper, register, age }: Pick<Policy, 'paper' | 'register' | 'age'>, id: CheckId): boolean {
  // Nobody needs a second document; of one that is there all but success is referred, without a rule.
  // No film has a rule either: it is a check where something was filmed, and its signs lead where `filmSigns` says.
  if (id === 'document.second' || id === 'face.injection-attack') return false;
  if (id === 'document.paper') return paper !== 'none';
  if (id === 'register.validity') return register !== 'none';
  return id !== 'holder.age' || age !== null;
}

// Only who opens an account can come without being on file: elsewhere it would let anybody be the customer. An age is anybody's.
function refuseWrongHolder({ id, holder, rules }: Policy): void {
  if (holder === 'on-file') return;
  if (holder === 'from-document' && id !== 'new-customer')
    throw malformed('the holder comes from the document for new customers only');
  if (holder === 'nobody' && id !== 'age') throw malformed('nobody on file is meant where an age is asked for only');
  const rule = rules.find(({ check }) => isOfPersonOnFile(check));
  if (rule !== undefined) throw malformed('a rule for a check that does not apply', rule.check);
}

function refuseBelowFloor({ id, rules, alone }: Policy): void {
  const floor = floorChecks(id);
  for (const { check, outcomes, codes, trainingNotMade } of rules) {
    if (outcomes['not supported'] === 'accept' && !mayLackSilently.includes(check))
      throw malformed('what is not supported would count without being shown', check);
    const below = (['failed', 'undetermined', 'not supported', 'aborted', 'absent'] as const).some((result) => {
      const least = floorOf(id, { check, result, code: 'check.aborted' });
      return least !== null && stricter(outcomes[result], least) !== outcomes[result];
    });
    if (below) throw malformed('below the floor', check);
    if (!floor.includes(check) && !holderFloorChecks(id).includes(check)) continue;
    const excused = Object.entries(codes).filter(([, excuse]) => excuse === 'pass over');
    if (trainingNotMade === 'pass over' || excused.some(([code]) => !isWeighable(check, code as FailureCode)))
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
