import type { Holder } from '../holders/holder.ts';
import type { House } from '../house/house.ts';
import type { Referral } from '../house/referral.ts';
import { decidedReferral, decidingId } from '../house/referral-deciders.ts';
import { stillCounting } from '../house/still-counting.ts';
import type { Inspection } from '../inspection/types.ts';
import { equal } from '../result/bytes.ts';
import { caseNumber } from '../result/case-number.ts';
import { type Check, checkIds, unsuccessful } from '../result/check.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { Operator } from '../store/operators/operator.ts';
import { caseHolder, caseHolderTaken } from '../verification/case-holder.ts';
import type { DecisionGround } from '../verification/decision.ts';
import { unanswered } from '../verification/directory-age.ts';
import { errandFacts } from '../verification/errand-checks.ts';
import { withGroupsAsked } from '../verification/groups-asked.ts';
import { boundOrder } from '../verification/order-case.ts';
import { orderPlace, unplaced } from '../verification/order-standing.ts';
import { policyDigest } from '../verification/policy-digest.ts';
import { type ReferredReading, referralHindrance } from '../verification/referral-time.ts';
import { readTimes } from '../verification/referral-waiting.ts';
import type { CaseFacts, Decision, FaceComparison, Policy, Verdict } from '../verification/types.ts';

/** A referred case as it comes out today. */
export interface JudgedReferral {
  readonly referral: Referral;
  readonly policy: Policy;
  readonly inspection: Inspection | null;
  readonly second: Inspection | null;
  readonly checks: readonly Check[];
  readonly verdict: Verdict;
  /** What a decision of whoever looks would rest on. */
  readonly ground: DecisionGround;
}

const fewestCharacters = 6;

/** The one referral whose id is this or begins so, or whose number (`caseNumber`) it is. Fails with `referral.gone`, also where several do, and `referral.damaged`. */
export function referralMeant(house: Pick<House, 'referrals'>, beginning: string): Referral {
  const isMeant = (id: string): boolean => id.startsWith(beginning) || caseNumber(id) === beginning.toUpperCase();
  const { waiting, damaged } = house.referrals();
  const found = [...waiting, ...damaged].map(({ id }) => id).filter(isMeant);
  const exact = found.find((id) => id === beginning);
  const [only] = found;
  const meant = exact ?? (found.length === 1 && beginning.length >= fewestCharacters ? only : undefined);
  if (meant === undefined) throw new Failure('referral.gone', { matches: found.length });
  const referral = waiting.find(({ id }) => id === meant);
  if (referral === undefined) throw new Failure('referral.damaged', { id: meant });
  return referral;
}

/** Judges a referral as the desk does when a colleague opens it: nothing is read or answered again, today's lists count. */
export async function judgedReferral(
  house: House,
  referral: Referral,
  operator: Operator | undefined,
): Promise<JudgedReferral> {
  const { purpose, order, answers, holderNotOnFile } = referral;
  const holder = await holderNow(house, referral);
  const policy = house.policy(purpose);
  const again = (read: Inspection | null, hash?: string) => (read === null ? null : house.judgeAgain(read, hash));
  const earlier = earlierNow(house, { ...referral, holder }, policy);
  const inspection =
    earlier !== null && !('code' in earlier) && referral.inspection !== null
      ? { ...referral.inspection, document: earlier.document, checks: earlier.checks }
      : await again(referral.inspection, order?.hash);
  const second = await again(referral.second?.inspection ?? null);
  const face = faceOf(referral, inspection);
  const isReused = referral.reused !== undefined;
  const answered = holder !== null || holderNotOnFile || policy.holder !== 'on-file';
  const checks = [
    ...withGroupsAsked(policy, inspection?.checks ?? []),
    // An earlier case compared the person on file; its photo is the document's own.
    ...(inspection !== null && answered && !isReused ? house.matchHolder(policy, holder, inspection) : []),
    ...house.faceChecks(face, isReused || (inspection !== null && inspection.portrait !== null), referral.film ?? null),
    ...house.errandChecks(policy, answers, inspection),
    ...secondChecks(house, referral, inspection, second),
  ].toSorted((a, b) => checkIds.indexOf(a.id) - checkIds.indexOf(b.id));
  const specimen = inspection?.specimen ?? false;
  const verdict = house.judge(policy, checks, specimen);
  const person = personIn(house, policy, inspection);
  const meant = holder ?? (person === null ? null : { ...person, id: decidingId(referral.id) });
  return {
    referral: { ...referral, holder },
    policy,
    inspection,
    second,
    checks,
    verdict,
    ground: {
      verdict,
      // A colleague is the second person that the policy asks for.
      mayGoOnAlone: true,
      documentRead: inspection !== null && inspection.document !== null,
      face,
      evidenceMinutes: 0,
      referred:
        referralHindrance(readingOf(house, referral, checks), policy) ??
        (earlier !== null && 'code' in earlier ? earlier.code : null),
      policy,
      lapsed: operator !== undefined && house.keeping.operators.lapsed(operator),
      eidReasonOpen: policy.whyNotEid === 'required' && answers.whyNotEid === null,
      reasons: house.reasonsToGoOn(policy, checks, specimen, operator?.role ?? 'teller'),
      orderHindrance: orderHindrance(house, referral, policy, meant),
      personOpen: policy.holder === 'from-document' && !isConfirmed(referral, person),
    },
  };
}

