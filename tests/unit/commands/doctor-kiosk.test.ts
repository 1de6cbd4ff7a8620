import { describe, expect, it } from 'vitest';
import { kioskItems } from '../../../main/commands/doctor-kiosk.ts';
import { kioskHealthSetting } from '../../../main/result/kiosk-health.ts';
import type { SettingsRepository } from '../../../main/store/types.ts';

type Kept = ReturnType<SettingsRepository['get']>;
const now = '2026-11-30T10:00:00Z';
const told = (kept: Kept) =>
  kioskItems(
    {
      settings: {
        get: (name) => (name === kioskHealthSetting ? kept : undefined),
        set: () => undefined,
      },
    },
    now,
  );
const well = { at: '2026-11-30T09:59:30Z', code: null, camera: 'not known', pagesGone: 0 };

describe('what doctor tells of a kiosk', () => {
  it('is nothing where none ever ran, or what is kept is something else', () => {
    for (const kept of [undefined, null, 'well', { ...well, at: 'now' }, { ...well, code: 'no.such-code' }] as Kept[])
      expect(told(kept)).toEqual([]);
  });

  it.each([
    [well, 'ok', null, 'in order'],
    [{ ...well, code: 'reader.none' }, 'warning', 'reader.none', 'out of order'],
    [{ ...well, camera: 'failed' }, 'warning', null, 'in order, its camera failed'],
    [{ ...well, camera: 'upside-down' }, 'warning', null, 'in order, its camera stands on its head'],
    [{ ...well, camera: 'on-its-side' }, 'warning', null, 'in order, its camera lies on its side'],
    [{ ...well, cameras: ['Front', 'Shelf'] }, 'ok', null, 'in order, cameras: Front; Shelf'],
    [{ ...well, cameras: ['Front'] }, 'ok', null, 'in order'],
    [{ ...well, pagesGone: 2 }, 'ok', null, 'in order, its page went down 2 times'],
    [{ ...well, at: '2026-11-30T09:30:00Z' }, 'warning', null, 'no word since 2026-11-30T09:30:00Z'],
  ])('%o', (kept, state, code, detail) => {
    expect(told(kept as Kept)).toEqual([{ id: 'kiosk', state, code, detail }]);
  });
});
