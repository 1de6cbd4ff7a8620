import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { successful, unsuccessful } from '../../../main/result/check.ts';
import { isBefore, minutesAfter } from '../../../main/result/instant.ts';
import { referralHindrance, waitingTime } from '../../../main/verification/referral-time.ts';
import type { Policy } from '../../../main/verification/types.ts';
import { policy as own } from '../../support/own-resources.ts';

/*
 * A case that waits for a colleague may be decided the next day where the policy says so (`referralHours`, docs/policies.md): what was
 * read must have counted when it was referred, and today's lists judge it.
 */

const policy: Policy = { ...own('large-transfer'), evidenceMinutes: 15, referralHours: 24 };
const read = {
  readAt: ['2026-11-23T09:00:00Z'],
  reused: false,
  referredAt: '2026-11-23T09:15:00Z',
  now: '2026-11-24T09:15:00Z',
  newestAt: null as string | null,
  checks: [successful('passive-authentication.path')],
};
const minutes = { freshness: { minutes: 30, purposes: ['large-transfer' as const] } };

describe('a case that was referred', () => {
  it.each<[string, Partial<typeof read>, Partial<typeof policy>, string | null]>([
    ['the next day, at the limit', {}, {}, null],
    ['past it', { now: '2026-11-24T09:15:01Z' }, {}, 'referral.past'],
    ['read too long before it was referred', { readAt: ['2026-11-23T08:59:59Z'] }, {}, 'referral.past'],
    [
      'of which one document was read too long before',
      { readAt: ['2026-11-23T09:00:00Z', '2026-11-23T08:00:00Z'] },
      {},
      'referral.past',
    ],
    ['of which nothing was read to an end', { readAt: [null] as never }, {}, 'referral.past'],
    ['by a clock that went back behind the referral', { now: '2026-11-23T09:14:59Z' }, {}, null],
    ['by a clock that went back behind the reading', { now: '2026-11-23T08:59:59Z' }, {}, 'clock.went-back'],
    [
      'by a clock that went back behind a day that the station has seen',
      { checks: [unsuccessful('passive-authentication.path', 'undetermined', 'clock.went-back')] },
      {},
      'clock.went-back',
    ],
    [
      'where the policy says nothing, while the reading counts',
      { now: '2026-11-23T09:15:00Z' },
      { referralHours: null },
      null,
    ],
    ['where the policy says nothing, past it', {}, { referralHours: null }, 'referral.past'],
    [
      'that rests on an earlier reading, within its own limit',
      { reused: true, readAt: ['2026-11-23T08:45:00Z'] },
      minutes,
      null,
    ],
    [
      'that rests on an earlier reading past it',
      { reused: true, readAt: ['2026-11-23T08:44:59Z'] },
      minutes,
      'referral.past',
    ],
  ])('%s', (_, changes, terms, code) => {
    expect(referralHindrance({ ...read, ...changes }, { ...policy, ...terms })).toBe(code);
  });
});

// A tester's walk of a clock: past its limit a case was approved with the clock set back some hours, and within it, set back by forty
// seconds, it was past.
describe('a clock that was set back', () => {
  const day = { ...policy, referralHours: 24 };
  const now = '2026-11-24T08:00:00Z';
  it('behind what the station knows approves nothing', () => {
    expect(referralHindrance({ ...read, now, newestAt: '2026-11-24T12:00:00Z' }, day)).toBe('clock.went-back');
    expect(referralHindrance({ ...read, now, newestAt: '2026-11-24T08:05:01Z' }, day)).toBe('clock.went-back');
    expect(referralHindrance({ ...read, now, newestAt: '2026-11-24T08:05:00Z' }, day)).toBeNull();
    expect(referralHindrance({ ...read, now, newestAt: '2026-11-23T12:00:00Z' }, day)).toBeNull();
  });
  it('by a little brings nothing back: what the station knows is the time', () => {
    const set = { now: '2026-11-24T09:14:00Z', newestAt: '2026-11-24T09:15:01Z' };
    expect(referralHindrance({ ...read, ...set }, day)).toBe('referral.past');
  });
  it('by a little, right after the case was referred, makes nothing past', () => {
    const back = '2026-11-23T09:14:20Z';
    for (const referralHours of [24, null])
      expect(referralHindrance({ ...read, now: back }, { ...policy, referralHours })).toBeNull();
    expect(referralHindrance({ ...read, now: back, newestAt: read.referredAt }, day)).toBeNull();
    const more = { ...read, readAt: ['2026-11-23T09:14:50Z'], now: back };
    expect(referralHindrance(more, { ...policy, referralHours: null })).toBeNull();
  });
  it('behind the referral by more than five minutes tells nothing', () => {
    expect(referralHindrance({ ...read, now: '2026-11-23T09:10:00Z' }, day)).toBeNull();
    expect(referralHindrance({ ...read, now: '2026-11-23T09:09:59Z' }, day)).toBe('clock.went-back');
  });
});

