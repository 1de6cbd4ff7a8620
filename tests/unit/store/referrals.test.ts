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
  expect(referrals.list()).toEqual([waiting]);
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
  expect(failureCodeOf(() => referrals.get('case-1'))).toBe('storage.corrupt');
});
