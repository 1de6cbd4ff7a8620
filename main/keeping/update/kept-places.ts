import { settingNames } from '../../result/setting-names.ts';
import type { SettingsRepository } from '../../store/types.ts';
import { revocationStates } from './revocation-places.ts';
import { type TrustSource, updateSource } from './source.ts';

/* Where updates fetch from, as it is kept among the settings of the station. */

const { source: sourceSetting, revocationStates: statesSetting } = settingNames;

/** The source that is set; null where none is. What a newer app wrote and this one does not know counts as none. */
export function readSource(settings: SettingsRepository): TrustSource | null {
  const kept = settings.get(sourceSetting);
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return null;
  const { places, authority } = kept as Readonly<Record<string, unknown>>;
  if (!Array.isArray(places)) return null;
  const pem = typeof authority === 'string' ? new TextEncoder().encode(authority) : null;
  return updateSource(places.map(String), pem);
}

/** Sets the source, or clears it. */
export function writeSource(settings: SettingsRepository, source: TrustSource | null): void {
  settings.set(sourceSetting, source === null ? null : { places: [...source.places], authority: source.authority });
}

/** The states whose lists an administrator wants fetched; none unless somebody asked for it. */
export function readRevocationStates(settings: Pick<SettingsRepository, 'get'>): readonly string[] {
  const kept = settings.get(statesSetting);
  return Array.isArray(kept) && kept.length > 0 ? revocationStates(kept.map(String)) : [];
}

/** Sets the states; none switches it off. */
export function writeRevocationStates(settings: Pick<SettingsRepository, 'set'>, states: readonly string[]): void {
  settings.set(statesSetting, [...states]);
}