// What staff are told of a case that waits: how long it may, and that it is too late.
describe('until when it may wait', () => {
  const told = (changes: Partial<typeof read>, terms: Partial<Policy>, orderUntil: string | null = null) =>
    waitingTime({ ...read, ...changes }, { ...policy, ...terms }, orderUntil);
  const atLimit = { until: '2026-11-24T09:15:00Z', past: false };
  it.each<[string, Partial<typeof read>, Partial<Policy>, string | null, ReturnType<typeof told>]>([
    ['a day after it was referred, at the limit', {}, {}, null, atLimit],
    ['and not a second longer', { now: '2026-11-24T09:15:01Z' }, {}, null, { ...atLimit, past: true }],
    ['no longer than its order', {}, {}, '2026-11-23T12:00:00Z', { until: '2026-11-23T12:00:00Z', past: true }],
    ['as long as the policy says, where the order lasts longer', {}, {}, '2026-12-23T12:00:00Z', atLimit],
    [
      'while the reading counts, where the policy says nothing',
      { now: '2026-11-23T09:14:00Z' },
      { referralHours: null },
      null,
      { until: '2026-11-23T09:15:00Z', past: false },
    ],
    [
      'while the reading counts, where that is longer',
      { referredAt: '2026-11-23T09:01:00Z', now: '2026-11-23T12:00:00Z' },
      { evidenceMinutes: 600, referralHours: 1 },
      null,
      { until: '2026-11-23T19:00:00Z', past: false },
    ],
    [
      'not at all, where it was too old when it was referred',
      { readAt: ['2026-11-23T08:00:00Z'] },
      {},
      null,
      { until: '2026-11-23T08:15:00Z', past: true },
    ],
    [
      'not at all, where nothing was read',
      { readAt: [null] as never },
      {},
      '2026-12-23T12:00:00Z',
      { until: null, past: true },
    ],
    [
      'by the older of two readings',
      { readAt: ['2026-11-23T09:10:00Z', '2026-11-23T09:05:00Z'] },
      { referralHours: null },
      null,
      { until: '2026-11-23T09:20:00Z', past: true },
    ],
  ])('%s', (_, changes, terms, orderUntil, expected) => {
    expect(told(changes, terms, orderUntil)).toEqual(expected);
  });

  // The words and the rule are one: at the instant that is told the case counts, a minute later it does not.
  it('is what decides it', () => {
    const minute = fc.integer({ min: 0, max: 3_000 });
    const instant = (minutes: number): string => minutesAfter('2026-11-23T09:00:00Z', minutes);
    fc.assert(
      fc.property(
        fc.array(minute, { minLength: 1, maxLength: 2 }),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 1, max: 1_440 }),
        fc.option(fc.integer({ min: 1, max: 168 })),
        (reads, waited, evidenceMinutes, referralHours) => {
          const terms = { ...policy, evidenceMinutes, referralHours };
          const referredAt = instant(Math.max(...reads) + waited);
          const one = { ...read, readAt: reads.map(instant), referredAt, now: referredAt };
          const { until } = waitingTime(one, terms, null);
          if (until === null) throw new Error('something was read');
          // What was too old when it was referred is not asked of an instant before that.
          const wasOld = isBefore(until, referredAt);
          const at = wasOld ? referredAt : until;
          const hindered = (now: string) => referralHindrance({ ...one, now }, terms);
          expect(hindered(at)).toBe(wasOld ? 'referral.past' : null);
          expect(hindered(minutesAfter(at, 1))).toBe('referral.past');
          expect(waitingTime({ ...one, now: minutesAfter(at, 1) }, terms, null).past).toBe(true);
        },
      ),
    );
  });
});
