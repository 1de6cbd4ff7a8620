import { expect, it } from 'vitest';
import { stationTime, trustLimits } from '../../../main/keeping/station-time.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { standardLimits } from '../../../main/trust/path/freshness.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';

it('trust limits shows the standard, sets what is given and leaves the rest', async () => {
  const data = ['--data', temporaryFolder(), '--json'];
  expect((await runHere(['trust', 'limits', ...data])).json()).toEqual(standardLimits);
  const set = await runHere(['trust', 'limits', '--master-list', '30', '--notice', '10', ...data]);
  expect(set.json()).toEqual({ ...standardLimits, masterListDays: 30, noticeDays: 10 });
  expect((await runHere(['trust', 'limits', ...data])).json()).toEqual(set.json());
  expect((await runHere(['trust', 'list', ...data])).json().limits).toEqual(set.json());
});

it.each(['0', '3651', '-1', 'many'])('trust limits refuses %s days', async (days) => {
  const end = await runHere(['trust', 'limits', '--master-list', days, '--data', temporaryFolder(), '--json']);
  expect(end.json().error.code).toBe('arguments.unusable');
  expect(end.status).toBe(2);
});

it.each([null, 'nonsense', { masterListDays: -1 }, { other: 3 }])('a setting of %j counts as none', (setting) => {
  expect(trustLimits({ get: () => setting as never })).toEqual(standardLimits);
});

const trust = {
  list: () => [],
  sources: () => [],
  history: () => [],
  allRevocationLists: () => [],
  defectLists: async () => [],
};
const settings = { get: () => undefined, set: () => undefined };

it('the newest known day is that of the newest list or of the newest record', async () => {
  const recorded = (newestAt: string | null) => ({ recordedTime: () => ({ newestAt, acceptedBy: null }) });
  const now = '2026-11-23T12:00:00Z';
  expect(await stationTime({ trust, settings, newestDay: () => null, ...recorded(null) }, now)).toEqual({
    limits: standardLimits,
    newestKnown: null,
    behind: null,
  });
  const newestDay = () => ({ day: '2026-11-23' as PlainDate, accepted: false });
  const seen = { trust, settings, newestDay, ...recorded(null) };
  expect((await stationTime(seen, now)).newestKnown).toBe('2026-11-23');
  expect((await stationTime(seen, null)).newestKnown).toBeNull();
});

// A tester's walk of a clock: set back by up to a day it was silent, although the station's own records proved it.
it('the clock stands behind the instants of its own records by more than five minutes, or does not', async () => {
  const behind = async (newestAt: string | null, now: string | null) => {
    const newest = { day: '2026-11-23' as PlainDate, accepted: false };
    const recordedTime = () => ({ newestAt, acceptedBy: null });
    return (await stationTime({ trust, settings, newestDay: () => newest, recordedTime }, now)).behind;
  };
  expect(await behind('2026-11-23T12:05:00Z', '2026-11-23T12:00:00Z')).toBeNull();
  expect(await behind('2026-11-23T12:05:01Z', '2026-11-23T12:00:00Z')).toBe('2026-11-23T12:05:01Z');
  expect(await behind('2026-11-23T12:05:01Z', null)).toBeNull();
  expect(await behind(null, '2026-11-23T12:00:00Z')).toBeNull();
});
