import type { Holder } from '../holders/holder.ts';
import { type Check, unsuccessful } from '../result/check.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { isWithin } from '../result/instant.ts';
import type { Policy } from './types.ts';

/**
 * The checks of a person whom the bank's own directory told of: each says so, with the instant at which it did and, where it has
 * not answered since, why. Its word counts as long as the policy says (`directoryHours`), and never shorter than what was read
 * does: names change, and people die. Past that, or by a clock that went back, `holder.status` is `undetermined`
 * (`holder.directory-old`), whatever it said then but that the person is dead. For everybody else the checks are as they were.
 */
export function withDirectoryAge(
  checks: readonly Check[],
  holder: Pick<Holder, 'directory'> | null,
  { now, policy }: { readonly now: string; readonly policy: Pick<Policy, 'directoryHours' | 'evidenceMinutes'> },
): readonly Check[] {
  const said = holder?.directory;
  if (said === undefined) return checks;
  const { saidAt, code } = said;
  const directory = { saidAt, ...(code === null ? {} : { notAskedSince: code }) };
  const minutes = Math.max(policy.directoryHours * 60, policy.evidenceMinutes);
  const isOld = !isWithin(saidAt, now, minutes);
  return checks.map((check) => {
    if (!check.id.startsWith('holder.')) return check;
    const detail = { ...check.detail, directory };
    return isOld && check.id === 'holder.status' && check.result !== 'failed'
      ? unsuccessful(check.id, 'undetermined', 'holder.directory-old', { ...detail, minutes })
      : { ...check, detail };
  });
}

/** The person as the directory told of them before, now that it was asked once more and failed so; for everybody else as they are. */
export function unanswered(holder: Holder, code: FailureCode): Holder {
  const { directory } = holder;
  return directory === undefined ? holder : { ...holder, directory: { ...directory, code } };
}
