import { Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { Decider, Decision, FaceComparison, Policy, Verdict } from './types.ts';

/** What a decision rests on beside the verdict. */
export interface DecisionGround {
  readonly verdict: Verdict;
  /** Whether the policy leaves what speaks against it to one person. */
  readonly mayGoOnAlone: boolean;
  /** Whether a document was read to the point where it says what it is. */
  readonly documentRead: boolean;
  readonly face: FaceComparison | null;
  /** How old what was read is, in minutes. */
  readonly evidenceMinutes: number;
  readonly policy: Pick<Policy, 'evidenceMinutes'>;
  /** Why what was read counts no more (null where it does), of a case that was referred (`referralHindrance`); left out of all others. */
  readonly referred?: FailureCode | null;
  /** Whether staff have yet to say that the person whom the document names is the new customer. */
  readonly personOpen: boolean;
  /** Whether whoever decides no longer counts as trained: then a colleague decides what they would let through. */
  readonly lapsed?: boolean;
  /** Whether staff have yet to say why no electronic identification is used, where the policy requires it. */
  readonly eidReasonOpen?: boolean;
  /** The reasons that the policy takes for going on against what it refers; left out where any will do. */
  readonly reasons?: readonly string[] | null;
  /** Why the order of the case cannot be confirmed; null where it can, and without one. */
  readonly orderHindrance: FailureCode | null;
}

/**
 * Why going on is closed, whatever reason is given; null where it is open. It needs a document that was read, not longer ago
 * than the policy allows, and an answer to the face question; nobody goes on against `reject`, and against `refer` one person
 * alone only where the policy leaves it to them, and not at all who is no longer trained; nor for an order that cannot be
 * confirmed here and now.
 */
export function goOnHindrance(ground: DecisionGround): FailureCode | null {
  const { verdict, documentRead, face, evidenceMinutes, policy, personOpen, mayGoOnAlone, orderHindrance } = ground;
  if (!documentRead) return 'decision.no-reading';
  if (verdict.verdict === 'reject') return 'decision.not-allowed';
  if (orderHindrance !== null) return orderHindrance;
  if (face === null) return 'face.not-compared';
  const isOld = evidenceMinutes > policy.evidenceMinutes;
  const old = ground.referred === undefined ? (isOld ? 'case.evidence-old' : null) : ground.referred;
  if (old !== null) return old;
  if (verdict.verdict === 'refer' && !mayGoOnAlone) return 'decision.needs-second';
  if (ground.lapsed === true) return 'operator.lapsed';
  if (personOpen) return 'case.person-unconfirmed';
  return ground.eidReasonOpen === true ? 'case.eid-reason-missing' : null;
}

/** Whether two verdicts are one to whoever decides: the word, what it rests on, and the conditions it is tied to. */
export function isSameVerdict(one: Verdict, other: Verdict): boolean {
  const told = ({ verdict, reasons, conditions }: Verdict): string => JSON.stringify([verdict, reasons, conditions]);
  return told(one) === told(other);
}

/**
 * Staff's decision beside the verdict, which it never changes. Going on fails as `goOnHindrance` says, and against `refer`
 * with `decision.reason-missing` where no reason is given and `decision.reason-not-listed` where the policy names others.
 */
export function decide(
  ground: DecisionGround,
  outcome: Exclude<Decision['outcome'], 'abandoned'>,
  reason: string | null,
  by: Decider,
): Decision {
  const given = reason?.trim() ?? '';
  if (outcome === 'go-on') {
    const hindrance = goOnHindrance(ground);
    if (hindrance !== null) throw new Failure(hindrance);
    if (ground.verdict.verdict === 'refer' && given === '')
      throw new Failure('decision.reason-missing', { question: 'decision' });
    // Where the bank names its reasons nobody goes on for another one.
    const { reasons = null } = ground;
    if (ground.verdict.verdict === 'refer' && reasons !== null && !reasons.includes(given))
      throw new Failure('decision.reason-not-listed', { reasons: reasons.length });
  }
  return { outcome, reason: given === '' ? null : given, by };
}
