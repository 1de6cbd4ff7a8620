import { expect, it } from 'vitest';
import { referralMeant } from '../../../main/commands/referral-case.ts';
import { caseNumber } from '../../../main/result/case-number.ts';
import { failureCodeOf } from '../../support/failure-code.ts';

const ids = [
  '11111111-0000-4000-8000-000000fedde0',
  '22222222-0000-4000-8000-000000abc123',
  '33333333-0000-4000-8000-111111abc123',
  'abc12399-0000-4000-8000-000000000001',
  '44444444-0000-4000-8000-000000444444',
];
const damaged = { id: '55555555-0000-4000-8000-000000dada55', at: '2026-11-23T10:00:00Z' };
const house = {
  referrals: () => ({ waiting: ids.map((id) => ({ id, purpose: 'renew-bankid' })), damaged: [damaged] }),
} as unknown as Parameters<typeof referralMeant>[0];
const meant = (typed: string) => referralMeant(house, typed).id;

it('a case is found by its number where one alone has it, in capitals or not', () => {
  expect(caseNumber(ids[0] ?? '')).toBe('FEDDE0');
  expect([meant('FEDDE0'), meant('fedde0')]).toEqual([ids[0], ids[0]]);
  // One case, whose id begins and ends so.
  expect(meant('444444')).toBe(ids[4]);
});

it('of several nobody is meant: two with one number, or one by its beginning and another by its number', () => {
  for (const typed of ['ABC123', 'abc123']) expect(failureCodeOf(() => meant(typed))).toBe('referral.gone');
  expect(meant('abc12399')).toBe(ids[3]);
  expect(meant(ids[1] ?? '')).toBe(ids[1]);
});

it('fewer than six characters, and other parts of an id, find nobody', () => {
  for (const typed of ['DDE0', 'EDDE0', '0FEDDE0', '0000-4000', ''])
    expect(
      failureCodeOf(() => meant(typed)),
      typed,
    ).toBe('referral.gone');
});

it('one that does not open any more is said to be damaged, and not to be gone', () => {
  for (const typed of [damaged.id, '55555555', 'dada55'])
    expect(
      failureCodeOf(() => meant(typed)),
      typed,
    ).toBe('referral.damaged');
});
