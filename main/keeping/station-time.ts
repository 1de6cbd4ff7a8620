import * as v from 'valibot';
import { isSetBack } from '../result/set-back.ts';
import type { SettingsRepository, Store } from '../store/types.ts';
import { newestKnownDay, standardLimits } from '../trust/path/freshness.ts';
import type { StationTime, TrustLimits } from '../trust/types.ts';
import { type HeldLists, heldLists } from './report/held-lists.ts';

const settingName = 'trust/limits';
const days = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650));
const limitsSchema = v.strictObject({
  masterListDays: v.optional(days, standardLimits.masterListDays),
  revocationListDays: v.optional(days, standardLimits.revocationListDays),
  defectListDays: v.optional(days, standardLimits.defectListDays),
  certificateDays: v.optional(days, standardLimits.certificateDays),
  noticeDays: v.optional(days, standardLimits.noticeDays),
});

/** How old lists may be at this station: its setting, the standard where it has none or one that nobody understands. */
export function trustLimits(settings: Pick<SettingsRepository, 'get'>): TrustLimits {
  const parsed = v.safeParse(limitsSchema, settings.get(settingName) ?? {});
  return parsed.success ? parsed.output : standardLimits;
}

/** Sets some of the limits (1 to 3650 days) and leaves the others; null where one of them is out of bounds. */
export function setTrustLimits(settings: SettingsRepository, change: Partial<TrustLimits>): TrustLimits | null {
  const parsed = v.safeParse(limitsSchema, { ...trustLimits(settings), ...change });
  if (!parsed.success) return null;
  settings.set(settingName, { ...parsed.output });
  return parsed.output;
}

/** The newest instant that the station's own records tell of, where a clock that shows `now` was set back behind it; else null. */
export function behindRecords(store: Pick<Store, 'recordedTime'>, now: string): string | null {
  const { newestAt } = store.recordedTime();
  return isSetBack(now, newestAt) ? newestAt : null;
}

/**
 * What dates and ages are judged by at this station: its limits, and the newest day that it has seen. Days of lists count as
 * long as no administrator said that they were wrong (`newestDay().accepted`). `now` is the instant by the clock (ISO 8601); null for a
 * day that a person states (`--at`), which is not the clock's: what the clock showed once says nothing of it, and only the days of
 * lists count.
 */
export async function stationTime(
  store: Pick<Store, 'settings' | 'newestDay' | 'recordedTime'> & { readonly trust: HeldLists },
  now: string | null,
): Promise<StationTime> {
  const newest = store.newestDay();
  // A certificate's day is the clock's own when somebody vouched for it, not a day that anybody else has signed.
  const lists = (await heldLists(store.trust)).filter(({ kind }) => kind !== 'certificate');
  const counted = newest?.accepted === true ? lists.filter(({ date }) => date === null || date <= newest.day) : lists;
  return {
    limits: trustLimits(store.settings),
    newestKnown: newestKnownDay({ lists: counted, lastWritten: now === null ? null : (newest?.day ?? null) }),
    behind: now === null ? null : behindRecords(store, now),
  };
}
