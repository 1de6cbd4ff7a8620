import type { DecisionInput } from '../../preload/contract.ts';
import { Failure } from '../result/failure.ts';
import type { Decider, Decision, FaceComparison, VerdictWord } from '../verification/types.ts';

/** A reason in words, or null where nothing but white space was typed. */
export function reasonFrom(text: string | null): string | null {
  const reason = text?.trim() ?? '';
  return reason === '' ? null : reason;
}

/** Who decides: the sign that staff typed, else the account of the operating system. */
export function deciderFrom(sign: string | null, operatingSystemUser: string): Decider {
  const typed = reasonFrom(sign);
  return typed === null ? { sign: operatingSystemUser, source: 'operating-system' } : { sign: typed, source: 'typed' };
}

/** Staff's answer about the faces. Fails with `decision.reason-missing` for anything but `same` without a reason. */
export function faceFrom(answer: FaceComparison['answer'], reason: string | null): FaceComparison {
  const words = reasonFrom(reason);
  if (answer !== 'same' && words === null) throw new Failure('decision.reason-missing', { answer });
  return { answer, reason: words };
}

/**
 * Staff's decision beside the verdict. Going on is never possible against `reject` (`decision.not-allowed`), and against
 * `refer` only with a reason (`decision.reason-missing`).
 */
export function decisionFrom(input: DecisionInput, verdict: VerdictWord, operatingSystemUser: string): Decision {
  const reason = reasonFrom(input.reason);
  if (input.outcome === 'go-on') {
    if (verdict === 'reject') throw new Failure('decision.not-allowed', { verdict });
    if (verdict === 'refer' && reason === null) throw new Failure('decision.reason-missing', { verdict });
  }
  return { outcome: input.outcome, reason, by: deciderFrom(input.sign, operatingSystemUser) };
}
