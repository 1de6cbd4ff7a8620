import { type CheckId, checkIds } from '../result/check.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { stricter } from './floor.ts';
import type { Policy, PolicyOutcome, PolicyRule } from './types.ts';

/** `otherwise`: neither asks for more than the other, or nobody can say. */
export type Direction = 'stricter' | 'looser' | 'otherwise';

/** A result, or a code, of a check that leads elsewhere than before; null where nobody asked or asks for the check. */
export interface ChangedOutcome {
  readonly check: CheckId;
  readonly on: 'failed' | 'undetermined' | 'not supported' | 'aborted' | 'absent' | FailureCode;
  readonly from: PolicyOutcome | null;
  readonly to: PolicyOutcome | null;
  readonly direction: Direction;
}

/** A field beside the rules that says something else than before. */
export interface ChangedTerm {
  readonly term: ComparedTerm;
  readonly direction: Direction;
}

const results = ['failed', 'undetermined', 'not supported', 'aborted', 'absent'] as const;

/** What becomes stricter and what looser where `next` takes the place of `now`, check by check and result by result. */
export function changedOutcomes(now: Policy, next: Policy): readonly ChangedOutcome[] {
  const ruleOf = (policy: Policy, id: CheckId): PolicyRule | null =>
    policy.rules.find(({ check }) => check === id) ?? null;
  return checkIds.flatMap((check) => {
    const [before, after] = [ruleOf(now, check), ruleOf(next, check)];
    const codes = [...new Set([...codesOf(before), ...codesOf(after)])];
    const changed = (on: ChangedOutcome['on'], from: PolicyOutcome | null, to: PolicyOutcome | null) =>
      from === to ? [] : [{ check, on, from, to, direction: directionOf(from, to) }];
    return [
      ...results.flatMap((on) => changed(on, before?.outcomes[on] ?? null, after?.outcomes[on] ?? null)),
      ...codes.flatMap((code) => changed(code, byCode(before, code), byCode(after, code))),
    ];
  });
}

function codesOf(rule: PolicyRule | null): readonly FailureCode[] {
  return Object.keys(rule?.codes ?? {}) as FailureCode[];
}

// A code of which nothing is said leads where what could not be told does.
function byCode(rule: PolicyRule | null, code: FailureCode): PolicyOutcome | null {
  return rule === null ? null : (rule.codes[code] ?? rule.outcomes.undetermined);
}

// What is no longer asked for can keep nobody back.
function directionOf(from: PolicyOutcome | null, to: PolicyOutcome | null): Direction {
  if (from === null) return to === 'accept' ? 'otherwise' : 'stricter';
  if (to === null) return from === 'accept' ? 'otherwise' : 'looser';
  return stricter(from, to) === to ? 'stricter' : 'looser';
}

const rank = { none: 0, optional: 1, ask: 1, required: 2, accepted: 1, approved: 2 } as const;
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
const byNumber = (from: number, to: number): Direction => (to < from ? 'stricter' : 'looser');

// Fewer is stricter where every entry lets something through, and looser where every entry keeps something back.
function byEntries(from: readonly unknown[], to: readonly unknown[], fewerIs: 'stricter' | 'looser'): Direction {
  const has = (all: readonly unknown[], one: unknown): boolean => all.some((each) => same(each, one));
  const [gone, come] = [from.some((each) => !has(to, each)), to.some((each) => !has(from, each))];
  if (gone && come) return 'otherwise';
  return gone === (fewerIs === 'stricter') ? 'stricter' : 'looser';
}

function byList(from: readonly unknown[] | null, to: readonly unknown[] | null): Direction {
  if (from === null) return 'stricter';
  return to === null ? 'looser' : byEntries(from, to, 'stricter');
}

const judges = {
  documents: ({ documents: from }: Policy, { documents: to }: Policy) => byList(from, to),
  dataGroups: () => 'otherwise',
  evidenceMinutes: (now: Policy, next: Policy) => byNumber(now.evidenceMinutes, next.evidenceMinutes),
  holder: () => 'otherwise',
  alone: (now: Policy, next: Policy) => byEntries(now.alone, next.alone, 'stricter'),
  combinations: (now: Policy, next: Policy) => byEntries(now.combinations, next.combinations, 'looser'),
  alternatives: () => 'otherwise',
  conditions: (now: Policy, next: Policy) => byEntries(now.conditions, next.conditions, 'looser'),
  freshness: ({ freshness: from }: Policy, { freshness: to }: Policy): Direction => {
    if (from === null) return 'looser';
    if (to === null) return 'stricter';
    const purposes = same(from.purposes, to.purposes) ? null : byEntries(from.purposes, to.purposes, 'stricter');
    const minutes = from.minutes === to.minutes ? null : byNumber(from.minutes, to.minutes);
    return purposes === null || minutes === null || purposes === minutes
      ? (purposes ?? minutes ?? 'otherwise')
      : 'otherwise';
  },
  overrides: () => 'otherwise',
  retention: () => 'otherwise',
  machineComparison: () => 'otherwise',
  whyNotEid: (now: Policy, next: Policy) => byNumber(rank[next.whyNotEid], rank[now.whyNotEid]),
  documentsInCase: () => 'otherwise',
  permitFor: ({ permitFor: from }: Policy, { permitFor: to }: Policy): Direction => {
    if (from === null || to === null) return from === null ? 'stricter' : 'looser';
    return 'otherwise';
  },
  order: (now: Policy, next: Policy) => byNumber(rank[next.order], rank[now.order]),
  orderSource: (_now: Policy, next: Policy): Direction => (next.orderSource === 'signed' ? 'stricter' : 'looser'),
  referralHours: (now: Policy, next: Policy) => byNumber(now.referralHours ?? 0, next.referralHours ?? 0),
  directoryHours: (now: Policy, next: Policy) => byNumber(now.directoryHours, next.directoryHours),
  knownDocuments: (now: Policy, next: Policy) => byNumber(rank[now.knownDocuments], rank[next.knownDocuments]),
  register: (now: Policy, next: Policy) => byNumber(rank[next.register], rank[now.register]),
  paper: (now: Policy, next: Policy) => byNumber(rank[next.paper], rank[now.paper]),
  identityLevels: ({ identityLevels: from }: Policy, { identityLevels: to }: Policy) => byList(from, to),
  age: () => 'otherwise',
  unattended: (_now: Policy, next: Policy): Direction => (next.unattended === 'refused' ? 'stricter' : 'looser'),
  filmSigns: (_now: Policy, next: Policy): Direction => (next.filmSigns === 'reject' ? 'stricter' : 'looser'),
  faceCameras: ({ faceCameras: from }: Policy, { faceCameras: to }: Policy) => byList(from, to),
} as const satisfies Readonly<Record<string, (now: Policy, next: Policy) => Direction>>;

export type ComparedTerm = keyof typeof judges;

/** The fields beside the rules that say something else. */
export function changedTerms(now: Policy, next: Policy): readonly ChangedTerm[] {
  return (Object.keys(judges) as ComparedTerm[])
    .filter((term) => !same(now[term], next[term]))
    .map((term) => ({ term, direction: judges[term](now, next) }));
}
