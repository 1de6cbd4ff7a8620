import { refuseNames } from '../keeping/answering.ts';
import { unusable } from './arguments.ts';
import type { OptionDescription, ParsedArguments } from './command.ts';

/** The option by which administrators answer for an act with their names. */
export const byAdministrators: OptionDescription = {
  kind: 'values',
  value: 'NAME',
  help: 'an administrator who answers for it; twice, two people',
};

/** The two who answer. Fails with `arguments.unusable` where they are not two, else as `refuseNames` does. */
export function twoAdministrators(given: ParsedArguments): readonly string[] {
  const names = given.values('by');
  if (names.length !== 2) throw unusable('two administrators', { option: '--by' });
  refuseNames(names);
  return names;
}
