import { randomUUID } from 'node:crypto';
import type { Holder } from '../holders/holder.ts';
import type { House } from '../house/house.ts';
import { otherCardOf, outcomeOf } from '../inspection/outcome.ts';
import type { Inspection } from '../inspection/types.ts';
import { type Check, checkIds } from '../result/check.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { Operator } from '../store/operators/operator.ts';
import { caseHolder, caseHolderTaken } from '../verification/case-holder.ts';
import { decide, isSameVerdict } from '../verification/decision.ts';
import { unanswered } from '../verification/directory-age.ts';
import { copiesFor } from '../verification/document-copies.ts';
import { type ErrandAnswers, errandFacts, noAnswers } from '../verification/errand-checks.ts';
import type { EarlierReading } from '../verification/freshness.ts';
import { withGroupsAsked } from '../verification/groups-asked.ts';
import { boundOrder, type GivenOrder } from '../verification/order-case.ts';
import { orderPlace, unplaced } from '../verification/order-standing.ts';
import { policyDigest } from '../verification/policy-digest.ts';
import type { CaseFacts, FaceComparison, Purpose, SecondDocument, Verdict } from '../verification/types.ts';
import { deciderOf } from './decider.ts';

/** What keeps this case from going on, told only once its record is written: its order, who decides, or the policy, by now. */
export const meanwhile: readonly FailureCode[] = [
  'order.already-confirmed',
  'order.dealt-with',
  'operator.needed',
  'operator.role',
  'decision.verdict-changed',
];

export interface ClosedCase {
  readonly facts: CaseFacts;
  readonly checks: readonly Check[];
  readonly verdict: Verdict;
  /** Why the order could not be confirmed in the end; null where it could, and without one. */
  readonly orderHindrance: FailureCode | null;
  /** Why an accepted case does not go on: its order, or that whoever decides is no longer trained; of one that was left open why the reading came to no end. Else null. */
  readonly hindrance: FailureCode | null;
}

type Closing = Pick<
  House,
  | 'kind'
  | 'stationKind'
  | 'matchHolder'
  | 'newHolder'
  | 'faceChecks'
  | 'errandChecks'
  | 'secondDocument'
  | 'policy'
  | 'judge'
  | 'now'
  | 'operatingSystemUser'
  | 'today'
  | 'orders'
>;

/** What a case at the side door is closed by. */
export interface ClosedBy {
  /** A new one where it is left out. */
  readonly id?: string;
  readonly purpose: Purpose;
  readonly holder: Holder | null;
  readonly face: FaceComparison | null;
  readonly answers?: ErrandAnswers;
  /** A typed sign; null: the operating system's account. */
  readonly decider: string | null;
  /** Who signed in, where the folder has operators. */
  readonly operator?: Operator | undefined;
  /** Whether a colleague decides what they would let through. */
  readonly lapsed?: boolean;
  readonly inspection: Inspection;
  readonly second?: Inspection;
  readonly taps: number;
  readonly begunAt: string;
  readonly readAt: string;
  /** The reading of an earlier case on which this one rests; left out or null where the document was read. */
  readonly earlier?: EarlierReading | null;
  /** What the person is to confirm; null without an order. */
  readonly order?: GivenOrder | null;
}

/**
 * Judges a finished case and says what its record is made from. The decision follows the verdict; fails as `decide` does where that is
 * to go on and a term of the policy does not hold: an order that is missing, a reason that nobody gave.
 */
export function closeCase(house: Closing, ended: ClosedBy): ClosedCase {
  const { purpose, face, inspection, taps, begunAt, readAt, earlier = null, answers = noAnswers, order = null } = ended;
  const policy = house.policy(purpose);
  const checks = [
    ...withGroupsAsked(policy, inspection.checks),
    // An earlier case compared the person on file, and who they are has not changed since; its photo is the document's own.
    ...(earlier === null ? house.matchHolder(policy, ended.holder, inspection) : []),
    ...house.faceChecks(face, earlier !== null || inspection.portrait !== null),
    ...house.errandChecks(policy, answers, inspection),
    ...(ended.second === undefined ? [] : [house.secondDocument(inspection, ended.second)]),
  ].toSorted((a, b) => checkIds.indexOf(a.id) - checkIds.indexOf(b.id));
  const verdict = house.judge(policy, checks, inspection.specimen);
  const by = deciderOf(ended.decider, ended.operator, house.operatingSystemUser);
  // Whoever is no longer trained lets nobody through alone: a colleague decides.
  const { lapsed = false, id = randomUUID() } = ended;
  // Whom a case took from a document is on file with the decision to go on, under the id of the case.
  const person = policy.holder === 'from-document' ? (house.newHolder(inspection)?.person ?? null) : null;
  const asHolder = ended.holder ?? (person === null ? null : { ...person, id });
  // What is missing is told by `decide`; what cannot be confirmed stops the case, and leaves its record.
  const place = orderPlace(policy, order);
  const orderHindrance =
    order === null
      ? null
      : (house.orders.hindrances(order, { purpose, holder: asHolder }).codes[0] ?? unplaced(order.order, asHolder));
  const accept = orderHindrance !== null ? 'stop' : lapsed ? 'refer' : 'go-on';
  const follows = { accept, refer: 'refer', reject: 'stop' } as const;
  const becomesHolder = person !== null && follows[verdict.verdict] === 'go-on';
  const onFile = ended.holder === null ? null : caseHolder(ended.holder);
  const ground = {
    verdict,
    mayGoOnAlone: false,
    documentRead: inspection.document !== null,
    face,
    evidenceMinutes: 0,
    policy,
    // At the side door the answer to the face question is the word of who gives it.
    personOpen: false,
    lapsed,
    eidReasonOpen: policy.whyNotEid === 'required' && answers.whyNotEid === null,
    orderHindrance: place ?? orderHindrance,
  };
  const facts: CaseFacts = {
    id,
    training: house.kind === 'training',
    stationKind: house.stationKind(),
    purpose,
    holder: becomesHolder ? caseHolderTaken({ id, ...person }) : onFile,
    // Who is asked for an age alone leaves no name: the record holds that and no more.
    document: policy.holder === 'nobody' ? null : inspection.document,
    access: inspection.access,
    ...(ended.second === undefined ? {} : { second: secondOf(ended.second) }),
    checks,
    reading: earlier === null ? inspection.reading : null,
    face,
    verdict,
    policy: { id: policy.id, version: policy.version, digest: policyDigest(policy) },
    decision: decide(ground, follows[verdict.verdict], face?.reason ?? null, by),
    begunAt,
    endedAt: house.now(),
    readAt,
    taps,
    ...errandFacts(policy, answers),
    ...copiesFor(policy, earlier === null ? inspection : null),
    ...(earlier === null ? {} : { freshness: { recordId: earlier.recordId, readAt: earlier.readAt } }),
    ...(order === null ? {} : { order: boundOrder(order, checks) }),
  };
  const hindrance = orderHindrance ?? (lapsed && verdict.verdict === 'accept' ? 'operator.lapsed' : null);
  return { facts, checks, verdict, orderHindrance, hindrance };
}

