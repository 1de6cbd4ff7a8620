import type { Operator } from '../store/operators/operator.ts';
import type { Decider } from '../verification/types.ts';

/** Who decides: whoever signed in; a sign that is typed stands where nobody signs in, else the account of the operating system. */
export function deciderOf(sign: string | null, operator: Operator | undefined, operatingSystemUser: string): Decider {
  if (operator !== undefined) return { sign: operator.sign, source: 'operator', operatorId: operator.id };
  return sign === null ? { sign: operatingSystemUser, source: 'operating-system' } : { sign, source: 'typed' };
}
