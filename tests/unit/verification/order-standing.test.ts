import { describe, expect, it } from 'vitest';
import { isBefore, isInstant, minutesAfter } from '../../../main/result/instant.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { type OrderMoment, orderHindrances, unplaced } from '../../../main/verification/order-standing.ts';
import { anOrder } from '../../support/orders.ts';

const moment = (changes: Partial<OrderMoment> = {}): OrderMoment => ({
  now: '2026-11-20T12:00:00.000Z',
  today: '2026-11-20' as PlainDate,
  newestKnown: null,
  newestAt: null,
  audiences: ['station-7'],
  ...changes,
});

describe('an order here and now', () => {
  it('can be confirmed within its time', () => {
    expect(orderHindrances(anOrder(), moment())).toEqual([]);
    expect(orderHindrances(anOrder({ issuedAt: null, expiresAt: null }), moment())).toEqual([]);
  });

  it('is over at the instant that it names, and not before', () => {
    const order = anOrder({ expiresAt: '2026-11-20T12:00:00Z' });
    expect(orderHindrances(order, moment({ now: '2026-11-20T11:59:59.999Z' }))).toEqual([]);
    expect(orderHindrances(order, moment())).toEqual(['order.expired']);
  });

  it('has not begun where it is dated more than a few minutes ahead of this clock', () => {
    const order = anOrder({ issuedAt: '2026-11-20T12:05:00Z' });
    expect(orderHindrances(order, moment())).toEqual([]);
    expect(orderHindrances(order, moment({ now: '2026-11-20T11:59:59.999Z' }))).toEqual(['order.not-yet-valid']);
  });

  // Somebody whom nobody knows is not the customer, whoever agrees to it.
  it('that names its customer is confirmed by nobody who is not known', () => {
    expect(unplaced(anOrder({ customer: '4711' }), null)).toBe('order.other-customer');
    expect(unplaced(anOrder({ customer: '4711' }), { id: '4711' })).toBeNull();
    expect(unplaced(anOrder(), null)).toBeNull();
  });

  it('is for whom it names', () => {
    expect(orderHindrances(anOrder({ audience: 'station-7' }), moment())).toEqual([]);
    expect(orderHindrances(anOrder({ audience: 'station-70' }), moment())).toEqual(['order.foreign']);
    expect(orderHindrances(anOrder({ audience: 'station-7' }), moment({ audiences: [] }))).toEqual(['order.foreign']);
  });

  // A clock that was set back makes what is over seem to have time left.
  it('is not confirmed by a clock that went back, unless it has no time', () => {
    const back = moment({ newestKnown: '2026-12-24' as PlainDate });
    expect(orderHindrances(anOrder(), back)).toEqual(['clock.went-back']);
    expect(orderHindrances(anOrder({ issuedAt: null, expiresAt: null }), back)).toEqual([]);
  });

  // A clock that was set back by an hour, or by the one day by which lists may differ, brings back what was over this morning.
  it('is not confirmed by a clock that stands before what the station has recorded', () => {
    const order = anOrder({ expiresAt: '2026-11-20T12:30:00Z' });
    const codesAt = (newestAt: string) => orderHindrances(order, moment({ newestAt }));
    expect(codesAt('2026-11-20T11:00:00Z')).toEqual([]);
    // Set right by a little, as clocks are.
    expect(codesAt('2026-11-20T12:05:00Z')).toEqual([]);
    expect(codesAt('2026-11-20T12:05:01Z')).toEqual(['clock.went-back']);
    expect(codesAt('2026-11-21T11:00:00Z')).toEqual(['clock.went-back']);
    const timeless = anOrder({ issuedAt: null, expiresAt: null });
    expect(orderHindrances(timeless, moment({ newestAt: '2026-11-21T11:00:00Z' }))).toEqual([]);
  });

  // An order that was over by the newest record was confirmed, and answered, by a clock that was set back less than five minutes.
  it('is over where it was over by the newest of the two instants, by which a clock was set right', () => {
    const order = anOrder({ expiresAt: '2026-11-20T12:02:00Z' });
    const codesAt = (newestAt: string) => orderHindrances(order, moment({ newestAt }));
    expect(codesAt('2026-11-20T12:01:59Z')).toEqual([]);
    expect(codesAt('2026-11-20T12:02:00Z')).toEqual(['order.expired']);
    // By a clock that went back nobody knows; what is over by that clock as well is over.
    expect(codesAt('2026-11-20T12:30:00Z')).toEqual(['clock.went-back']);
    const over = orderHindrances(order, moment({ now: '2026-11-20T12:02:00Z', newestAt: '2026-11-20T12:30:00Z' }));
    expect(over).toEqual(['order.expired', 'clock.went-back']);
  });

  // With the clock a day back each order that a bank had just signed was refused for good as not yet valid, in place of waiting.
  it('that seems to lie ahead of a clock that went back is first told that the clock did', () => {
    const order = anOrder({ issuedAt: '2026-11-20T12:10:00Z', expiresAt: '2026-11-20T13:00:00Z' });
    const codesAt = (newestAt: string) => orderHindrances(order, moment({ newestAt }));
    expect(codesAt('2026-11-20T12:04:59Z')).toEqual(['order.not-yet-valid']);
    expect(codesAt('2026-11-20T12:05:00Z')).toEqual([]);
    expect(codesAt('2026-11-20T12:12:00Z')).toEqual(['clock.went-back', 'order.not-yet-valid']);
  });

  it('is told everything that speaks against it', () => {
    const order = anOrder({ audience: 'elsewhere', expiresAt: '2026-11-02T00:00:00Z' });
    expect(orderHindrances(order, moment({ newestKnown: '2026-12-24' as PlainDate }))).toEqual([
      'order.foreign',
      'order.expired',
      'clock.went-back',
    ]);
  });
});

describe('an instant', () => {
  it('has one form', () => {
    expect(['2026-11-20T12:00:00Z', '2024-02-29T23:59:59.1Z'].map(isInstant)).toEqual([true, true]);
    const none = ['2026-11-20', '2026-11-20T12:00:00+01:00', '2025-02-29T00:00:00Z', '2026-11-20T12:00:60Z', ''];
    expect(none.map(isInstant)).toEqual(none.map(() => false));
  });

  it('compares with and without parts of a second', () => {
    expect(isBefore('2026-11-20T12:00:00Z', '2026-11-20T12:00:00.000Z')).toBe(false);
    expect(isBefore('2026-11-20T12:00:00Z', '2026-11-20T12:00:00.5Z')).toBe(true);
    expect(isBefore('2026-11-20T12:00:00.45Z', '2026-11-20T12:00:00.5Z')).toBe(true);
  });

  it('goes over midnight, months and years', () => {
    expect(minutesAfter('2026-12-31T23:58:30.5Z', 5)).toBe('2027-01-01T00:03:30.5Z');
    expect(minutesAfter('2026-03-01T00:03:00Z', -5)).toBe('2026-02-28T23:58:00Z');
    expect(minutesAfter('2026-03-01T10:03:00Z', 0)).toBe('2026-03-01T10:03:00Z');
  });
});
