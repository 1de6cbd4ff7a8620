import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { failureCodeOf } from '../../support/failure-code.ts';
import { fromOutside } from '../../support/from-outside.ts';
import { temporaryFolder, unlockedIn } from './support.ts';

/* Cases that wait for a colleague lie sealed, survive a restart, are taken once, and leave nothing behind. */

const waiting = { id: 'case-1', at: '2026-11-23T10:00:00Z', text: '{"surname":"Zyxwvutsson"}' };

it('waits over a restart, is taken once, and nothing of it is to be read in the folder at any time', async () => {
  const folder = temporaryFolder();
  const before = await unlockedIn(folder);
  before.referrals.put(waiting);
  const bytes = () =>
    readdirSync(folder)
      .map((name) => readFileSync(join(folder, name)).toString('latin1'))
      .join('');
  expect(bytes()).not.toContain('Zyxwvutsson');
  before.store.close();
  const { referrals, store } = await unlockedIn(folder);
  expect(referrals.list()).toEqual({ whole: [waiting], damaged: [] });
  expect(referrals.get('case-1')).toEqual(waiting);
  referrals.take('case-1');
  expect(failureCodeOf(() => referrals.take('case-1'))).toBe('referral.gone');
  expect(referrals.get('case-1')).toBeNull();
  store.close();
  expect(bytes()).not.toContain('Zyxwvutsson');
});

it('is not moved to another id, nor said to have waited since another time', async () => {
  const folder = temporaryFolder();
  const { referrals } = await unlockedIn(folder);
  referrals.put(waiting);
  fromOutside(join(folder, 'styrk.db'), "UPDATE referrals SET at = '2020-01-01T00:00:00Z'");
  expect(failureCodeOf(() => referrals.get('case-1'))).toBe('referral.damaged');
});

it('that does not open any more is told, and keeps none of the others back', async () => {
  const folder = temporaryFolder();
  const { referrals } = await unlockedIn(folder);
  const [second, third] = ['case-2', 'case-3'].map((id) => ({ ...waiting, id }));
  for (const each of [waiting, second, third]) if (each !== undefined) referrals.put(each);
  fromOutside(join(folder, 'styrk.db'), "UPDATE referrals SET sealed = zeroblob(length(sealed)) WHERE id = 'case-2'");
  expect(referrals.list()).toEqual({ whole: [waiting, third], damaged: [{ id: 'case-2', at: waiting.at }] });
  expect(failureCodeOf(() => referrals.get('case-2'))).toBe('referral.damaged');
  expect(failureCodeOf(() => referrals.handOver('case-2', 'station-0123456789abcdef'))).toBe('referral.damaged');
  expect([referrals.ids(), referrals.handed()]).toEqual([['case-1', 'case-2', 'case-3'], []]);
});

// docs/referrals.md: one station alone decides it.
it('that is handed over waits in no queue here, and comes back from that station alone', async () => {
  const folder = temporaryFolder();
  const { referrals, store } = await unlockedIn(folder);
  const there = 'station-0123456789abcdef';
  referrals.put(waiting);
  referrals.handOver('case-1', there);
  expect([referrals.ids(), referrals.list().whole, referrals.get('case-1')]).toEqual([[], [], null]);
  expect(store.awayCases()).toEqual({ count: 1, since: waiting.at });
  expect([referrals.waits('case-1'), referrals.handed()]).toEqual([
    true,
    [{ id: waiting.id, at: waiting.at, to: there }],
  ]);
  expect([referrals.getHanded('case-1', there), referrals.getHanded('case-1', 'another')]).toEqual([waiting, null]);
  for (const again of [() => referrals.take('case-1'), () => referrals.handOver('case-1', there)])
    expect(failureCodeOf(again)).toBe('referral.gone');
  for (const other of [
    () => referrals.takeBack('case-1', 'station-1'),
    () => referrals.takeHanded('case-1', 'station-1'),
  ])
    expect(failureCodeOf(other)).toBe('referral.not-handed');
  referrals.takeBack('case-1', there);
  expect([referrals.list().whole, referrals.handed(), store.awayCases()]).toEqual([[waiting], [], null]);
  referrals.handOver('case-1', there);
  // Said from outside to wait elsewhere, or here: it opens nowhere.
  fromOutside(join(folder, 'styrk.db'), "UPDATE referrals_handed SET station = 'station-f'");
  expect(failureCodeOf(() => referrals.takeHanded('case-1', 'station-f'))).toBe('referral.damaged');
  fromOutside(join(folder, 'styrk.db'), `UPDATE referrals_handed SET station = '${there}'`);
  referrals.takeHanded('case-1', there);
  expect([referrals.waits('case-1'), referrals.handed()]).toEqual([false, []]);
  store.close();
});
