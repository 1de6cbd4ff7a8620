import type { Arguments, MethodName, OperatorRow } from '../../preload/contract.ts';
import type { Texts } from '../../resources/texts/texts.ts';

/** A change of operators, as the page asks for it. */
export type AskChange = <M extends Extract<MethodName, `operators.${string}`>>(
  method: M,
  ...args: Arguments<M>
) => Promise<boolean>;

/** What keeps an operator from working, or from working alone; empty where nothing does. */
export function standingWords({ removed, locked, lapsed, role }: OperatorRow, t: Texts): string {
  if (removed) return t('operators/removed');
  // Only who takes cases lets any through.
  const counts = lapsed && (role === 'teller' || role === 'supervisor');
  return [locked ? t('operators/locked') : null, counts ? t('operators/lapsed') : null]
    .filter((word) => word !== null)
    .join(', ');
}

/** Whether this role changes anything of an operator; null where nobody signs in. */
export function mayChange(role: OperatorRow['role'] | null): boolean {
  return role === 'administrator' || role === 'supervisor';
}

/** Until when somebody counts as trained; of a role that lets no case through it is not asked. */
export function trainedWords({ competentUntil, role }: OperatorRow, t: Texts): string {
  if (competentUntil !== null) return competentUntil;
  return t(role === 'teller' || role === 'supervisor' ? 'operators/notTrained' : 'operators/notNeeded');
}

/** How many administrators confirm a change of who signs in; empty where there are none yet. */
export function confirmingWords(operators: readonly Pick<OperatorRow, 'role' | 'removed'>[], t: Texts): string {
  const there = operators.filter(({ role, removed }) => role === 'administrator' && !removed).length;
  if (there === 0) return '';
  return t(there === 1 ? 'operators/helpOne' : 'operators/helpTwo');
}
