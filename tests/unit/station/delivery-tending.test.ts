import { expect, it } from 'vitest';
import type { Delivering } from '../../../main/fleet/keep-delivering.ts';
import { DeliveryTending } from '../../../main/station/delivery-tending.ts';
import type { DeliveryReport } from '../../../main/store/deliveries.ts';
import { FakeHouse } from '../../support/fake-house.ts';

/* What headquarters issued is taken beside the desk: never while somebody is served, and soon after. */

const parcels: DeliveryReport['parcels'] = { waiting: 0, onTheWay: 0, since: null, refused: [], last: null };

function tended(report: Partial<DeliveryReport> = {}) {
  const nudged: string[] = [];
  const closed: string[] = [];
  const state = { free: true };
  const kept: { isFree: () => boolean; takeTrust: ((content: Uint8Array) => Promise<void>) | undefined } = {
    isFree: () => true,
    takeTrust: undefined,
  };
  const running = (name: string): Delivering => ({
    nudge: () => void nudged.push(name),
    between: (act) => act(),
    close: async () => void closed.push(name),
  });
  const taken: number[] = [];
  const ended = { exchanged: 0 };
  let tellExchanged = (): void => undefined;
  const whole = { parts: [], waitingSince: null, last: null, pulled: [], lastPull: null, parcels, ...report };
  const fake = new FakeHouse().house;
  const tending = new DeliveryTending({
    house: {
      keyKind: () => 'passphrase',
      parcels: {
        ...fake.parcels,
        keepExchanging: (tell) => {
          tellExchanged = tell;
          return running('exchange');
        },
      },
      fleet: {
        ...fake.fleet,
        report: () => whole,
        keepDelivering: () => running('deliver'),
        keepPulling: ({ isFree, takeTrust }) => {
          Object.assign(kept, { isFree, takeTrust });
          return running('pull');
        },
      },
    },
    changed: () => undefined,
    exchanged: () => {
      ended.exchanged += 1;
    },
    isFree: () => state.free,
    takeTrust: async (content) => void taken.push(content.length),
  });
  tending.start();
  return { tending, nudged, closed, state, kept, taken, ended, tellExchanged: () => tellExchanged() };
}

it('a pull that was due while a case was open begins when the case is kept, and no other is hurried', async () => {
  const { tending, nudged, state, kept } = tended();
  expect(kept.isFree()).toBe(true);
  tending.nudge();
  expect(nudged).toEqual(['deliver', 'exchange']);
  state.free = false;
  expect(kept.isFree()).toBe(false);
  state.free = true;
  tending.nudge();
  expect(nudged).toEqual(['deliver', 'exchange', 'deliver', 'exchange', 'pull']);
  expect(kept.isFree()).toBe(true);
  tending.nudge();
  expect(nudged).toEqual(['deliver', 'exchange', 'deliver', 'exchange', 'pull', 'deliver', 'exchange']);
});

it('a bundle is taken beside the desk, and both end with the desk', async () => {
  const { tending, kept, taken, closed } = tended();
  await kept.takeTrust?.(new Uint8Array(7));
  expect(taken).toEqual([7]);
  await tending.stop();
  expect(closed.toSorted()).toEqual(['deliver', 'exchange', 'pull']);
});

it('the strip is told why nothing is taken from headquarters, and how old the newest of it is', () => {
  const issue = { kind: 'trust', number: 1, digest: '', issuedAt: '2026-11-20T08:00:00Z' };
  const { tending } = tended({
    pulled: [
      { ...issue, takenAt: '2026-11-22T08:00:00Z' },
      { ...issue, kind: 'blocked', takenAt: '2026-11-23T08:00:00Z' },
    ],
    lastPull: {
      triedAt: '2026-11-23T09:00:00Z',
      code: 'fleet.issue-older',
      failingSince: '2026-11-23T09:00:00Z',
      refused: [{ kind: 'blocked', number: 2, code: 'fleet.issue-older', since: '2026-11-23T09:00:00Z' }],
    },
  });
  expect(tending.view()?.pull).toEqual({
    code: 'fleet.issue-older',
    newest: '2026-11-23T08:00:00Z',
    refused: ['blocked'],
  });
});

it('what came from other stations is told to the desk at once, and why nothing comes to the strip', () => {
  const last = { triedAt: '2026-11-23T09:00:00Z', code: 'fleet.schema-older', failingSince: null } as const;
  const { tending, ended, tellExchanged } = tended({ parcels: { ...parcels, last } });
  tellExchanged();
  expect(ended.exchanged).toBe(1);
  expect(tending.view()?.parcels).toEqual({ code: 'fleet.schema-older' });
  expect(tended({ parcels }).tending.view()?.parcels).toEqual({ code: null });
});

it('one case that could not be taken is told in the strip where the round itself went well', () => {
  const last = { triedAt: '2026-11-23T09:00:00Z', code: null, failingSince: null } as const;
  const refused = [
    {
      way: 'in',
      station: 'station-1111111111111111',
      kind: 'referrals',
      code: 'referral.file-malformed',
      since: '2026-11-23T09:00:00Z',
    },
  ] as const;
  expect(tended({ parcels: { ...parcels, last, refused } }).tending.view()?.parcels).toEqual({
    code: 'referral.file-malformed',
  });
});
