import { challengeChip } from '../../chip/active-authentication.ts';
import { performChipAuthentication } from '../../chip/chip-authentication.ts';
import { offersChipAuthentication } from '../../chip/chip-authentication-choice.ts';
import { asFailure } from '../../result/failure.ts';
import { endsReading, type InspectionRun } from '../facts.ts';
import { orderChallenges } from '../order-binding.ts';

/**
 * Chip authentication right after DG14, so that the rest of the chip is read under the new keys (9303-11 App. J.1). What it
 * proves is judged later, with the security object.
 */
export async function authenticateChip(run: InspectionRun): Promise<void> {
  const { facts, contents, channel, input } = run;
  const dataGroup14 = contents.of('EF.DG14');
  if (dataGroup14 === null || !offersChipAuthentication(dataGroup14)) return;
  try {
    facts.chipAuthentication = await performChipAuthentication(channel, dataGroup14, input.random);
  } catch (thrown) {
    const failure = asFailure(thrown);
    facts.chipAuthentication = { failure };
    if (endsReading(failure)) throw failure;
  }
}

/**
 * Active authentication with the key of DG15 (9303-11 §6.1). It is made beside chip authentication too: it costs one exchange
 * and leaves evidence that anyone can verify again, and that is for the order alone where there is one. Here the chip answers;
 * what its answer is worth is judged later.
 */
export async function authenticateActively({ facts, contents, channel, files, input }: InspectionRun): Promise<void> {
  const key = contents.of('EF.DG15')?.key ?? null;
  if (key === null) return;
  try {
    const challenges = input.orderHash === undefined ? null : orderChallenges(input.orderHash, input.random);
    const source = challenges?.next ?? input.random;
    const answer = await challengeChip(channel, key, files.extendedLengthStated, source);
    facts.activeAuthentication = { ...answer, nonce: challenges?.nonce() ?? null };
  } catch (thrown) {
    const failure = asFailure(thrown);
    facts.activeAuthentication = { failure };
    if (endsReading(failure)) throw failure;
  }
}
