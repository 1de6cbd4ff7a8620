import { isUnseen } from '../inspection/judge/session.ts';
import { type Check, type CheckId, type CheckResult, checkIds } from '../result/check.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { Role } from '../result/roles.ts';
import { conditionsFor } from './conditions.ts';
import { takes } from './document-patterns.ts';
import { isFilmCode, unanswered } from './film-checks.ts';
import { floorChecks, floorOf, holderFloorChecks, stricter } from './floor.ts';
import type { PermitFor } from './terms.ts';
import type {
  Policy,
  PolicyAlternatives,
  PolicyOutcome,
  PolicyRule,
  StationKind,
  Verdict,
  VerdictWord,
} from './types.ts';

/** What a verdict depends on beside the checks. */
export interface JudgeContext {
  /** Whether the data folder is for training. */
  readonly training: boolean;
  /** Whether the document was issued by the simulator. */
  readonly specimen: boolean;
  /** Where a case is judged; null where nobody has said it, which counts as unattended. Left out for a document alone. */
  readonly station?: StationKind | null;
}

interface Finding {
  readonly check: CheckId;
  readonly result: CheckResult | 'absent';
  readonly code: FailureCode;
  readonly outcome: PolicyOutcome;
}

type ChecksById = ReadonlyMap<CheckId, readonly Check[]>;

const weight: Readonly<Record<VerdictWord, number>> = { accept: 0, refer: 1, reject: 2 };
// Among checks that lead to the same verdict, what is known to be wrong comes before what could not be told, and that
// before what the document does not have.
const rank: Readonly<Record<Finding['result'], number>> = {
  successful: 0,
  failed: 0,
  undetermined: 1,
  aborted: 1,
  'not supported': 2,
  absent: 3,
};

/**
 * Judges checks by a policy. The worst outcome is the verdict; every check that kept it from `accept` is a reason. Of a
 * check that is there twice each entry counts, and one that the policy has no rule for is not passed over. Whatever the
 * policy says and however it came here, nothing goes below `floorOf`.
 */
export function judge(policy: Policy, checks: readonly Check[], context: JudgeContext): Verdict {
  const findings = findingsOf(policy, checks, context);
  const against = findings.filter(isAgainst).sort(worseFirst);
  const worst = against[0];
  const tied = conditionsFor(policy, checks);
  return {
    verdict: worst === undefined ? 'accept' : verdictOf(worst.outcome),
    reasons: [...new Set(against.map((finding) => finding.code))],
    decidedBy: worst?.check ?? null,
    passedOver: findings.filter((finding) => finding.outcome === 'pass over').map((finding) => finding.check),
    conditions: worst?.outcome === 'reject' || 'open' in tied ? [] : tied.conditions,
  };
}

/**
 * Whether one person may go on alone against this verdict: it is `refer`, and the policy leaves each check that speaks
 * against it to one person. Never so for what lies under the floor.
 */
export function mayGoOnAlone(
  policy: Policy,
  checks: readonly Check[],
  context: JudgeContext,
  role: Role = 'teller',
): boolean {
  const against = findingsOf(policy, checks, context).filter(isAgainst);
  const isLeft = ({ check, outcome }: Finding): boolean =>
    outcome === 'refer' && isLeftTo(policy, check, role) && !floorChecks(policy.id).includes(check);
  return against.length > 0 && against.every(isLeft);
}

// Of a check that overrides name they alone say whose it is; of all others `alone` does.
function isLeftTo({ alone, overrides }: Policy, id: CheckId, role: Role): boolean {
  const named = overrides.filter(({ checks }) => checks.includes(id));
  return named.length === 0 ? alone.includes(id) : named.some(({ roles }) => roles.some((each) => each === role));
}

/**
 * The reasons that the policy takes for going on against what these checks come to, in the bank's words: those that every
 * finding's override names. Null where any reason will do.
 */
export function reasonsToGoOn(
  policy: Policy,
  checks: readonly Check[],
  context: JudgeContext,
  role: Role = 'teller',
): readonly string[] | null {
  const lists = findingsOf(policy, checks, context)
    .filter(isAgainst)
    .flatMap(({ check }) => {
      const named = policy.overrides.filter(
        (each) => each.checks.includes(check) && each.roles.some((each) => each === role),
      );
      const free = named.length === 0 || named.some(({ reasons }) => reasons.length === 0);
      return free ? [] : [named.flatMap(({ reasons }) => reasons)];
    });
  const [first, ...others] = lists;
  return first === undefined
    ? null
    : [...new Set(first)].filter((reason) => others.every((list) => list.includes(reason)));
}

