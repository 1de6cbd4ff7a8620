import { expect, it } from 'vitest';
import { exchangeParcels } from '../../../main/commands/exchanged-parcels.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { FailureCode } from '../../../main/result/failure-codes.ts';

const { signal } = new AbortController();
type Given = Parameters<typeof exchangeParcels>[0];

const given = (exchange: () => Promise<unknown>, refused: readonly object[] = []) =>
  ({ parcels: { exchange }, fleet: { report: () => ({ parcels: { refused } }) } }) as unknown as Given;

const exchanged = (code: FailureCode | null) => async () => ({ sent: { referrals: 1, outcomes: 1 }, taken: 0, code });

it('says by a sentence, and not by a code alone, why cases of stations stay, and what mends it', async () => {
  const code = 'referral.station-not-enrolled';
  const { text, told, went } = await exchangeParcels(given(exchanged(code)), signal);
  const [first, second] = text.split('\n');
  expect(first).toBe('Cases of stations: 2 parcels sent, 0 taken');
  expect(second).toMatch(
    /not known at headquarters\..*styrk fleet enrol.*styrk referrals unroute.*\(referral\.station-not-enrolled\)$/,
  );
  expect([told, went]).toEqual([{ sent: { referrals: 1, outcomes: 1 }, taken: 0, refused: [], code }, 'not well']);
});

it('says the same of what was refused, and of a round that failed', async () => {
  const refused = [{ way: 'in', station: 'station-1', kind: 'referrals', code: 'referral.file-old', since: null }];
  const { text } = await exchangeParcels(given(exchanged(null), refused), signal);
  expect(text).toMatch(/^from station-1: not taken\. [A-Z].*\. \(referral\.file-old\)$/m);
  const failed = await exchangeParcels(
    given(() => Promise.reject(new Failure('service.unreachable'))),
    signal,
  );
  expect(failed.text).toMatch(/^Cases of stations: [A-Z].*\. \(service\.unreachable\)\n$/);
});
