import { Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { isWithin } from '../result/instant.ts';
import { orderPlace } from './order-standing.ts';
import { policyDigest } from './policy-digest.ts';
import { referralHindrance } from './referral-time.ts';
import type { CaseFacts, Policy, Purpose } from './types.ts';

/**
 * What keeps a case from being closed as gone on with, by the terms of its policy and whoever closes it (desk, side door, a test);
 * null where nothing does, and for every other outcome: what gives nothing to anybody is always open. It asks the facts alone, as
 * the record keeps them, so that no caller can leave a term out, and the newest instant of which the station knows that it was (null:
 * of none).
 */
export function closingHindrance(facts: CaseFacts, policy: Policy | null, newestAt: string | null): FailureCode | null {
  if (facts.decision.outcome !== 'go-on') return null;
  if (policy === null) return 'decision.no-reading';
  if (facts.verdict.verdict === 'reject') return 'decision.not-allowed';
  // Who is asked for an age alone leaves no document: that one was read is told by when.
  if (facts.readAt === null || (facts.document === null && policy.holder !== 'nobody')) return 'decision.no-reading';
  const order = orderPlace(policy, facts.order ?? null);
  if (order !== null) return order;
  if (facts.face === null) return 'face.not-compared';
  const old = tooOld(facts, policy, newestAt);
  if (old !== null) return old;
  if (facts.freshness && policy.freshness === null) return 'freshness.not-for-purpose';
  if (facts.second !== undefined && policy.documentsInCase === 'one') return 'document.second-kind';
  if (policy.whyNotEid === 'required' && (facts.whyNotEid ?? '').trim() === '') return 'case.eid-reason-missing';
  if (JSON.stringify(facts.retention ?? null) !== JSON.stringify(policy.retention)) return 'record.malformed';
  const needsReason = facts.verdict.verdict === 'refer' && (facts.decision.reason ?? '').trim() === '';
  return needsReason ? 'decision.reason-missing' : null;
}

/**
 * Refuses a record by which somebody goes on under a policy that is not in force any more: another one may have come while a case
 * waited for the folder. Fails with `decision.verdict-changed`: it is to be looked at by that one.
 */
export function refuseOtherPolicy(
  { purpose, policy: stated, decision }: CaseFacts,
  policyOf: (purpose: Purpose) => Policy,
): void {
  if (decision.outcome !== 'go-on' || purpose === null || stated?.digest === undefined) return;
  if (policyDigest(policyOf(purpose)) !== stated.digest) throw new Failure('decision.verdict-changed');
}

// By the clock on the wall, the only one that a record has; one that went back makes nothing young. Of a referral the station knows more.
function tooOld(
  { readAt, second, endedAt, freshness, referral, checks }: CaseFacts,
  policy: Policy,
  newestAt: string | null,
): FailureCode | null {
  const read = [readAt, second?.readAt ?? null].filter((instant) => instant !== null);
  const reused = Boolean(freshness);
  if (referral !== undefined) {
    const referred = { readAt: read, reused, referredAt: referral.at, now: endedAt, newestAt, checks };
    return referralHindrance(referred, policy);
  }
  const most = reused ? (policy.freshness?.minutes ?? 0) : policy.evidenceMinutes;
  if (read.every((instant) => isWithin(instant, endedAt, most))) return null;
  return reused ? 'freshness.past' : 'case.evidence-old';
}
