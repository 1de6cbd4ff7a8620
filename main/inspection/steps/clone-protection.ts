import { type ActiveAuthenticationAnswer, challengeChip } from '../../chip/active-authentication.ts';
import { type ActiveAuthenticationKey, parseActiveAuthenticationKey } from '../../chip/active-authentication-key.ts';
import { verifyActiveAuthentication } from '../../chip/active-authentication-signature.ts';
import { performChipAuthentication } from '../../chip/chip-authentication.ts';
import { offersChipAuthentication } from '../../chip/chip-authentication-choice.ts';
import { decodeTlv } from '../../document/tlv.ts';
import { asFailure, Failure } from '../../result/failure.ts';
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
  const key = activeAuthenticationKey(run);
  if (key === null) return;
  try {
    const answer = await challengeChip(run.channel, key, run.files.extendedLengthStated, run.input.random);
    verifyAnswer(run, key, answer);
  } catch (thrown) {
    const failure = asFailure(thrown);
    run.facts.activeAuthentication = { answer: null, failure };
    if (endsReading(failure)) throw failure;
  }
}

/** The chip's key out of the DG15 that was read; null where there is none that can be used, which is then kept. */
export function activeAuthenticationKey(run: InspectionRun): ActiveAuthenticationKey | null {
  const read = run.facts.files.get('EF.DG15');
  if (read === undefined || 'failure' in read) return null;
  const key = understand(run, 'EF.DG15', () => parseActiveAuthenticationKey(decodeTlv(read.bytes).value));
  if (key === null && !run.facts.malformed.has('EF.DG15'))
    run.facts.activeAuthentication = { answer: null, failure: new Failure('active-authentication.unsupported') };
  return key;
}

/** Verifies a challenge's answer, fresh or saved. */
export function verifyAnswer(
  { facts }: InspectionRun,
  key: ActiveAuthenticationKey,
  answer: ActiveAuthenticationAnswer,
): void {
  try {
    const { challenge, response } = answer;
    const signature = verifyActiveAuthentication(key, facts.dataGroup14 ?? [], challenge, response);
    facts.activeAuthentication = { answer, signature };
  } catch (thrown) {
    facts.activeAuthentication = { answer, failure: asFailure(thrown) };
  }
}
