import type { StationClock } from '../../machine/clock.ts';
import { numbersText } from '../../records/record-numbers.ts';
import { erasureDetail, ledgerOf } from '../../records/retention.ts';
import { Failure } from '../../result/failure.ts';
import type { KeptRecord } from '../../store/retention/record-index.ts';
import type { Store, UnlockedStore } from '../../store/types.ts';
import { dueRecords, followAll } from './due-records.ts';
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
 * Erases records whose time is over, at most so many: content, key and copies, each act signed. It stands still where anything
 * that it rests on is in doubt, for nothing comes back. Fails with `trust.tampered`, `retention.acts-broken`, and as
 * `refuseUnprovedClock` does.
 */
export async function eraseDue(
  store: Store,
  unlocked: UnlockedStore,
  around: { readonly clock: StationClock; readonly signs: readonly string[]; readonly most: number },
): Promise<ErasedRecords> {
  const { retention, acts } = unlocked;
  const { clock, signs, most } = around;
  const today = clock.today();
  await refuseUnprovedClock(store, today);
  if (acts.broken().length > 0) throw new Failure('retention.acts-broken');
  followAll(unlocked);
  const ledger = ledgerOf(acts.list());
  const due = dueRecords(unlocked, ledger, today);
  const now = due.slice(0, most);
  // One act for each reason, so that it says for every record why.
  const reasonOf = ({ number, retention: { keep, years } }: KeptRecord): string =>
    JSON.stringify([keep, years, ledger.events.get(number) ?? null]);
  for (const [, records] of Map.groupBy(now, reasonOf))
    for (let from = 0; from < records.length; from += atOnce) {
      const batch = records.slice(from, from + atOnce);
      const [{ number: first, retention: rule }] = batch as [KeptRecord];
      const erasure = { ...rule, on: today, event: ledger.events.get(first) ?? null };
      const numbers = batch.map(({ number }) => number);
      const detail = { records: numbersText(numbers), ...erasureDetail(erasure) };
      acts.record({ kind: 'record.erase', at: clock.now(), signs, reason: '', detail }, () => {
        for (const number of numbers) retention.erase(number);
      });
    }
  forgetHolds(unlocked);
  return { erased: now.map(({ number }) => number), left: due.length - now.length, cleaned: retention.cleanLog() };
}

// Why an authority had records kept is nobody's business once none of them is there.
function forgetHolds({ retention, acts }: UnlockedStore): void {
  const { holds, erased } = ledgerOf(acts.list());
  for (const { number, records } of holds)
    if (records.every((record) => erased.has(record))) retention.forgetHoldReason(number);
}
