import type { FailureCode } from '../result/failure-codes.ts';
import { isWithin } from '../result/instant.ts';
import { orderPlace } from './order-standing.ts';
import type { CaseFacts, Policy } from './types.ts';

/**
 * What keeps a case from being closed as gone on with, by the terms of its policy and whoever closes it (desk, side door, a test);
 * null where nothing does, and for every other outcome: what gives nothing to anybody is always open. It asks the facts alone, as
 * the record keeps them, so that no caller can leave a term out.
 */
export function closingHindrance(facts: CaseFacts, policy: Policy | null): FailureCode | null {
  if (facts.decision.outcome !== 'go-on') return null;
  if (policy === null) return 'decision.no-reading';
  if (facts.verdict.verdict === 'reject') return 'decision.not-allowed';
  // Who is asked for an age alone leaves no document: that one was read is told by when.
  if (facts.readAt === null || (facts.document === null && policy.holder !== 'nobody')) return 'decision.no-reading';
  const order = orderPlace(policy.order, facts.order?.order ?? null);
  if (order !== null) return order;
  if (facts.face === null) return 'face.not-compared';
  if (isTooOld(facts, policy)) return facts.freshness ? 'freshness.past' : 'case.evidence-old';
  if (facts.freshness && policy.freshness === null) return 'freshness.not-for-purpose';
  if (facts.second !== undefined && policy.documentsInCase === 'one') return 'document.second-kind';
  if (policy.whyNotEid === 'required' && (facts.whyNotEid ?? '').trim() === '') return 'case.eid-reason-missing';
  if (JSON.stringify(facts.retention ?? null) !== JSON.stringify(policy.retention)) return 'record.malformed';
  const needsReason = facts.verdict.verdict === 'refer' && (facts.decision.reason ?? '').trim() === '';
  return needsReason ? 'decision.reason-missing' : null;
}

// By the clock on the wall, the only one that a record has; one that went back makes nothing young.
function isTooOld({ readAt, second, endedAt, freshness }: CaseFacts, policy: Policy): boolean {
  const most = freshness ? (policy.freshness?.minutes ?? 0) : policy.evidenceMinutes;
  return [readAt, second?.readAt ?? null].some((instant) => instant !== null && !isWithin(instant, endedAt, most));
}
