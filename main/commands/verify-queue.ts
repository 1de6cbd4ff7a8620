import type { AccessKey } from '../chip/access-key.ts';
import type { Holder } from '../holders/holder.ts';
import type { House, QueueChange } from '../house/house.ts';
import type { Referral } from '../house/referral.ts';
import type { Inspection } from '../inspection/types.ts';
import type { Operator } from '../store/operators/operator.ts';
import type { ErrandAnswers } from '../verification/errand-checks.ts';
import type { GivenOrder } from '../verification/order-case.ts';
import type { CaseFacts, FaceComparison, Purpose } from '../verification/types.ts';

/** What a case at the side door rested on, as far as its record does not hold it. */
export interface EndedCase {
  readonly purpose: Purpose;
  readonly holder: Holder | null;
  readonly face: FaceComparison | null;
  readonly answers: ErrandAnswers;
  readonly operator: Operator | undefined;
  readonly inspection: Inspection;
  readonly second: Inspection | null;
  readonly key: AccessKey | null;
  readonly order: GivenOrder | null;
}

/** Whether a colleague can decide here: an operator, or in training a second sign that is typed. */
export function hasQueue(house: Pick<House, 'kind' | 'keeping'>): boolean {
  return house.kind === 'training' || house.keeping.operators.state() !== 'none';
}

/**
 * What a case does to the queue: where it ended referred, it waits for a colleague as one of the desk does. One that rests on the
 * reading of an earlier record does not: nothing was read that a colleague could see.
 */
export function queueOf(
  house: Pick<House, 'kind' | 'keeping' | 'newHolder' | 'policy'>,
  ended: EndedCase,
  facts: CaseFacts,
): QueueChange {
  if (facts.decision.outcome !== 'refer' || facts.freshness !== undefined || !hasQueue(house)) return {};
  const { purpose, holder, face, answers, inspection, second, key, order } = ended;
  const { decision, verdict, readAt, taps } = facts;
  const policy = house.policy(purpose);
  // At the side door the answer to the face question is the word of who gives it, for the person in the document too.
  const confirmed =
    policy.holder === 'from-document' && face !== null ? (house.newHolder(inspection)?.person ?? null) : null;
  const put: Referral = {
    id: facts.id,
    at: facts.endedAt,
    by: decision.by,
    handledBy: [decision.by],
    reason: decision.reason,
    verdict,
    purpose,
    holder,
    holderNotOnFile: holder === null && policy.holder === 'on-file',
    keyKind: key?.kind ?? null,
    face: face === null ? null : { comparison: face, portrait: inspection.portrait?.bytes ?? null },
    confirmed,
    answers,
    order,
    readAt,
    taps,
    inspection,
    ...(second === null ? {} : { second: { keyKind: null, readAt, taps: 1, inspection: second } }),
  };
  return { put };
}
