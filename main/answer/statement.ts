import type { RecordContent } from '../records/types.ts';
import { canonicalBytes } from '../result/canonical-json.ts';
import { toBase64 } from './base64url.ts';
import type { SignedOrder } from './signed-order.ts';
import { guidelineResults } from './tr03135.ts';
import { passedMethods, verifiedClaims } from './verified-claims.ts';

/** The explicit types of answers. One of training has a type of its own: who verifies as documented never takes it for one. */
export const answerTypes = { ordinary: 'styrk-answer+jwt', training: 'styrk-training-answer+jwt' } as const;

/** What the answer rests on, beside the record. */
export interface Answered {
  readonly record: { readonly id: string; readonly hash: string };
  readonly content: RecordContent;
  readonly signed: Pick<SignedOrder, 'order' | 'asks' | 'digest' | 'system'>;
  /** SHA-256 of the order's canonical form, hex. */
  readonly orderHash: string;
  /** Whether the chip itself signed for this order, or the station's signature alone binds it. */
  readonly boundBy: 'active-authentication' | 'station';
}

/**
 * What the bank's system is told of a case, as claims of a JWT: the order that it answers, `verified_claims` for what passed,
 * and in `styrk` the verdict, staff's decision and every check with its result. No name of staff, no detail of a check, and of
 * the person what the order asked for and nothing else. The same record gives the same claims, whenever they are asked for.
 */
export function statementOf({ record, content, signed, orderHash, boundBy }: Answered): object {
  const { order, asks, system, digest } = signed;
  const decided = Math.floor(Date.parse(content.endedAt) / 1000);
  const verified = verifiedClaims(content, asks, system.trustFramework);
  const { verdict, checks, decision, policy } = content;
  return {
    iss: content.station.id,
    aud: system.id,
    jti: record.id,
    iat: decided,
    exp: decided + system.answerMinutes * 60,
    ...(order.nonce === null ? {} : { nonce: order.nonce }),
    order: { id: order.id, sha256: orderHash, token: digest, boundBy },
    ...(verified === null ? {} : { verified_claims: verified }),
    styrk: {
      training: content.training,
      verdict: verdict.verdict,
      reasons: [...verdict.reasons],
      conditions: conditionsOf(verdict),
      decision: { outcome: decision.outcome, by: decision.by.source },
      methods: [...passedMethods(content)],
      checks: checks.map(({ id, result, code }) => ({ id, result, code })),
      purpose: content.purpose,
      station: content.stationKind ?? null,
      policy: policy === null ? null : { id: policy.id, version: policy.version, digest: policy.digest ?? null },
      record: { id: record.id, hash: record.hash },
      decidedAt: content.endedAt,
      ...attached(content, system),
    },
  };
}

// In the form of OpenID Identity Assurance ("Embedded attachments"), and here: `verified_claims` is there only for what passed.
function attached(content: RecordContent, { attachments }: Pick<SignedOrder['system'], 'attachments'>): object {
  const results = attachments.includes('tr-03135') ? guidelineResults(content) : null;
  if (results === null) return {};
  const bytes = canonicalBytes(results);
  return {
    attachments: [{ desc: 'BSI TR-03135 results', content_type: 'application/json', content: toBase64(bytes) }],
  };
}

// What an accept is tied to (until when, for what); a verdict of an earlier app has none.
function conditionsOf(verdict: object): readonly unknown[] {
  const { conditions } = verdict as { readonly conditions?: unknown };
  return Array.isArray(conditions) ? [...conditions] : [];
}
