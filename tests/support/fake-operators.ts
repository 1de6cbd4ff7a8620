import type { OperatorKeeping } from '../../main/keeping/operators/operator-keeping.ts';
import { Failure } from '../../main/result/failure.ts';
import type { PlainDate } from '../../main/result/plain-date.ts';
import { isLapsed, type Role } from '../../main/result/roles.ts';
import type { Operator } from '../../main/store/operators/operator.ts';

/** A made-up operator, trained for long. */
export function operatorOf(sign: string, role: Role, competentUntil = '2099-12-31'): Operator {
  return {
    id: `id-${sign}`,
    sign,
    name: `Name of ${sign}`,
    role,
    competentUntil: competentUntil as PlainDate,
    addedAt: '2026-01-01T00:00:00Z',
    removedAt: null,
  };
}

function untold(): never {
  throw new Error('no window asks for this');
}

/** The day of the fake house. */
const today = '2026-11-23';

/** Operators who sign in with their sign in small letters as secret; `staff` may change. */
export function fakeOperators(staff: Operator[]): OperatorKeeping {
  const found = (sign: string): Operator | undefined => staff.find((operator) => operator.sign === sign);
  return {
    state: () => (staff.length === 0 ? 'none' : 'present'),
    list: () =>
      staff.map((operator) => ({ ...operator, failures: 0, locked: false, lapsed: isLapsed(operator, today) })),
    namedAnew: () => [],
    show: untold,
    signIn: async (sign, secret) => {
      const operator = found(sign);
      if (operator === undefined || secret !== sign.toLowerCase()) throw new Failure('operator.refused');
      return operator;
    },
    lapsed: (operator) => isLapsed(operator, today),
    requireTwo: untold,
    present: (id) => staff.find((operator) => operator.id === id) ?? null,
    bearers: (id) => {
      const name = staff.find((operator) => operator.id === id)?.name;
      return staff.filter((operator) => operator.name === name).map((operator) => operator.id);
    },
    refuseNew: untold,
    refuseSecret: untold,
    add: untold,
    setRole: untold,
    train: untold,
    reset: untold,
    setSecret: untold,
    remove: untold,
    takeIssued: untold,
    exportForStations: untold,
  };
}
