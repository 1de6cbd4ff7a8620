import { expect, it } from 'vitest';
import { successful, unsuccessful } from '../../../main/result/check.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
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
  const today = '2026-11-29' as PlainDate;
  const holder = { id: 'K-1001', personalNumber: '198203142392' };
  const of = (purpose: 'large-transfer' | 'renew-bankid', customer: string | null) =>
    misplaced(anOrder({ customer }), { purpose, holder }, today);
  expect(of('large-transfer', null)).toEqual([]);
  expect(of('renew-bankid', null)).toEqual(['order.other-purpose']);
  for (const same of ['K-1001', '198203142392', '820314-2392', '8203142392', '19820314-2392'])
    expect(of('large-transfer', same)).toEqual([]);
  for (const other of ['K-1002', '198203142393', '0314-2392', '2392', '188203142392'])
    expect(of('large-transfer', other)).toEqual(['order.other-customer']);
  // Nobody chosen yet: nothing is wrong yet.
  expect(misplaced(anOrder({ customer: 'K-1' }), { purpose: null, holder: null }, today)).toEqual([]);
});

// Numbers are of states: one alone names its bearer in no other (tests/unit/holders/numbers has the numbers' own rules).
it.each([
  ['FIN:131052-308T', true],
  ['FIN:131052-308t', true],
  // Since 2023 the same digits with another separator are another person's; without one it is open whose they are.
  ['FIN:131052Y308T', false],
  ['FIN:131052308T', false],
  ['131052-308T', false],
  ['NOR:13105230841', false],
  ['DNK:070761-4285', true],
  ['DNK:0707614285', true],
  ['DNK:0707614284', false],
  ['dnk:0707614285', false],
  // They had it before: another may bear it now.
  ['ISL:120160-3389', false],
  ['SWE:820314-2392', true],
  ['SWE:198203142392', true],
  ['SWE:0707614285', false],
  ['XXX:0707614285', false],
  ['FIN:', false],
  ['FIN:<<<<<<<<<<<', false],
  ['K:7', true],
])('an order for %s is for who has these numbers: %s', (customer, same) => {
  const today = '2026-11-29' as PlainDate;
  const now = { validFrom: null, validTo: null, replacedBecause: null };
  const holder = {
    id: 'K:7',
    personalNumber: '198203142392',
    numbers: [
      { country: 'FIN', key: '131052-308T', ...now },
      // As a record keeps one that a document named.
      { country: 'DNK', key: '0707614285' },
      { country: 'ISL', key: '1201603389', ...now, validTo: '2025-01-01' as PlainDate },
    ],
  };
  const found = misplaced(anOrder({ customer }), { purpose: null, holder }, today);
  expect(found).toEqual(same ? [] : ['order.other-customer']);
});

// Folkbokföringslagen (1991:481) 18 §: the hyphen becomes a plus sign in the year in which the person turns 100.
it.each([
  ['820314-2392', '198203142392', true],
  ['820314+2392', '198203142392', false],
  ['820314+2392', '188203142392', true],
  ['820314-2392', '188203142392', false],
  ['8203142392', '188203142392', false],
  ['18820314+2392', '188203142392', true],
  ['18820314-2392', '188203142392', true],
  ['19820314+2392', '198203142392', false],
  ['18820314-2392', '198203142392', false],
  // Of 1926, in 2026: since January, whatever the day.
  ['261224+2380', '192612242380', true],
  ['261224-2380', '192612242380', false],
  ['271224-2380', '192712242380', true],
])('an order for %s is for %s: %s', (customer, personalNumber, same) => {
  const today = '2026-11-29' as PlainDate;
  const found = misplaced(anOrder({ customer }), { purpose: null, holder: { id: 'K-1', personalNumber } }, today);
  expect(found).toEqual(same ? [] : ['order.other-customer']);
});
