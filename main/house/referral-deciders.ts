import { refuseNames } from '../keeping/answering.ts';
import { asFailure, Failure } from '../result/failure.ts';
import { isSameSign } from '../trust/lists/pins.ts';
import type { CaseFacts, Decider } from '../verification/types.ts';
import type { Referral } from './referral.ts';

/** The id of the record by which a referral is decided: one at most, since no id is taken twice. */
export function decidingId(referralId: string): string {
  return `${referralId}-2`;
}

/** Whether a case may be handed on: of a reading of another case, and of a case of another station, nobody could tell the end. */
export function mayTravel({ reused, from }: Pick<Referral, 'reused' | 'from'>): boolean {
  return reused === undefined && from === undefined;
}

/** What the record of the colleague's decision says of it. */
export function decidedReferral({ id, at, by, from }: Referral): NonNullable<CaseFacts['referral']> {
  return { recordId: id, at, by, ...(from === undefined ? {} : { station: from.station }) };
}

/** The operators who bear a name, whatever they sign in as, and those of them who do no more: their ids. */
export type Bearers = (operatorId: string) => readonly string[];

/**
 * Whether this operator had the case: then a colleague decides it. A second account, or one that was made anew after the first was
 * removed, is no colleague: whoever bears the same name counts as the same person (docs/operators.md).
 */
export function hadIt(
  { by, handledBy }: Pick<Referral, 'by' | 'handledBy'>,
  operatorId: string | null,
  bearersOf: Bearers,
): boolean {
  if (operatorId === null) return false;
  const own = [operatorId, ...bearersOf(operatorId)];
  return [by, ...handledBy].some((decider) => decider.operatorId !== undefined && own.includes(decider.operatorId));
}

/**
 * Refuses whoever had the case. In a training folder without operators a second sign that is typed counts as the colleague, and the
 * record says that it was typed; an operator who bears the sign by which it was referred before there were operators is no colleague.
 * Fails with `referral.own`.
 */
export function refuseFirst(
  { by, handledBy, from }: Pick<Referral, 'by' | 'handledBy' | 'from'>,
  decider: Decider,
  bearersOf: Bearers,
): void {
  if (decider.source === 'operator') {
    if (hadIt({ by, handledBy }, decider.operatorId ?? null, bearersOf)) throw new Failure('referral.own');
    // Another station knows its operators by ids of its own: there the sign says who it was.
    if (from !== undefined && [by, ...handledBy].some(({ sign }) => isSameSign(sign, decider.sign)))
      throw new Failure('referral.own');
    if (by.source === 'operator') return;
  }
  try {
    refuseNames([by.sign, decider.sign]);
  } catch (thrown) {
    throw new Failure('referral.own', {}, asFailure(thrown));
  }
}