function isAgainst({ outcome }: Finding): boolean {
  return outcome === 'refer' || outcome === 'reject';
}

function findingsOf(policy: Policy, checks: readonly Check[], context: JudgeContext): Finding[] {
  const byId: ChecksById = Map.groupBy(checks, (check) => check.id);
  const ruled: readonly Finding[] = policy.rules.flatMap((rule) =>
    (byId.get(rule.check) ?? [undefined]).flatMap((check) => find(rule, check, context)),
  );
  return [
    ...weighed(policy, ruled, byId, context),
    ...unruled(policy, byId),
    ...filmed(policy, checks),
    ...combined(policy, byId),
    ...unseen(checks),
    ...sources(policy, byId, context),
    ...untied(policy, checks),
  ].map((finding) => {
    const least = floorOf(policy.id, finding);
    return least === null ? finding : { ...finding, outcome: stricter(finding.outcome, least) };
  });
}

// A policy that came through `parsePolicy` has a rule for each check; what has none all the same counts against.
function unruled(policy: Policy, byId: ChecksById): Finding[] {
  const isRuled = (id: CheckId): boolean => policy.rules.some(({ check }) => check === id);
  const under = [...floorChecks(policy.id), ...holderFloorChecks(policy.id)];
  const missing = under.filter((id) => !isRuled(id) && !byId.has(id));
  const made = [...byId].filter(([id]) => !isRuled(id)).flatMap(([, entries]) => entries);
  return [
    ...missing.map((check): Finding => ({ check, result: 'absent', code: 'check.aborted', outcome: 'refer' })),
    ...made
      .filter(({ result }) => result !== 'successful')
      .map(({ id, result, code }): Finding => ({ check: id, result, code: code ?? 'check.aborted', outcome: 'refer' })),
  ];
}

// A sign in the film is no proof, and that a rule lets through what could not be told was not said of one: nobody goes on beside it
// without a person having decided.
function filmed({ filmSigns }: Policy, checks: readonly Check[]): Finding[] {
  return checks.flatMap(({ id, result, code }): Finding[] => {
    if (code === null || result === 'successful') return [];
    if (isFilmCode(code)) return [{ check: id, result, code, outcome: filmSigns }];
    // Whoever could not do what was asked for is nobody's attacker: a person decides, under every policy (EN 301 549 §5.3).
    return code === unanswered ? [{ check: id, result, code, outcome: 'refer' }] : [];
  });
}

// Files can be copied, and an unsealed word is anybody's: without the chip, or somebody who stands for having seen it, no
// policy accepts, whatever it passes over (decisions 0006 and 0011).
function unseen(checks: readonly Check[]): Finding[] {
  return checks
    .filter(isUnseen)
    .map(({ id, result, code }): Finding => ({ check: id, result, code: code ?? 'check.aborted', outcome: 'refer' }));
}

function find(rule: PolicyRule, check: Check | undefined, context: JudgeContext): Finding[] {
  const result = check?.result ?? 'absent';
  if (result === 'successful') return [];
  const code = check?.code ?? 'check.aborted';
  return [{ check: rule.check, result, code, outcome: outcomeOf(rule, result, code, context) }];
}

function outcomeOf(
  rule: PolicyRule,
  result: Exclude<Finding['result'], 'successful'>,
  code: FailureCode,
  context: JudgeContext,
): PolicyOutcome {
  if (code === 'check.not-made') {
    // A training station that was set as unattended behaves as one: whoever trains there sees what it leads to.
    const unattended = context.station === 'unattended' && rule.check === 'face.presentation-attack';
    if (context.training && rule.trainingNotMade !== null && !unattended) return rule.trainingNotMade;
    // Whatever a policy says, what this version does not look at is never part of an acceptance: outside training it is for a person.
    const stated = rule.outcomes[result];
    return context.training || stated === 'reject' ? stated : 'refer';
  }
  const byCode = rule.codes[code];
  // A code may say more of what could not be told; it never excuses what failed or was aborted.
  const excuses = byCode === 'pass over' && (result === 'failed' || result === 'aborted' || result === 'absent');
  return byCode === undefined || excuses ? rule.outcomes[result] : byCode;
}

// Of a check that stands in several groups the strictest of their answers holds: more groups never make it easier.
function weighed(
  { alternatives }: Policy,
  findings: readonly Finding[],
  byId: ChecksById,
  context: JudgeContext,
): readonly Finding[] {
  return findings.map((finding) => {
    const answers = alternatives
      .filter(({ checks }) => checks.includes(finding.check))
      .map((group) => weighedIn(group, finding, byId, context));
    return answers.length === 0 ? finding : { ...finding, outcome: answers.reduce(stricter) };
  });
}

