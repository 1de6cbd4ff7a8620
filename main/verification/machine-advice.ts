import type { MachineComparison } from './terms.ts';
import type { FaceAnswer, MachineAdvice } from './types.ts';

/** What computes: stated in the record beside its score, which means nothing without it. */
export const faceModelName = '@vladmandic/human 3.3.6 faceres';

/** What was done to compare by machine. */
export interface MachineWork {
  /** The customer's own word (GDPR art. 9(2)(a)); where it is `refused`, or nobody asked, nothing is compared. */
  readonly consent: 'given' | 'refused' | 'not-asked';
  readonly compared: boolean;
  /** Null where a comparison was tried and came to nothing: no face was found. */
  readonly score: number | null;
}

/**
 * What the machine says, by the bank's own thresholds. It goes into the record and never into a check: the verdict does not know of it.
 * `answeredFirst` is what the person answered before they could see it.
 */
export function machineAdvice(
  terms: MachineComparison,
  { consent, compared, score }: MachineWork,
  answeredFirst: FaceAnswer,
): MachineAdvice {
  const asked = consent === 'given' && compared;
  return {
    consent,
    advice: asked ? adviceOf(terms, score) : null,
    score: asked ? score : null,
    answeredFirst,
    model: faceModelName,
    ...terms,
  };
}

function adviceOf({ supportsFrom, againstBelow }: MachineComparison, score: number | null): MachineAdvice['advice'] {
  if (score === null) return 'cannot-tell';
  if (score >= supportsFrom) return 'supports';
  return score < againstBelow ? 'does-not-support' : 'cannot-tell';
}
