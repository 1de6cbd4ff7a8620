import { refuseNames } from '../keeping/answering.ts';
import type { Operator } from '../store/operators/operator.ts';
import { unusable } from './arguments.ts';
import type { OptionDescription, ParsedArguments } from './command.ts';

/** The option by which administrators answer for an act with their names. */
export const byAdministrators: OptionDescription = {
  kind: 'values',
  value: 'NAME',
  help: 'an administrator who answers for it; twice, two people',
};

/**
 * The two who answer: the operators who signed in, and the names that were given where they are not two. Fails with
 * `arguments.unusable` where the names are not two, else as `refuseNames` does.
 */
export function twoAdministrators(given: ParsedArguments, operators: readonly Operator[]): readonly string[] {
  const names = [...operators.map(({ sign }) => sign), ...given.values('by')];
  if (names.length !== 2) throw unusable('two administrators', { option: '--by' });
  refuseNames(names);
  return names;
}