// A proof that failed is never made good by another one, and one that was torn off may still fail.
function weighedIn(
  { checks, none, trainingNone }: PolicyAlternatives,
  { result, code, outcome }: Finding,
  byId: ChecksById,
  context: JudgeContext,
): PolicyOutcome {
  const made = checks.map((id) => byId.get(id) ?? []);
  const succeeds = made.some(
    (entries) => entries.length > 0 && entries.every((entry) => entry.result === 'successful'),
  );
  const isOpen = result === 'not supported' || (result === 'undetermined' && code !== 'check.not-made');
  if (succeeds) return isOpen ? 'pass over' : outcome;
  const unsupported = made.every((entries) => entries.length > 0 && entries.every(isUnsupported));
  const unproved = context.training && trainingNone !== null ? trainingNone : none;
  if (unsupported) return isOpen ? unproved : outcome;
  // Where one of them is open, that one decides; what the document does not have adds nothing to it. A proof that could not
  // be told is none.
  if (result === 'not supported') return 'pass over';
  return isOpen ? stricter(outcome, unproved) : outcome;
}

function isUnsupported({ result }: Check): boolean {
  return result === 'not supported';
}

function combined(policy: Policy, byId: ChecksById): Finding[] {
  const withResult = (id: CheckId, result: CheckResult | 'absent'): readonly (Check | undefined)[] =>
    (byId.get(id) ?? [undefined]).filter((check) => (check?.result ?? 'absent') === result);
  return policy.combinations.flatMap(({ all, outcome }) => {
    const first = all[0];
    const met = all.every(({ check, result }) => withResult(check, result).length > 0);
    if (first === undefined || !met) return [];
    const code = withResult(first.check, first.result)[0]?.code ?? 'check.aborted';
    return [{ check: first.check, result: first.result, code, outcome }];
  });
}

// Who cannot say what a document is bound to cannot go on without it being looked at.
function untied(policy: Policy, checks: readonly Check[]): Finding[] {
  const tied = conditionsFor(policy, checks);
  if (!('open' in tied)) return [];
  const { result, code } = checks.find(({ id }) => id === tied.open) ?? { result: 'absent', code: null };
  const told = code ?? (tied.open === 'document.expiry' ? 'document.expiry-unknown' : 'check.aborted');
  return [{ check: tied.open, result, code: told, outcome: 'refer' }];
}

function sources(policy: Policy, byId: ChecksById, context: JudgeContext): Finding[] {
  const findings: Finding[] = [];
  // Told by the check of the type, which says what it saw. A document of which nobody can say what it is, is none of those.
  const types = byId.get('document.type') ?? [];
  const other = types.find(({ detail }) => policy.documents?.some((taken) => takes(taken, detail)) === false);
  if (other !== undefined) {
    const untold = other.detail.code === undefined ? other.code : null;
    findings.push({
      check: 'document.type',
      result: untold === null ? 'not supported' : other.result,
      code: untold ?? 'document.type-not-accepted',
      outcome: 'refer',
    });
  }
  // A permit proves nobody, and says of this passport's holder what the bank asks for. What cannot be told to need none needs one.
  const { permitFor } = policy;
  if (
    permitFor !== null &&
    !byId.has('document.second') &&
    types.some(({ detail }) => needsPermit(permitFor, detail))
  ) {
    findings.push({
      check: 'document.second',
      result: 'absent',
      code: 'document.second-required',
      outcome: 'refer',
    });
  }
  // A made-up document proves nothing about a person, whoever's trust store it got into.
  if (context.specimen && !context.training) {
    findings.push({
      check: 'passive-authentication.path',
      result: 'failed',
      code: 'document.specimen',
      outcome: 'reject',
    });
  }
  return findings;
}

function needsPermit({ documents, except }: PermitFor, detail: Check['detail']): boolean {
  if (detail.code === undefined) return true;
  if (detail.type !== 'passport') return false;
  return (documents?.some((each) => takes(each, detail)) ?? true) && !except.some((each) => takes(each, detail));
}

function verdictOf(outcome: PolicyOutcome): VerdictWord {
  return outcome === 'pass over' ? 'accept' : outcome;
}

function worseFirst(a: Finding, b: Finding): number {
  return (
    weight[verdictOf(b.outcome)] - weight[verdictOf(a.outcome)] ||
    rank[a.result] - rank[b.result] ||
    checkIds.indexOf(a.check) - checkIds.indexOf(b.check)
  );
}
