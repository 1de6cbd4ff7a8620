import { challengeChip } from '../../chip/active-authentication.ts';
import { parseActiveAuthenticationKey } from '../../chip/active-authentication-key.ts';
import { verifyActiveAuthentication } from '../../chip/active-authentication-signature.ts';
import { performChipAuthentication } from '../../chip/chip-authentication.ts';
import { offersChipAuthentication } from '../../chip/chip-authentication-choice.ts';
import { decodeTlv } from '../../document/tlv.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import type { ActiveAuthenticationFinding } from '../checks/clone-protection.ts';
import { endsReading, type InspectionRun, understand } from '../facts.ts';

/**
 * Chip authentication right after DG14, so that the rest of the chip is read under the new keys (9303-11 App. J.1). What it
 * proves is judged later, with the security object.
 */
export async function authenticateChip(run: InspectionRun): Promise<void> {
  const { facts, channel, input } = run;
  if (facts.dataGroup14 === null || !offersChipAuthentication(facts.dataGroup14)) return;
  try {
    facts.chipAuthentication = await performChipAuthentication(channel, facts.dataGroup14, input.random);
  } catch (thrown) {
    const failure = asFailure(thrown);
    facts.chipAuthentication = { failure };
    if (endsReading(failure)) throw failure;
  }
}

/**
 * Active authentication with the key of DG15 (9303-11 §6.1). It is made beside chip authentication too: it costs one exchange
 * and leaves evidence that anyone can verify again.
 */
export async function authenticateActively(run: InspectionRun): Promise<void> {
  const { facts, channel, input } = run;
  const read = facts.files.get('EF.DG15');
  if (read === undefined || 'failure' in read) return;
  const key = understand(run, 'EF.DG15', () => parseActiveAuthenticationKey(decodeTlv(read.bytes).value));
  if (key === null) {
    if (!facts.malformed.has('EF.DG15'))
      facts.activeAuthentication = { answer: null, failure: new Failure('active-authentication.unsupported') };
    return;
  }
  let answer: ActiveAuthenticationFinding['answer'] = null;
  try {
    answer = await challengeChip(channel, key, run.files.extendedLengthStated, input.random);
    const { challenge, response } = answer;
    const signature = verifyActiveAuthentication(key, facts.dataGroup14 ?? [], challenge, response);
    facts.activeAuthentication = { answer, signature };
  } catch (thrown) {
    const failure = asFailure(thrown);
    facts.activeAuthentication = { answer, failure };
    if (endsReading(failure)) throw failure;
  }
}
