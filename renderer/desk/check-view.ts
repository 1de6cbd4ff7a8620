import type { CheckId } from '../../main/result/check.ts';
import { checkIds, remarksOf } from '../../main/result/check.ts';
import type { CheckView, VerdictView } from '../../preload/contract.ts';
import type { Mark } from '../parts/result-mark.tsx';

export const checkGroups = ['genuine', 'document', 'person', 'chip'] as const;
export type CheckGroup = (typeof checkGroups)[number];

/** The part of the evidence in which a check stands. */
export function groupOf(id: CheckId): CheckGroup {
  if (id.startsWith('access.') || id === 'secure-messaging') return 'chip';
  if (id.startsWith('holder.') || id.startsWith('face.')) return 'person';
  return id.startsWith('document.') || id.startsWith('register.') ? 'document' : 'genuine';
}

/**
 * The mark of a check. Once a case is judged, what could not be told and made the verdict a colleague's matter is
 * marked so; before that it is simply not told.
 */
export function markOf(check: CheckView, judged: VerdictView | null): Mark {
  if (check.result === 'successful' || check.result === 'failed') return check.result;
  if (judged === null || judged.verdict !== 'refer' || check.code === null) return 'untold';
  return judged.reasons.includes(check.code) && !judged.passedOver.includes(check.id) ? 'refer' : 'untold';
}

export interface CheckLines {
  readonly group: CheckGroup;
  readonly checks: readonly CheckView[];
}

const order = new Map(checkIds.map((id, index) => [id, index]));

// What passed with a remark, a downgrade for one, is not among what needs no look.
function isPlainlyPassed(check: CheckView): boolean {
  return check.result === 'successful' && check.code === null && remarksOf(check).length === 0;
}

/**
 * The checks that were made, by group and in the house's order: what did not plainly pass; apart from it what passed without a remark,
 * and what this version does not make.
 */
export function arrangeChecks(checks: readonly CheckView[]): {
  readonly groups: readonly CheckLines[];
  readonly passed: readonly CheckView[];
  readonly notMade: readonly CheckView[];
} {
  const sorted = checks.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  const made = sorted.filter(({ code }) => code !== 'check.not-made');
  const open = made.filter((check) => !isPlainlyPassed(check));
  const groups = checkGroups.map((group) => ({ group, checks: open.filter(({ id }) => groupOf(id) === group) }));
  return {
    groups: groups.filter((entry) => entry.checks.length > 0),
    passed: made.filter(isPlainlyPassed),
    notMade: sorted.filter(({ code }) => code === 'check.not-made'),
  };
}
