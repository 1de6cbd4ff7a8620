import { Failure } from '../result/failure.ts';
import type { Decider, Decision, Verdict } from './types.ts';

/**
 * Staff's decision beside the verdict, which it never changes. Going on against `refer` needs a reason; against `reject`
 * it is not theirs to decide. Fails with `decision.reason-missing`, `decision.not-allowed`.
 */
export function decide(
  verdict: Verdict,
  outcome: Exclude<Decision['outcome'], 'abandoned'>,
  reason: string | null,
  by: Decider,
): Decision {
  const given = reason?.trim() ?? '';
  if (outcome === 'go-on' && verdict.verdict === 'reject') throw new Failure('decision.not-allowed');
  if (outcome === 'go-on' && verdict.verdict === 'refer' && given === '') {
    throw new Failure('decision.reason-missing', { question: 'decision' });
  }
  return { outcome, reason: given === '' ? null : given, by };
}
