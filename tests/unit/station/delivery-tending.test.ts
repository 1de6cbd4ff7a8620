import { expect, it } from 'vitest';
import type { Delivering } from '../../../main/fleet/keep-delivering.ts';
import { DeliveryTending } from '../../../main/station/delivery-tending.ts';
import type { DeliveryReport } from '../../../main/store/deliveries.ts';
import { FakeHouse } from '../../support/fake-house.ts';

/* What headquarters issued is taken beside the desk: never while somebody is served, and soon after. */

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
  const whole = { parts: [], waitingSince: null, last: null, pulled: [], lastPull: null, ...report };
  const fake = new FakeHouse().house;
  const tending = new DeliveryTending({
    house: {
      keyKind: () => 'passphrase',
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
    isFree: () => state.free,
    takeTrust: async (content) => void taken.push(content.length),
  });
  tending.start();
  return { tending, nudged, closed, state, kept, taken };
}

it('a pull that was due while a case was open begins when the case is kept, and no other is hurried', async () => {
  const { tending, nudged, state, kept } = tended();
  expect(kept.isFree()).toBe(true);
  tending.nudge();
  expect(nudged).toEqual(['deliver']);
  state.free = false;
  expect(kept.isFree()).toBe(false);
  state.free = true;
  tending.nudge();
  expect(nudged).toEqual(['deliver', 'deliver', 'pull']);
  expect(kept.isFree()).toBe(true);
  tending.nudge();
  expect(nudged).toEqual(['deliver', 'deliver', 'pull', 'deliver']);
});

it('a bundle is taken beside the desk, and both end with the desk', async () => {
  const { tending, kept, taken, closed } = tended();
  await kept.takeTrust?.(new Uint8Array(7));
  expect(taken).toEqual([7]);
  await tending.stop();
  expect(closed.toSorted()).toEqual(['deliver', 'pull']);
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
