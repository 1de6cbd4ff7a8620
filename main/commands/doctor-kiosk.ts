import * as v from 'valibot';
import type { TrustKeeping } from '../keeping/trust-keeping.ts';
import { failureCodes } from '../result/failure-codes.ts';
import { isInstant, isWithin } from '../result/instant.ts';
import { type CameraTrouble, cameraTroubles, kioskHealthSetting, kioskSilentMinutes } from '../result/kiosk-health.ts';
import type { Item } from './doctor-item.ts';
import { counted } from './layout.ts';

const keptSchema = v.object({
  at: v.pipe(v.string(), v.check(isInstant)),
  code: v.nullable(v.picklist(failureCodes)),
  camera: v.picklist([...cameraTroubles, 'not known']),
  // Missing from an earlier app's.
  cameras: v.optional(v.array(v.string()), []),
  pagesGone: v.number(),
});

const cameraTexts: Readonly<Record<CameraTrouble, string>> = {
  failed: 'its camera failed',
  'upside-down': 'its camera stands on its head',
  'on-its-side': 'its camera lies on its side',
};

/** How the kiosk on this folder fares, as it keeps it each minute; nothing where none ever ran. `now`: ISO 8601 with `Z`. */
export function kioskItems(keeping: Pick<TrustKeeping, 'settings'>, now: string): readonly Item[] {
  const kept = v.safeParse(keptSchema, keeping.settings.get(kioskHealthSetting));
  if (!kept.success) return [];
  const { at, code, camera, cameras, pagesGone } = kept.output;
  const isSilent = !isWithin(at, now, kioskSilentMinutes);
  const detail = [
    isSilent ? `no word since ${at}` : code === null ? 'in order' : 'out of order',
    ...(camera === 'not known' ? [] : [cameraTexts[camera]]),
    ...(cameras.length < 2 ? [] : [`cameras: ${cameras.join('; ')}`]),
    ...(pagesGone === 0 ? [] : [`its page went down ${counted(pagesGone, 'time')}`]),
  ].join(', ');
  const isWell = !isSilent && code === null && camera === 'not known';
  return [{ id: 'kiosk', state: isWell ? 'ok' : 'warning', code, detail }];
}
