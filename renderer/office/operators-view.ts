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
