import type { NamedAnew, OperatorStanding } from '../keeping/operators/operator-keeping.ts';
import { type Role, roles } from '../result/roles.ts';
import type { Operator } from '../store/operators/operator.ts';
import { unusable } from './arguments.ts';
import { printable } from './layout.ts';

/** The parts of an operator that leave the store. */
export function operatorAnswer({ id, sign, name, role, competentUntil, addedAt, removedAt }: Operator) {
  return { id, sign, name, role, competentUntil, addedAt, removedAt };
}

export function standingAnswer(operator: OperatorStanding) {
  const { failures, locked } = operator;
  return { ...operatorAnswer(operator), failures, locked, untrained: countsAsUntrained(operator) };
}

/** Whether a colleague decides what they would let through: they take cases and do not count as trained, or not as practised. */
export function countsAsUntrained({
  role,
  removedAt,
  lapsed,
}: Pick<OperatorStanding, 'role' | 'removedAt' | 'lapsed'>): boolean {
  return removedAt === null && (role === 'teller' || role === 'supervisor') && lapsed;
}

/** What follows from it, for people. */
export const untrainedWords =
  'a colleague decides what they would let through, until operators train says until when they are trained';

/** One line: sign, name, role, and what keeps them from working alone. */
export function operatorText(operator: OperatorStanding): string {
  const { sign, name, role, competentUntil, removedAt, locked } = operator;
  const remarks = [
    removedAt === null ? null : `removed ${removedAt.slice(0, 10)}`,
    locked && removedAt === null ? 'locked' : null,
    competentUntil === null ? 'nobody has said until when trained' : `trained until ${competentUntil}`,
    countsAsUntrained(operator) ? 'counts as untrained: a colleague decides' : null,
  ].filter((remark) => remark !== null);
  return `${printable(sign)}  ${printable(name)}  ${role}  (${remarks.join(', ')})`;
}

/** Said for as long as the folder lasts: others had taken operators away, and an administrator was named without a sign-in. */
export function anewText({ at, names }: NamedAnew): string {
  return `! ${at}: an administrator was named anew by ${names.map(printable).join(' and ')}, by typed names. Find out why.`;
}

/** A role as it was typed. Fails with `arguments.unusable`. */
export function roleGiven(text: string | null | undefined): Role {
  const role = roles.find((known) => known === text);
  if (role === undefined) throw unusable(`not one of ${roles.join(', ')}`, { option: '--role' });
  return role;
}
