import { Failure } from '../result/failure.ts';
import { isEmptySign, refuseSecondSign } from '../trust/lists/pins.ts';

/** Who answers for an act, and why. */
export interface Answering {
  readonly names: readonly string[];
  readonly reason: string;
}

/** Refuses but two names of two people. Fails with `operator.name-missing`, `trust.pin-same-person`. */
export function refuseNames([first = '', second = '']: readonly string[]): void {
  if (isEmptySign(first)) throw new Failure('operator.name-missing');
  refuseSecondSign(first, second);
}

/** Refuses an act without a reason. Fails with `decision.reason-missing`. */
export function refuseReason(reason: string): void {
  if (isEmptySign(reason)) throw new Failure('decision.reason-missing');
}
