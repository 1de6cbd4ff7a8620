import { settingNames } from '../result/setting-names.ts';
import type { SettingsRepository } from '../store/types.ts';
import { type StationKind, stationKinds } from '../verification/types.ts';

/** Whether the station is attended, as it was set; null where nobody has, or where what is kept says something else. */
export function stationKind(settings: Pick<SettingsRepository, 'get'>): StationKind | null {
  const kept = settings.get(settingNames.kind);
  return stationKinds.find((kind) => kind === kept) ?? null;
}

/** Says what the station is: an administrator's act at set-up. */
export function setStationKind(settings: SettingsRepository, kind: StationKind): void {
  settings.set(settingNames.kind, kind);
}
