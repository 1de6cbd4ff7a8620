import { expect, it } from 'vitest';
import { ordersDealtWith } from '../../../main/house/dealt-with.ts';
import { type Referral, referralText } from '../../../main/house/referral.ts';
import { givenOrder } from '../../../main/verification/order-case.ts';
import { anOrder } from '../../support/orders.ts';
import { temporaryFolder, unlockedIn } from '../store/support.ts';

// docs/operators.md: a colleague decides what was referred; the order of such a case waits with it. Nobody signed these orders: the
// queue alone knows of them.
it('an order that waits in the queue is dealt with for every other case, and not for its own', async () => {
  const store = await unlockedIn(temporaryFolder());
  const dealtWith = ordersDealtWith(() => store, { taken: () => null });
  const order = givenOrder(anOrder({ id: '4711', issuer: 'Exempelbanken' }), 'typed');
  const put = (id: string, carried: typeof order | null) => {
    const at = '2026-11-20T12:00:00Z';
    store.referrals.put({ id, at, text: referralText({ id, at, order: carried, inspection: null } as Referral) });
  };
  put('case-0', null);
  expect(dealtWith(order, null)).toBe(false);
  put('case-1', order);
  // Written another way, or with another text, it is the same order to people.
  const again = givenOrder(anOrder({ id: '4711', issuer: 'EXEMPELBANKEN', text: 'Annat' }), 'qr');
  expect([order, again].map((given) => dealtWith(given, null))).toEqual([true, true]);
  expect([dealtWith(order, 'case-0'), dealtWith(order, 'case-1')]).toEqual([true, false]);
  expect(dealtWith(givenOrder(anOrder({ id: '4712' }), 'typed'), null)).toBe(false);
  store.referrals.take('case-1');
  expect(dealtWith(order, null)).toBe(false);
});
