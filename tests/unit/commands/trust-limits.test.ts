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

it('the newest known day is that of the newest list or of the newest record', async () => {
  const trust = {
    list: () => [],
    sources: () => [],
    history: () => [],
    allRevocationLists: () => [],
    defectLists: async () => [],
  };
  const settings = { get: () => undefined, set: () => undefined };
  expect(await stationTime({ trust, settings, newestDay: () => null })).toEqual({
    limits: standardLimits,
    newestKnown: null,
  });
  const { newestKnown } = await stationTime({
    trust,
    settings,
    newestDay: () => ({ day: '2026-11-23' as PlainDate, accepted: false }),
  });
  expect(newestKnown).toBe('2026-11-23');
});
