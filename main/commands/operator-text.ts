import type { OperatorStanding } from '../keeping/operators/operator-keeping.ts';
import { type Role, roles } from '../result/roles.ts';
import type { Operator } from '../store/operators/operator.ts';
import { unusable } from './arguments.ts';
import { printable } from './layout.ts';

/** The parts of an operator that leave the store. */
export function operatorAnswer({ id, sign, name, role, competentUntil, addedAt, removedAt }: Operator) {
  return { id, sign, name, role, competentUntil, addedAt, removedAt };
}

export function standingAnswer(operator: OperatorStanding) {
  return { ...operatorAnswer(operator), failures: operator.failures, locked: operator.locked };
}

/** One line: sign, name, role, and what keeps them from working alone. */
export function operatorText({ sign, name, role, competentUntil, removedAt, locked }: OperatorStanding): string {
  const remarks = [
    removedAt === null ? null : `removed ${removedAt.slice(0, 10)}`,
    locked && removedAt === null ? 'locked' : null,
    competentUntil === null ? 'not trained yet' : `trained until ${competentUntil}`,
  ].filter((remark) => remark !== null);
  return `${printable(sign)}  ${printable(name)}  ${role}  (${remarks.join(', ')})`;
}

/** A role as it was typed. Fails with `arguments.unusable`. */
export function roleGiven(text: string | null | undefined): Role {
  const role = roles.find((known) => known === text);
  if (role === undefined) throw unusable(`not one of ${roles.join(', ')}`, { option: '--role' });
  return role;
}
