import { expect, it } from 'vitest';
import { successful, unsuccessful } from '../../../main/result/check.ts';
import { boundOrder, givenOrder } from '../../../main/verification/order-case.ts';
import { misplaced } from '../../../main/verification/order-standing.ts';
import { anOrder } from '../../support/orders.ts';

const given = givenOrder(anOrder(), 'typed');
const nonce = 'ab'.repeat(32);
const bound = { boundTo: given.hash, boundBy: 'active-authentication', nonce };

it('an order is bound by the chip only where its signature over this very order is right', () => {
  const chip = successful('active-authentication', bound);
  expect(boundOrder(given, [chip])).toEqual({ ...given, boundBy: 'active-authentication', nonce });
  const station = { ...given, boundBy: 'station', nonce: null };
  const others = [
    [],
    [successful('active-authentication')],
    [successful('active-authentication', { ...bound, boundTo: '00'.repeat(32) })],
    [successful('active-authentication', { ...bound, boundBy: 'station' })],
    [successful('chip-authentication', bound)],
    [unsuccessful('active-authentication', 'undetermined', 'data-group.not-verified', bound)],
    [unsuccessful('active-authentication', 'failed', 'order.other-proof', bound)],
    [unsuccessful('active-authentication', 'not supported', 'active-authentication.not-offered', bound)],
  ];
  for (const checks of others) expect(boundOrder(given, checks)).toEqual(station);
});

it('an order for another purpose or another customer is told', () => {
  const holder = { id: 'K-1001', personalNumber: '198203142392' };
  const of = (purpose: 'large-transfer' | 'renew-bankid', customer: string | null) =>
    misplaced(anOrder({ customer }), { purpose, holder });
  expect(of('large-transfer', null)).toEqual([]);
  expect(of('renew-bankid', null)).toEqual(['order.other-purpose']);
  for (const same of ['K-1001', '198203142392', '820314-2392', '8203142392', '19820314-2392'])
    expect(of('large-transfer', same)).toEqual([]);
  for (const other of ['K-1002', '198203142393', '0314-2392', '2392', '188203142392'])
    expect(of('large-transfer', other)).toEqual(['order.other-customer']);
  // Nobody chosen yet: nothing is wrong yet.
  expect(misplaced(anOrder({ customer: 'K-1' }), { purpose: null, holder: null })).toEqual([]);
});
