import type { Operator } from '../store/operators/operator.ts';
import type { CommandCall, OptionDescription } from './command.ts';

/** The option by which one person answers for an act where nobody signs in. */
export const byOne: OptionDescription = {
  kind: 'values',
  value: 'NAME',
  help: 'who answers for it, where nobody signs in; by default the account at work',
};

/** Who answers for an act of one person: who signed in, else who is named, else the account at work. */
export function answering({ given }: CommandCall, [operator]: readonly Operator[], account: string): string {
  return operator?.sign ?? given.values('by')[0] ?? account;
}
