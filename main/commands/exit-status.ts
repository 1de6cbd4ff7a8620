import type { FailureCode } from '../result/failure-codes.ts';
import type { ExitStatus } from './command.ts';

// What this machine or folder lacks; everything else that a command is refused for lies in what it was given.
const lacking =
  /^(reader\.|connection\.|storage\.|internal\.|inspection\.|training\.|installation\.|runtime\.|settings\.unusable)/;
const unusableInput: readonly FailureCode[] = [
  'storage.corrupt',
  'storage.foreign',
  'storage.newer',
  'storage.key-file-training',
  'installation.update-unproved',
  'installation.update-older',
  'installation.update-other',
];

/** The exit status of a command that ended in a failure: 2 unusable arguments or input, 3 the machine lacks something. */
export function exitStatusOf(code: FailureCode): Extract<ExitStatus, 2 | 3> {
  return lacking.test(code) && !unusableInput.includes(code) ? 3 : 2;
}