// Null where the document was read. What was read for an earlier case has nothing to judge again: it is looked up.
function earlierNow(house: Pick<House, 'earlierCase'>, { id, reused, holder }: Referral, policy: Policy) {
  if (reused === undefined) return null;
  const { recordId, documentNumber } = reused;
  return stillCounting(house, { recordId, policy, holder, documentNumber, referral: id });
}

/** What the record of the colleague's decision is made from. */
export function referralFacts(
  house: Pick<House, 'kind' | 'stationKind' | 'now' | 'newHolder'>,
  judged: JudgedReferral,
  decision: Decision,
  begunAt: string,
): CaseFacts {
  const { referral, policy, inspection, second, checks, verdict, ground } = judged;
  const { purpose, answers, order, readAt, taps, reused } = referral;
  const id = decidingId(referral.id);
  const person = personIn(house, policy, inspection);
  const taken = person !== null && decision.outcome === 'go-on' ? caseHolderTaken({ id, ...person }) : null;
  const onFile = referral.holder === null ? null : caseHolder(referral.holder);
  return {
    id,
    training: house.kind === 'training',
    stationKind: house.stationKind(),
    purpose,
    holder: person === null ? onFile : taken,
    document: policy.holder === 'nobody' ? null : (inspection?.document ?? null),
    access: inspection?.access ?? null,
    ...secondFacts(referral, second),
    checks,
    reading: reused === undefined ? (inspection?.reading ?? null) : null,
    face: ground.face,
    verdict,
    policy: { id: policy.id, version: policy.version, digest: policyDigest(policy) },
    decision,
    begunAt,
    endedAt: house.now(),
    readAt,
    taps,
    referral: decidedReferral(referral),
    ...(reused === undefined ? {} : { freshness: { recordId: reused.recordId, readAt: reused.readAt } }),
    ...errandFacts(policy, answers),
    ...(order === null ? {} : { order: boundOrder(order, checks) }),
  };
}

// A register may have come meanwhile: as the person is on file now, and as they were where they are on file no more or where a
// directory does not answer. Who is gone keeps nobody from ending the case; `goneHolder` keeps it from going on.
async function holderNow(house: Pick<House, 'holder'>, { holder }: Referral): Promise<Holder | null> {
  if (holder === null) return null;
  return house.holder(holder.id).then(
    (found) => found ?? holder,
    (thrown: unknown) => {
      const { code } = asFailure(thrown);
      if (code.startsWith('service.')) return unanswered(holder, code);
      throw thrown;
    },
  );
}

/** Fails with `holder.not-found` where the person is on file no more. */
export async function goneHolder(house: Pick<House, 'holder'>, { holder }: Referral): Promise<void> {
  if (holder === null) return;
  const found = await house.holder(holder.id).catch((thrown: unknown) => {
    if (asFailure(thrown).code.startsWith('service.')) return holder;
    throw thrown;
  });
  if (found === null) throw new Failure('holder.not-found');
}

function personIn(house: Pick<House, 'newHolder'>, policy: Policy, inspection: Inspection | null) {
  if (policy.holder !== 'from-document' || inspection === null) return null;
  return house.newHolder(inspection)?.person ?? null;
}

function isConfirmed({ confirmed }: Referral, person: ReturnType<typeof personIn>): boolean {
  return confirmed !== null && person !== null && JSON.stringify(confirmed) === JSON.stringify(person);
}

// The answer was given to this portrait and to no other.
function faceOf({ face }: Referral, inspection: Inspection | null): FaceComparison | null {
  const portrait = inspection?.portrait?.bytes ?? null;
  if (face === null) return null;
  const another = portrait !== null && (face.portrait === null || !equal(face.portrait, portrait));
  return another ? null : face.comparison;
}

function secondChecks(
  house: Pick<House, 'secondDocument'>,
  { second: laid }: Referral,
  first: Inspection | null,
  second: Inspection | null,
): readonly Check[] {
  if (laid === undefined) return [];
  if (first === null || second === null)
    return [unsuccessful('document.second', 'undetermined', 'document.second-not-read')];
  return [house.secondDocument(first, second)];
}

function secondFacts({ second: laid }: Referral, second: Inspection | null): Pick<CaseFacts, 'second'> {
  if (laid === undefined) return {};
  const { readAt, taps } = laid;
  const { document = null, access = null, checks = [], reading = null } = second ?? {};
  return { second: { document, access, checks, reading, readAt, taps } };
}

function readingOf(
  house: Pick<House, 'now' | 'newestAt'>,
  referral: Referral,
  checks: readonly Check[],
): ReferredReading {
  const { reused, at } = referral;
  const clock = { now: house.now(), newestAt: house.newestAt() };
  return { readAt: readTimes(referral), reused: reused !== undefined, referredAt: at, ...clock, checks };
}

function orderHindrance(
  house: Pick<House, 'orders'>,
  { id: referralId, order, purpose }: Referral,
  policy: Policy,
  holder: Parameters<House['orders']['hindrances']>[1]['holder'],
): DecisionGround['orderHindrance'] {
  const place = orderPlace(policy, order);
  if (place !== null || order === null) return place;
  return (
    house.orders.hindrances(order, { purpose, holder, referral: referralId }).codes[0] ?? unplaced(order.order, holder)
  );
}
