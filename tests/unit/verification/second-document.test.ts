import { describe, expect, it } from 'vitest';
import { type Check, checkIds, successful, unsuccessful } from '../../../main/result/check.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { withIdentityLevel } from '../../../main/verification/identity-level.ts';
import { extendPolicy } from '../../../main/verification/policy.ts';
import { checksBeside, secondDocumentCheck } from '../../../main/verification/second-document.ts';
import type { Verdict } from '../../../main/verification/types.ts';
import { judge } from '../../../main/verification/verdict.ts';
import { policy } from '../../support/own-resources.ts';
import { readDocument } from '../holders/support.ts';

const today = '2026-11-23' as PlainDate;
const context = { training: false, specimen: false, station: 'attended' } as const;
const samira = { surname: 'Haddad', givenNames: 'Samira', birthDate: '1990-05-01' as PlainDate, nationality: 'SYR' };
const read = (more: Partial<Parameters<typeof readDocument>[0]>) => ({
  ...readDocument({ ...samira, ...more }, today),
  checks: [] as readonly Check[],
});
const passport = read({ issuer: 'SYR' });
const permit = read({ format: 'TD1', documentCode: 'IR' });
const verdict = (word: Verdict['verdict']): Verdict => ({
  verdict: word,
  reasons: word === 'accept' ? [] : ['document.expired'],
  decidedBy: null,
  passedOver: [],
  conditions: [],
});

describe('a second document', () => {
  it('is as good as its own checks are', () => {
    expect(secondDocumentCheck(passport, permit, verdict('accept'), today).result).toBe('successful');
    for (const [word, result] of [
      ['refer', 'undetermined'],
      ['reject', 'failed'],
    ] as const)
      expect(secondDocumentCheck(passport, permit, verdict(word), today)).toMatchObject({
        result,
        code: 'document.second-not-proved',
        detail: { reasons: ['document.expired'] },
      });
    const unread = { ...permit, mrz: null };
    for (const [first, second, code] of [
      [unread, permit, 'document.not-read'],
      [passport, unread, 'document.second-not-read'],
    ] as const)
      expect(secondDocumentCheck(first, second, verdict('accept'), today)).toMatchObject({
        result: 'undetermined',
        code,
      });
  });

  it('that it is a permit does not stand against it beside a passport, and nothing else is excused', () => {
    const isPermit = unsuccessful('document.type', 'failed', 'document.residence-permit');
    const other = unsuccessful('document.type', 'failed', 'document.type-not-accepted');
    const expired = unsuccessful('document.expiry', 'failed', 'document.expired');
    expect(checksBeside([isPermit, other, expired])).toEqual([successful('document.type'), other, expired]);
  });

  // Without a rule of its own: no policy needs one, and none can pass over it.
  it('that is not successful is referred by every purpose, and one that is changes nothing', () => {
    for (const id of ['new-customer', 'large-transfer'] as const) {
      const judged = extendPolicy(policy('document'), policy(id));
      expect(judged.documentsInCase).toBe('passport-with-permit');
      const well = checkIds
        .filter((check) => check !== 'document.second')
        .filter((check) => id !== 'new-customer' || !check.startsWith('holder.'))
        .map((check) =>
          successful(check, check === 'document.type' ? { code: 'P', issuer: 'SYR', nationality: 'SYR' } : {}),
        );
      const withSecond = (check: Check) => judge(judged, [...well, check], context).verdict;
      expect(judge(judged, [...well, successful('document.second')], context)).toMatchObject({
        verdict: 'accept',
        reasons: [],
      });
      for (const result of ['failed', 'undetermined', 'not supported', 'aborted'] as const)
        expect(withSecond(unsuccessful('document.second', result, 'document.second-open'))).toBe('refer');
    }
  });
});

// Lag 2022:1697: the state confirms who bears a coordination number, finds it probable, or does not know.
describe('the identity level of a coordination number', () => {
  const equal = successful('holder.personal-number', { kind: 'coordination' });
  const name = successful('holder.name');
  const of = (level: 'confirmed' | 'probable' | 'unconfirmed' | null, taken: readonly string[] | null) =>
    withIdentityLevel(
      [equal, name],
      { personalNumber: '197010632391', ...(level === null ? {} : { identityLevel: level }) },
      taken,
    );

  it.each(['probable', 'unconfirmed', null] as const)('%s is not enough where it must be confirmed', (level) => {
    expect(policy('renew-bankid').identityLevels).toEqual(['confirmed']);
    const checks = of(level, policy('renew-bankid').identityLevels);
    expect(checks).toMatchObject([{ result: 'undetermined', code: 'holder.identity-level' }, name]);
    expect(checks[0]?.detail).toMatchObject({ identityLevel: level ?? 'unknown' });
  });

  it('confirmed is, and elsewhere every level', () => {
    expect(of('confirmed', ['confirmed'])).toEqual([equal, name]);
    expect(of(null, null)).toEqual([equal, name]);
  });

  it('is no question of a personal number, nor of who is not on file', () => {
    expect(withIdentityLevel([equal], { personalNumber: '199006022397' }, ['confirmed'])).toEqual([equal]);
    expect(withIdentityLevel([equal], null, ['confirmed'])).toEqual([equal]);
  });

  it('never makes a failed number better', () => {
    const failed = unsuccessful('holder.personal-number', 'failed', 'holder.personal-number-differs');
    expect(withIdentityLevel([failed], { personalNumber: '197010632391' }, ['confirmed'])).toEqual([failed]);
  });
});
