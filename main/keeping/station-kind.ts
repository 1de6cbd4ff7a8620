import { longest } from '../result/bounds.ts';
import { Failure } from '../result/failure.ts';
import { cleanText } from '../result/hidden-characters.ts';
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

const nameSetting = 'station/name';

/** What the station is called by those who work at it; null where nobody has named it. */
export function stationName(settings: Pick<SettingsRepository, 'get'>): string | null {
  const kept = settings.get(nameSetting);
  return typeof kept === 'string' && kept !== '' ? kept.slice(0, longest.stationName) : null;
}

/**
 * Names the station. Fails with `station.name-missing` where nothing of the name can be seen, and with `input.too-large`.
 */
export function setStationName(settings: SettingsRepository, given: string): void {
  const name = cleanText(given);
  if (name === '') throw new Failure('station.name-missing');
  if (name.length > longest.stationName) throw new Failure('input.too-large', { limit: longest.stationName });
  settings.set(nameSetting, name);
}
