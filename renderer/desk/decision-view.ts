import type { DecisionInput, VerdictView } from '../../preload/contract.ts';

export type Outcome = DecisionInput['outcome'];

export const outcomes: readonly Outcome[] = ['go-on', 'refer', 'stop'];

/** What the verdict itself points to: chosen beforehand, changed by staff where they decide otherwise. */
export function outcomeOfVerdict(verdict: VerdictView['verdict'] | null): Outcome {
  return verdict === 'accept' ? 'go-on' : verdict === 'reject' ? 'stop' : 'refer';
}

/** Nobody goes on against `reject`, nor before there is a verdict. */
export function isAllowed(outcome: Outcome, verdict: VerdictView['verdict'] | null): boolean {
  return outcome !== 'go-on' || verdict === 'accept' || verdict === 'refer';
}

/** Whoever departs from the verdict says why. */
export function needsReason(outcome: Outcome, verdict: VerdictView['verdict'] | null): boolean {
  return verdict !== null && outcome !== outcomeOfVerdict(verdict);
}

/** What is sent: blanks become null, so that an empty sign means the operating system's account. */
export function decisionInput(
  seen: DecisionInput['seen'],
  outcome: Outcome,
  reason: string,
  sign: string,
): DecisionInput {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
  return { outcome, reason: orNull(reason), sign: orNull(sign), seen };
}
