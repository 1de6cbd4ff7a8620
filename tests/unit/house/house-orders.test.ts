import { expect, it } from 'vitest';
import type { BankAnswers } from '../../../main/answer/bank-answers.ts';
import { thumbprintOf } from '../../../main/answer/thumbprint.ts';
import { houseOrders } from '../../../main/house/house-orders.ts';
import { type LimitClock, limitClock } from '../../../main/machine/limit-clock.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import type { Store, UnlockedStore } from '../../../main/store/types.ts';
import { givenOrder } from '../../../main/verification/order-case.ts';
import { anOrder } from '../../support/orders.ts';

const noon = '2026-11-20T12:00:00Z';
const clock = { now: () => noon, newestAt: () => noon, today: () => '2026-11-20' } as unknown as LimitClock;
const store = { isWhole: () => true, newestDay: () => null } as unknown as Store;
const queue = { ids: () => [] };
const open = () =>
  ({
    records: { confirmedBy: () => null, caseOf: () => null },
    referrals: queue,
    station: { id: 'station-7' },
  }) as unknown as UnlockedStore;

// docs/decisions/0016-answers.md: who may send stands in a marked table, and two administrators answer for it. A key that they took
// back vouches for nothing that still waits.
it('a signed order is confirmed only while the key that signed it is one of its system', () => {
  const banks = (...keys: string[]) => [{ system: { id: 'Exempelbanken', keys: keys.map((kid) => ({ kid })) } }];
  const codes = (known: () => unknown, source: 'signed' | 'typed' = 'signed') =>
    houseOrders(store, open, clock, { banks: known, taken: () => null } as unknown as BankAnswers).hindrances(
      givenOrder(anOrder(), source, source === 'signed' ? 'key-1' : null),
      { purpose: 'large-transfer', holder: null },
    ).codes;
  expect(codes(() => banks('key-1'))).toEqual([]);
  expect(codes(() => banks('key-2'))).toEqual(['order.foreign']);
  expect(codes(() => [])).toEqual(['order.foreign']);
  expect(
    codes(() => {
      throw new Failure('trust.tampered');
    }),
  ).toEqual(['order.foreign']);
  // One that staff typed was vouched for by nobody, and its record says so.
  expect(codes(() => [], 'typed')).toEqual([]);
  // In the name of a system that signs its orders it would take the name of one of them, which then had no answer.
  expect(codes(() => banks('key-1'), 'typed')).toEqual(['order.unsigned']);
});

// A tester's walk of two desks and a clock: an order that had expired was confirmed by the same desk after its clock was set back.
it('an order that a running process saw expire stays over when its clock is set back', () => {
  let now = noon;
  const wall = { now: () => now, today: () => '2026-11-20' as PlainDate };
  const running = limitClock(
    wall,
    () => ({ newestAt: null, acceptedBy: null }),
    () => 0,
  );
  const orders = houseOrders(store, open, running, { banks: () => [], taken: () => null } as unknown as BankAnswers);
  const given = givenOrder(anOrder({ expiresAt: '2026-11-20T12:20:00Z' }), 'typed');
  const codes = () => orders.hindrances(given, { purpose: 'large-transfer', holder: null }).codes;
  expect(codes()).toEqual([]);
  now = '2026-11-20T12:40:00Z';
  expect(codes()).toEqual(['order.expired']);
  now = '2026-11-20T12:10:00Z';
  expect(codes()).toEqual(['clock.went-back']);
});

// Whoever stole a key has orders waiting; its bank takes another one and gives it the same name (RFC 7517 §4.5: a `kid` is a hint).
it('another key under the name of the one that signed vouches for nothing', () => {
  const key = (x: string) => ({ kty: 'OKP', crv: 'Ed25519', x, kid: 'key-1' });
  const [stolen, fresh] = [key('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'), key('A'.repeat(43))];
  // RFC 8037 Appendix A.3.
  expect(thumbprintOf(stolen)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  const codes = (known: object, keyPrint: string | null) =>
    houseOrders(store, open, clock, {
      banks: () => [{ system: { id: 'Exempelbanken', keys: [known] } }],
      taken: () => ({ state: 'waiting', keyPrint }),
    } as unknown as BankAnswers).hindrances(givenOrder(anOrder(), 'signed', 'key-1'), {
      purpose: 'large-transfer',
      holder: null,
    }).codes;
  expect(codes(stolen, thumbprintOf(stolen))).toEqual([]);
  expect(codes(fresh, thumbprintOf(stolen))).toEqual(['order.foreign']);
  // What an earlier app took in has the name alone.
  expect(codes(fresh, null)).toEqual([]);
});

// A page of the bank draws its link as a code, and a scanner types the link.
it('the token of a link that was scanned is the one that is taken', async () => {
  const taken: string[] = [];
  const signed = {
    banks: () => [],
    take: async (token: string) => {
      taken.push(token);
      return { order: anOrder(), kid: 'key-1', state: 'waiting' };
    },
  } as unknown as BankAnswers;
  const { read } = houseOrders(store, open, clock, signed);
  expect(await read('styrk://order/head.body.sign\n')).toMatchObject({ source: 'signed', issuerKey: 'key-1' });
  expect(await read('head.body.sign')).toMatchObject({ source: 'signed' });
  expect(taken).toEqual(['head.body.sign', 'head.body.sign']);
});
