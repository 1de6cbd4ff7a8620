import { Failure } from '../../result/failure.ts';
import { addDays, type PlainDate } from '../../result/plain-date.ts';
import type { Store } from '../../store/types.ts';
import { clockWentBack } from '../../trust/path/freshness.ts';
import { heldLists } from '../report/held-lists.ts';
import { trustLimits } from '../station-time.ts';

/**
 * Refuses to erase by a clock that nothing speaks for: what is gone does not come back. It may not show an earlier day than
 * one that the station has seen, nor be further ahead of the newest list, whose day others have signed, than the age up to which
 * the station believes lists at all; where there is no list, of the newest day that it has seen. Two administrators who accept
 * the clock speak for it as a list does. Fails with `clock.went-back`, `retention.clock-unproved`.
 */
export async function refuseUnprovedClock(
  store: Pick<Store, 'settings' | 'newestDay' | 'trust'>,
  today: PlainDate,
): Promise<void> {
  const newest = store.newestDay();
  if (clockWentBack(today, newest?.day ?? null)) throw new Failure('clock.went-back');
  const lists = (await heldLists(store.trust)).filter(({ kind }) => kind !== 'certificate');
  const signed = lists.flatMap(({ date }) => (date === null || date > today ? [] : [date]));
  const seen = newest !== null && (newest.accepted || signed.length === 0) ? [newest.day] : [];
  const proved = [...signed, ...seen].toSorted().at(-1) ?? null;
  if (proved === null || addDays(proved, trustLimits(store.settings).masterListDays) < today)
    throw new Failure('retention.clock-unproved', { proved });
}
