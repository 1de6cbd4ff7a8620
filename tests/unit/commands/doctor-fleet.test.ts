import { expect, it } from 'vitest';
import { awayItems, deliveryItems } from '../../../main/commands/doctor-fleet.ts';
import type { DeliveryReport } from '../../../main/store/deliveries.ts';

/* What the doctor says of headquarters: what waits, and each kind of what it sent that could not be taken. */

const at = '2026-11-23T09:00:00Z';
const parcels = { waiting: 0, onTheWay: 0, since: null, refused: [], last: null };
const itemsOf = (report: Partial<DeliveryReport>) => {
  const whole = { parts: [], waitingSince: null, last: null, pulled: [], lastPull: null, parcels, ...report };
  return deliveryItems({ deliveries: () => whole }, at).map(({ id, state, code, detail, advice }) => ({
    told: `${id} ${state} ${code}`,
    detail,
    ...(advice === undefined ? {} : { advice }),
  }));
};

it('another history at headquarters is no warning: the station cannot go on so, and says what to do', () => {
  const last = {
    triedAt: at,
    code: 'fleet.other-history',
    failingSince: at,
    wentBack: null,
    wentBackAt: null,
  } as const;
  const told = (code: typeof last.code | 'fleet.mark-ahead' | 'service.unreachable') =>
    itemsOf({ last: { ...last, code } }).map((each) => each.told);
  expect(told('fleet.other-history')).toEqual(['delivery missing fleet.other-history']);
  expect(told('fleet.mark-ahead')).toEqual(['delivery missing fleet.mark-ahead']);
  expect(told('service.unreachable')).toEqual(['delivery warning service.unreachable']);
});

it('each kind that could not be taken has a line of its own', () => {
  const refused = [
    { kind: 'roster', number: 3, code: 'fleet.malformed', since: at },
    { kind: 'trust', number: 7, code: 'bundle.signer-not-pinned', since: at },
  ] as const;
  const lastPull = { triedAt: at, code: 'fleet.malformed', failingSince: at, refused } as const;
  const [, own, ...each] = itemsOf({ lastPull });
  expect(own?.told).toBe('headquarters-lists ok null');
  const advice = 'Tell headquarters. What was here before still counts.';
  expect(each).toEqual([
    {
      told: 'headquarters-lists warning fleet.malformed',
      detail: `headquarters' roster number 3 was not taken, since ${at}`,
      advice,
    },
    {
      told: 'headquarters-lists warning bundle.signer-not-pinned',
      detail: `headquarters' trust number 7 was not taken, since ${at}`,
      advice: "Have two administrators vouch for the issuing station's key first.",
    },
  ]);
  // A line that is down now is told beside what was refused before.
  const [, down] = itemsOf({ lastPull: { ...lastPull, code: 'service.unreachable' } });
  expect(down?.told).toBe('headquarters-lists warning service.unreachable');
});

it('referred cases between stations have a line once one travelled, and each that was not taken has its own', () => {
  const last = { triedAt: at, code: 'fleet.schema-older', failingSince: at } as const;
  const station = 'station-1111111111111111';
  const refused = [
    { way: 'in', station, kind: 'referrals', code: 'referral.file-malformed', since: at },
    { way: 'out', station, kind: 'outcomes', code: 'referral.not-handed', since: at },
  ] as const;
  const [, ...items] = itemsOf({ parcels: { waiting: 1, onTheWay: 2, since: at, refused, last } });
  expect(items).toEqual([
    {
      told: 'referred-cases warning fleet.schema-older',
      detail: `to other stations 2 on the way and 1 to be sent, the oldest since ${at}; last try ${at}, failing since ${at}`,
    },
    {
      told: 'referred-cases warning referral.file-malformed',
      detail: `referrals from ${station} not taken, since ${at}`,
    },
    { told: 'referred-cases warning referral.not-handed', detail: `outcomes to ${station} not taken, since ${at}` },
  ]);
});

it('cases of this station at others are told, as a warning once the oldest was referred a day ago', () => {
  const told = (awayCases: Parameters<typeof awayItems>[0]['awayCases']) => awayItems({ awayCases }, at);
  expect(told(() => null)).toEqual([]);
  const item = { id: 'referred-cases', state: 'ok', code: null };
  expect(told(() => ({ count: 1, since: '2026-11-22T09:00:01Z' }))).toEqual([
    { ...item, detail: '1 case at other stations, the oldest referred 2026-11-22T09:00:01Z' },
  ]);
  const long = { ...item, state: 'warning', code: 'referral.away-long' };
  expect(told(() => ({ count: 3, since: '2026-11-22T09:00:00Z' }))).toEqual([
    { ...long, detail: '3 cases at other stations, the oldest referred 2026-11-22T09:00:00Z' },
  ]);
});
