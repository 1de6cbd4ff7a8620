import { Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { Integrity } from '../store/marks/store-marks.ts';
import type { Store, UnlockedStore } from '../store/types.ts';
import { type Answering, refuseNames, refuseReason } from './answering.ts';

/**
 * Puts right what others touched: takes out what the station did not mark, as a recorded act. Answers what it was. What they
 * deleted is to be imported again. Fails with `trust.nothing-to-mend`, `operator.name-missing`, `decision.reason-missing`, `trust.pin-same-person`,
 * `storage.corrupt`.
 */
export function mendTrust(
  store: Store,
  { acts }: UnlockedStore,
  { names, reason, at }: Answering & { readonly at: string },
): Integrity['touched'] {
  refuseNames(names);
  refuseReason(reason);
  const { whole, touched } = store.integrity();
  if (whole) throw new Failure('trust.nothing-to-mend');
  const detail = { rows: touched.length, tables: [...new Set(touched.map(({ table }) => table))].join(' ') };
  acts.recordMending({ kind: 'trust.mend', at, signs: names, reason, detail }, () =>
    store.trust.noteMending({ signs: names, at }),
  );
  return touched;
}

/**
 * Says that the clock is right: today is the newest day that the station has seen, and this the newest instant, whatever it kept
 * before. The way back from a record or a list that was dated too late, by hours or by years. A recorded act. Fails with `operator.name-missing`, `decision.reason-missing`, `trust.pin-same-person`.
 */
export function acceptClock(
  store: Store,
  { acts, acceptDay, records }: UnlockedStore,
  { names, reason, at, today }: Answering & { readonly at: string; readonly today: PlainDate },
): { readonly before: PlainDate | null; readonly day: PlainDate } {
  refuseNames(names);
  refuseReason(reason);
  const before = store.newestDay()?.day ?? null;
  // Which records that is said of: those that come later are dated by the clock that is accepted here.
  const record = records.list({ limit: 1 })[0]?.number ?? 0;
  const detail = { before, day: today, record };
  acts.record({ kind: 'clock.accept', at, signs: names, reason, detail }, () => acceptDay(today));
  return { before, day: today };
}