/**
 * A case whose reading came to no end, and that would be referred for that, or for which another card was laid down than a travel
 * document: nobody has decided anything by its order. At the desk such a case goes on with another tap; here it ends as abandoned,
 * without the order, which waits for another try. What was read wholly, or speaks against the document, is left as it is: a colleague
 * can see it, or nobody need.
 */
export function leftOpen(closed: ClosedCase, inspection: Inspection): ClosedCase {
  const { order, ...facts } = closed.facts;
  const { state, code } = outcomeOf(inspection);
  const isBrokenOff = state === 'interrupted' || code === 'inspection.cancelled' || inspection.document === null;
  const other = otherCardOf(inspection);
  const isOpen = other !== null || (facts.decision.outcome === 'refer' && isBrokenOff);
  if (order === undefined || !isOpen) return closed;
  const decision = { ...facts.decision, outcome: 'abandoned' } as const;
  const hindrance = other ?? code ?? 'document.not-read';
  return { ...closed, facts: { ...facts, decision }, orderHindrance: null, hindrance };
}

/**
 * The case that was to go on as it comes out now: while the folder was held another process may have brought a list, a register, or an
 * order's end. Fails with one of `meanwhile` where it does not go on any more, and as the database does.
 */
export async function closedAgain(
  house: House,
  by: ClosedBy,
  before: ClosedCase,
  earlierNow: () => EarlierReading | null,
): Promise<CaseFacts> {
  try {
    return await judgedAgain(house, by, before, earlierNow);
  } catch (thrown) {
    const { code } = asFailure(thrown);
    if (code.startsWith('storage.') || meanwhile.includes(code)) throw thrown;
    throw new Failure('decision.verdict-changed', {}, thrown);
  }
}

async function judgedAgain(
  house: House,
  by: ClosedBy,
  before: ClosedCase,
  earlierNow: () => EarlierReading | null,
): Promise<CaseFacts> {
  const earlier = by.earlier === null ? null : earlierNow();
  const second = by.second === undefined ? {} : { second: await house.judgeAgain(by.second) };
  const holder = by.holder === null ? null : await holderNow(house, by.holder);
  const inspection = earlier === null ? await house.judgeAgain(by.inspection, by.order?.hash) : asInspection(earlier);
  const lapsed = by.operator !== undefined && house.keeping.operators.lapsed(by.operator);
  const now = closeCase(house, { ...by, ...second, holder, inspection, earlier, lapsed });
  if (now.orderHindrance !== null) throw new Failure(now.orderHindrance);
  if (now.facts.decision.outcome !== 'go-on' || !isSameVerdict(now.verdict, before.verdict))
    throw new Failure('decision.verdict-changed');
  return now.facts;
}

// Where a directory does not answer it is what it said before, with its age.
async function holderNow(house: Pick<House, 'holder'>, holder: Holder): Promise<Holder> {
  const now = await house.holder(holder.id).catch((thrown: unknown) => {
    const { code } = asFailure(thrown);
    if (code.startsWith('service.')) return unanswered(holder, code);
    throw thrown;
  });
  if (now === null) throw new Failure('holder.not-found');
  return now;
}

function secondOf({ document, access, checks, reading }: Inspection): SecondDocument {
  return { document, access, checks, reading };
}

const nothingRead = { exchanges: 0, bytesSent: 0, bytesReceived: 0, millis: 0, files: {} } as const;

/** An earlier reading in the place of one of today. */
export function asInspection({ document, access, checks, specimen }: EarlierReading): Inspection {
  const none = { mrz: null, details: null, portrait: null } as const;
  return { document, access, checks, reading: nothingRead, ...none, specimen };
}
