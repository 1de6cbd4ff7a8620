import type { FailureCode } from '../../main/result/failure-codes.ts';
import type { CaseView, DecisionInput, VerdictView } from '../../preload/contract.ts';

export type Outcome = DecisionInput['outcome'];

export const outcomes: readonly Outcome[] = ['go-on', 'refer', 'stop'];

/** What the verdict itself points to: chosen beforehand, changed by staff where they decide otherwise. */
export function outcomeOfVerdict(verdict: VerdictView['verdict'] | null): Outcome {
  return verdict === 'accept' ? 'go-on' : verdict === 'reject' ? 'stop' : 'refer';
}

// What staff can still put right on this very page.
const openHere: ReadonlySet<FailureCode> = new Set(['case.person-unconfirmed', 'case.eid-reason-missing']);

/** Why going on is closed to staff here; null where it is open, or would be by a word of theirs on this page. */
export function goOnClosed({ goOnHindrance }: Pick<CaseView, 'goOnHindrance'>): FailureCode | null {
  return goOnHindrance === null || openHere.has(goOnHindrance) ? null : goOnHindrance;
}

/** What is chosen beforehand: what the verdict points to, and a colleague where going on is closed all the same. */
export function outcomeAtFirst(view: Pick<CaseView, 'verdict' | 'goOnHindrance'>): Outcome {
  const outcome = outcomeOfVerdict(view.verdict?.verdict ?? null);
  // Whoever is no longer trained leaves every case to a colleague.
  if (view.goOnHindrance === 'operator.lapsed') return 'refer';
  return outcome === 'go-on' && goOnClosed(view) !== null ? 'refer' : outcome;
}

/** Whether the decision can be sent: nobody goes on before there is a verdict, nor while something hinders it. */
export function isAllowed(
  outcome: Outcome,
  { verdict, goOnHindrance }: Pick<CaseView, 'verdict' | 'goOnHindrance'>,
): boolean {
  return verdict !== null && (outcome !== 'go-on' || goOnHindrance === null);
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
