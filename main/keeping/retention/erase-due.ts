import type { StationClock } from '../../machine/clock.ts';
import type { Act } from '../../records/act.ts';
import { numbersText } from '../../records/record-numbers.ts';
import { erasureDetail, ledgerOf, type RetentionLedger, stoppedAfter } from '../../records/retention.ts';
import { Failure } from '../../result/failure.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { ActsRepository } from '../../store/acts-repository.ts';
import { removeLeftWork } from '../../store/backup/own-work.ts';
import type { KeptRecord } from '../../store/retention/record-index.ts';
import type { Store, UnlockedStore } from '../../store/types.ts';
import { dueRecords, followAll, isDue } from './due-records.ts';
import { refuseUnprovedClock } from './erasing-clock.ts';

/** How an erasing went. */
export interface ErasedRecords {
  /** The numbers of the records that were erased now. */
  readonly erased: readonly number[];
  /** How many are due still. */
  readonly left: number;
  /**
   * Whether nothing of them is left in the log beside the database either. False while another connection reads there: the next
   * erasing empties it.
   */
  readonly cleaned: boolean;
}

/** So many records are erased in one transaction: another process waits no longer. */
const atOnce = 20;

/**
 * Erases records whose time is over, at most so many: content, key and copies, each act signed. What another process says of them
 * meanwhile holds: whether each is due still is judged in the transaction that erases it. It stands still where anything that it rests
 * on is in doubt, for nothing comes back. Fails with `trust.tampered`, `retention.acts-broken`, and as `refuseUnprovedClock` does; with
 * `erased` where some were erased before.
 */
export async function eraseDue(
  store: Store,
  unlocked: UnlockedStore,
  around: { readonly clock: StationClock; readonly signs: readonly string[]; readonly most: number },
): Promise<ErasedRecords> {
  const { clock, signs, most } = around;
  const today = clock.today();
  // Whole copies of the database, in which lies what is erased: whatever stands in the way of erasing keeps none of them.
  removeLeftWork(store.directory);
  await refuseUnprovedClock(store, today);
  const proved = new ProvedLedger(unlocked.acts);
  const first = proved.now();
  followAll(unlocked);
  const due = dueRecords(unlocked, first, today);
  const now = due.slice(0, most);
  const erased: number[] = [];
  // By reason before they are cut into batches: fewer acts.
  for (const [, records] of Map.groupBy(now, (kept) => reasonOf(kept, first)))
    for (let from = 0; from < records.length; from += atOnce) {
      const numbers = records.slice(from, from + atOnce).map(({ number }) => number);
      try {
        const act = { kind: 'record.erase', at: clock.now(), signs, reason: '' } as const;
        erased.push(...unlocked.atOnce(() => eraseStillDue(unlocked, proved, { numbers, today, act })));
      } catch (thrown) {
        throw stoppedAfter(erased.length, thrown);
      }
    }
  forgetHolds(unlocked);
  const [left, cleaned] = [due.length - now.length, unlocked.retention.cleanLog()];
  return { erased: erased.sort((a, b) => a - b), left, cleaned };
}

// Inside a transaction: nobody says anything of a record between its judging and its end. One that another process erased is not
// erased again, and one that is held by now, or whose event was taken back, stays.
function eraseStillDue(
  { retention, acts }: UnlockedStore,
  proved: ProvedLedger,
  batch: {
    readonly numbers: readonly number[];
    readonly today: PlainDate;
    readonly act: Omit<Act, 'detail'>;
  },
): readonly number[] {
  const { today, act } = batch;
  const ledger = proved.now();
  const due = batch.numbers
    .flatMap((number) => retention.kept(number) ?? [])
    .filter((kept) => isDue(kept, ledger, today));
  // One act for each reason, so that it says for every record why.
  for (const [, records] of Map.groupBy(due, (kept) => reasonOf(kept, ledger))) {
    const [{ number: first, retention: rule }] = records as [KeptRecord];
    const erasure = { ...rule, on: today, event: ledger.events.get(first) ?? null };
    const detail = { records: numbersText(records.map(({ number }) => number)), ...erasureDetail(erasure) };
    acts.record({ ...act, detail }, (number) => {
      for (const record of records) retention.erase(record.number);
      proved.passOver(number);
    });
  }
  return due.map(({ number }) => number);
}

function reasonOf({ number, retention: { keep, years } }: KeptRecord, ledger: RetentionLedger): string {
  return JSON.stringify([keep, years, ledger.events.get(number) ?? null]);
}

/** What acts say of records, by those alone that the station signed: read anew where somebody recorded one since. */
class ProvedLedger {
  readonly #acts: ActsRepository;
  #through = 0;
  #ledger = ledgerOf([]);

  constructor(acts: ActsRepository) {
    this.#acts = acts;
  }

  /** Fails with `retention.acts-broken`. */
  now(): RetentionLedger {
    // What is cut off at the end may be a hold.
    if (this.#acts.end() !== 'fits') throw new Failure('retention.acts-broken');
    const newest = this.#acts.newest();
    if (newest === this.#through) return this.#ledger;
    // Those before were looked at, and are marked: to verify all of them again would keep every other process waiting.
    if (this.#acts.broken(this.#through).length > 0) throw new Failure('retention.acts-broken');
    this.#ledger = ledgerOf(this.#acts.list());
    this.#through = newest;
    return this.#ledger;
  }

  /** The next act is an erasing of our own: the index of records says what it erased. */
  passOver(act: number): void {
    this.#through = act;
  }
}

// Why an authority had records kept is nobody's business once none of them is there.
function forgetHolds({ retention, acts }: UnlockedStore): void {
  const { holds, erased } = ledgerOf(acts.list());
  for (const { number, records } of holds)
    if (records.every((record) => erased.has(record))) retention.forgetHoldReason(number);
}
