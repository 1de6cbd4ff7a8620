import type { BankAnswers } from '../answer/bank-answers.ts';
import type { KnownDocument } from '../holders/holder.ts';
import { type ListedName, listedName } from '../holders/holder-view.ts';
import { Failure } from '../result/failure.ts';
import type { Role } from '../result/roles.ts';
import type { DamagedCase } from '../store/referrals-repository.ts';
import type { ListedRecord, UnlockedStore } from '../store/types.ts';
import { caseHolder, documentSeen, holderTaken } from '../verification/case-holder.ts';
import { closingHindrance } from '../verification/closing.ts';
import type { CaseOrder } from '../verification/order-case.ts';
import type { CaseFacts, CaseHolder, Decider } from '../verification/types.ts';
import { type DealtWith, ordersDealtWith } from './dealt-with.ts';
import { followRecords } from './follow-records.ts';
import type { House, RecordSummary } from './house.ts';
import type { Publishing } from './publishing.ts';
import { recordFigures } from './record-figures.ts';
import { contentFor } from './record-view.ts';
import { type Referral, referralOf, referralText, unlessDamaged } from './referral.ts';
import { refuseKnown } from './refuse-known.ts';

type RecordCalls = Pick<
  House,
  | (
      | 'refuseIfBusy'
      | 'keepRecord'
      | 'keepOutcome'
      | 'documentToFile'
      | 'referrals'
      | 'referralsWaiting'
      | 'referral'
      | 'records'
      | 'findRecords'
      | 'recordFigures'
    )
  | ('record' | 'log')
>;

/** What records are kept with. */
export interface RecordGround {
  readonly version: string;
  readonly training: boolean;
  /** What is in force: a case is closed by it, whoever closes it. */
  readonly policy: House['policy'];
  /** As `LimitClock.newestAt`: by it what was read is too old, or not. */
  readonly newestAt: () => string | null;
  /** Who is told of the case: the bank's system that sent its order. */
  readonly answers: Pick<BankAnswers, 'caseKept' | 'caseEnded' | 'taken'>;
  /** Who brings checkpoints of the log to where they go. */
  readonly publishing: Pick<Publishing, 'soon'>;
}

// A case that ends without going on leaves its record also where its order cannot be read any more (`noteCase` as well).
function isOthersNow(
  dealtWith: DealtWith,
  order: CaseOrder,
  { goesOn, referral }: { readonly goesOn: boolean; readonly referral: string | null },
): boolean {
  try {
    return dealtWith(order, referral);
  } catch (thrown) {
    if (goesOn) throw thrown;
    return false;
  }
}

// A case may wait for half a minute until another process lets go of the folder: that one may be taking the operator out, or giving
// them another role. What lets nobody go on is open to everybody (`closingHindrance`).
function refuseGone(
  { source, operatorId }: Decider,
  asRole: Role | undefined,
  roleOf: (operatorId: string) => Role | null,
): void {
  if (source !== 'operator' || operatorId === undefined) return;
  const role = roleOf(operatorId);
  if (role === null) throw new Failure('operator.needed');
  if (asRole !== undefined && role !== asRole) throw new Failure('operator.role', { role });
}

// The case has left its record, whatever becomes of the answer: one that fails now is made later, while the ways are open.
function answerUnlessLater({ caseEnded }: Pick<BankAnswers, 'caseEnded'>, recordId: string): void {
  try {
    caseEnded(recordId);
  } catch {
    // As above.
  }
}

