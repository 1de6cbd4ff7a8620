import { describe, expect, it } from 'vitest';
import { successful, unsuccessful } from '../../../main/result/check.ts';
import { referralHindrance } from '../../../main/verification/referral-time.ts';
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
    ['by a clock that went back behind the reading', { now: '2026-11-23T08:59:59Z' }, {}, 'referral.past'],
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