/** What both doors ask of the records. `open` fails with `storage.locked` while the folder is locked. */
export function houseRecords(
  open: () => UnlockedStore,
  { version, training, policy, newestAt, answers, publishing }: RecordGround,
): RecordCalls {
  const dealtWith = ordersDealtWith(open, answers);
  const isProtectedNow = protectedNow(open);
  // As they stand now: who was a supervisor when the case was opened may be none any more.
  const roleOf = (operatorId: string): Role | null => {
    const operator = open().operators.byId(operatorId)?.operator ?? null;
    return operator === null || operator.removedAt !== null ? null : operator.role;
  };
  const documentToFile = (facts: CaseFacts): KnownDocument | null =>
    facts.purpose === null ? null : documentSeen(facts, policy(facts.purpose), roleOf);
  const summary = (stored: ListedRecord): RecordSummary => summaryOf(stored, { training, isProtectedNow });
  return {
    refuseIfBusy: (patienceMillis) => open().refuseIfBusy(patienceMillis),
    documentToFile,
    keepRecord: async (facts, queue = {}, asRole) => {
      const hindrance = closingHindrance(facts, facts.purpose === null ? null : policy(facts.purpose), newestAt());
      if (hindrance !== null) throw new Failure(hindrance);
      const { atOnce, holders, knownDocuments, records, referrals } = open();
      const { order, decision, referral } = facts;
      const { id, hash, isItsCase } = atOnce(() => {
        // Asked when the case was judged, and here, where nobody else writes: another may have been answered or referred since. Before
        // this case lies in the queue itself.
        const goesOn = decision.outcome === 'go-on';
        if (goesOn) refuseGone(decision.by, asRole, roleOf);
        const isOthers =
          order !== undefined && isOthersNow(dealtWith, order, { goesOn, referral: referral?.recordId ?? null });
        if (isOthers && goesOn) throw new Failure('order.dealt-with');
        const taken = holderTaken(facts);
        if (taken !== null) {
          refuseKnown(facts, taken, holders);
          holders.importAll([taken]);
        }
        if (queue.take !== undefined) referrals.take(queue.take);
        if (queue.put !== undefined)
          referrals.put({ id: queue.put.id, at: queue.put.at, text: referralText(queue.put) });
        const kept = records.append(facts, version);
        const seen = documentToFile(facts);
        if (seen !== null && facts.holder !== null) knownDocuments.put(kept.id, facts.holder.id, seen);
        // A case that came to nothing takes an order neither from its answer nor from the colleague who is to decide.
        const isItsCase = order !== undefined && !isOthers;
        if (isItsCase) answers.caseKept(kept.id, order);
        return { ...kept, isItsCase };
      });
      publishing.soon();
      if (isItsCase && order?.source === 'signed') answerUnlessLater(answers, id);
      return { id, hash };
    },
    keepOutcome: (facts, from) => {
      const { atOnce, records, referrals } = open();
      const { order, referral } = facts;
      if (referral === undefined) throw new Failure('record.malformed');
      const kept = atOnce(() => {
        referrals.takeHanded(referral.recordId, from);
        const appended = records.append(facts, version);
        if (order !== undefined) answers.caseKept(appended.id, order);
        return appended;
      });
      publishing.soon();
      if (order?.source !== 'signed') return { id: kept.id, answer: null };
      answerUnlessLater(answers, kept.id);
      return { id: kept.id, answer: answers.taken(order.order.issuer, order.order.id)?.answer ?? null };
    },
    referrals: () => {
      const { whole, damaged } = open().referrals.list();
      const unread: DamagedCase[] = [...damaged];
      const waiting = whole.flatMap(({ id, at, text }) => {
        const referral = unlessDamaged(() => referralOf(text));
        if (referral === null) unread.push({ id, at });
        return referral === null ? [] : [asOfNow(referral, isProtectedNow)];
      });
      return { waiting, damaged: unread };
    },
    referralsWaiting: () => open().referrals.ids().length,
    referral: (id) => {
      const waiting = open().referrals.get(id);
      return waiting === null ? null : asOfNow(referralOf(waiting.text), isProtectedNow);
    },
    records: async ({ limit, offset }) => {
      const { records } = open();
      const newest = records.list({ limit: 1 })[0]?.number ?? 0;
      const isProtected = protectedOnPage(open);
      return records
        .list({ limit, before: newest - offset + 1 })
        .map((stored) => summaryOf(stored, { training, isProtectedNow: isProtected }));
    },
    findRecords: async (query, { before, limit }) => {
      const { records, retention } = open();
      const known = protectedOnPage(open);
      const summaries = (listed: readonly ListedRecord[]) =>
        listed.map((stored) => summaryOf(stored, { training, isProtectedNow: known }));
      if (Object.keys(query).length === 0) {
        const listed = records.list({ limit, ...(before === null ? {} : { before }) });
        const last = listed.length < limit ? undefined : listed.at(-1);
        return { records: summaries(listed), next: last?.number ?? null, behind: 0 };
      }
      await followRecords(() => retention);
      const { numbers, next } = retention.find(query, { before, limit });
      return { records: summaries(records.of(numbers)), next, behind: retention.behind() };
    },
    recordFigures: (month) => recordFigures(open, month),
    record: async (wanted, viewer) => {
      const { records } = open();
      const id = (/^\d{1,15}$/.test(wanted) ? records.of([Number(wanted)])[0]?.id : null) ?? wanted;
      const { number, hash, content } = records.get(id);
      const { holder, endedAt } = content;
      return {
        summary: summary({
          number,
          id,
          hash,
          writtenAt: endedAt,
          content,
        }),
        content: contentFor(viewer, content, isProtectedNow(holder)),
      };
    },
    log: () => open().log,
  };
}

type IsProtectedNow = (person: CaseHolder | null) => boolean;

// Records and referrals keep the person as they were. Who became protected since is protected in all that was written before: by their
// id, and by their number where the register has taken the place of whom a case took from a document.
function protectedNow(open: () => UnlockedStore): IsProtectedNow {
  return (person) => {
    if (person === null || person.protected === true) return person !== null;
    const { holders } = open();
    const { id, personalNumber } = person;
    if (holders.get(id)?.protected !== undefined) return true;
    return (
      personalNumber !== null &&
      holders.find({ kind: 'personal-number', personalNumber }).some(({ holder }) => holder.protected !== undefined)
    );
  };
}

// One page is of one moment: who stands on it often is looked up once.
function protectedOnPage(open: () => UnlockedStore): IsProtectedNow {
  const isProtectedNow = protectedNow(open);
  const known = new Map<string, boolean>();
  return (person) => {
    const key = JSON.stringify([person?.id ?? null, person?.personalNumber ?? null, person?.protected ?? false]);
    const answer = known.get(key) ?? isProtectedNow(person);
    known.set(key, answer);
    return answer;
  };
}

function asOfNow(referral: Referral, isProtectedNow: IsProtectedNow): Referral {
  const { holder } = referral;
  if (holder === null || holder.protected !== undefined || !isProtectedNow(caseHolder(holder))) return referral;
  return { ...referral, holder: { ...holder, protected: { since: null } } };
}

const unreadable: ListedName = { holderName: null, nameless: 'unreadable' };

function summaryOf(
  { id, number, hash, writtenAt, content, erased }: ListedRecord,
  { training, isProtectedNow }: { readonly training: boolean; readonly isProtectedNow: IsProtectedNow },
): RecordSummary {
  const holder = content?.holder ?? null;
  return {
    id,
    number,
    endedAt: writtenAt,
    hash,
    training,
    purpose: content?.purpose ?? null,
    // A list names nobody whose identity is protected, whoever looks at it.
    ...(content === null ? unreadable : listedName(holder, isProtectedNow(holder))),
    verdict: content?.verdict.verdict ?? null,
    decidedBy: content?.decision.by.sign ?? null,
    outcome: content?.decision.outcome ?? null,
    erased: erased ?? null,
  };
}
