import { describe, expect, it } from 'vitest';
import { type Check, checkIds, successful, unsuccessful } from '../../../main/result/check.ts';
import { parsePolicy } from '../../../main/verification/policy.ts';
import { policyDigest } from '../../../main/verification/policy-digest.ts';
import { judge } from '../../../main/verification/verdict.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { policyFile } from '../../support/headquarters.ts';
import { ownPolicies, policy } from '../../support/own-resources.ts';

const station = { training: false, specimen: false, station: 'attended' as const };
const scope = { kind: 'scope', scope: 'no-third-party-identification' };
const until = { kind: 'validUntil', date: '2027-02-28' };

function checksFor(kind: Check['detail'], expiry: string | null = '2027-02-28'): Check[] {
  return checkIds.map((id) => {
    if (id === 'document.type') return successful(id, kind);
    if (id !== 'document.expiry') return successful(id);
    return expiry === null
      ? unsuccessful(id, 'undetermined', 'document.expiry-unknown')
      : successful(id, { expiry, at: '2026-11-28' });
  });
}

// Finnish bank practice: the same document, other rights. A temporary one bears a credential as long as it lasts itself, and a
// passport from outside the EU and the EEA one that is not for identification to others (saastopankki.fi, identitetsbevis).
describe('what going on is tied to', () => {
  it.each([
    ['a Swedish passport', { code: 'P', issuer: 'SWE', nationality: 'SWE' }, []],
    ['a German identity card', { code: 'ID', issuer: 'D', nationality: 'D' }, []],
    ['a Norwegian passport, of the EEA', { code: 'P', issuer: 'NOR', nationality: 'NOR' }, []],
    ['an emergency passport (9303-4 §4.4: PE)', { code: 'PE', issuer: 'FIN', nationality: 'FIN' }, [until]],
    ['a British passport', { code: 'P', issuer: 'GBR', nationality: 'GBR' }, [scope]],
    ['a Swiss passport, of neither', { code: 'P', issuer: 'CHE', nationality: 'CHE' }, [scope]],
    ['an emergency passport from outside', { code: 'PE', issuer: 'USA', nationality: 'USA' }, [until, scope]],
    ['a Swedish passport of an alien', { code: 'PT', issuer: 'SWE', nationality: 'SYR' }, []],
  ])('%s', (_name, kind, conditions) => {
    expect(judge(policy('new-customer'), checksFor(kind), station)).toMatchObject({ verdict: 'accept', conditions });
  });

  it('is said where a person decides too, and not where the case is rejected', () => {
    const british = checksFor({ code: 'P', issuer: 'GBR', nationality: 'GBR' });
    const withFace = (face: Check): Check[] => british.map((check) => (check.id === face.id ? face : check));
    const unsure = judge(
      policy('new-customer'),
      withFace(unsuccessful('face.comparison', 'undetermined', 'face.unsure')),
      station,
    );
    expect(unsure).toMatchObject({ verdict: 'refer', conditions: [scope] });
    const another = judge(
      policy('new-customer'),
      withFace(unsuccessful('face.comparison', 'failed', 'face.not-same')),
      station,
    );
    expect(another).toMatchObject({ verdict: 'reject', conditions: [] });
  });

  it('refers where nobody can say what a document is tied to', () => {
    const lax = (id: 'document.type' | 'document.expiry') => ({
      ...policy('new-customer'),
      rules: policy('new-customer').rules.map((rule) =>
        rule.check === id ? { ...rule, outcomes: { ...rule.outcomes, undetermined: 'pass over' as const } } : rule,
      ),
    });
    const emergency = { code: 'PE', issuer: 'FIN', nationality: 'FIN' };
    expect(judge(lax('document.expiry'), checksFor(emergency, null), station)).toMatchObject({
      verdict: 'refer',
      reasons: ['document.expiry-unknown'],
      conditions: [],
    });
    const untold = checksFor(emergency).map((check) =>
      check.id === 'document.type' ? unsuccessful(check.id, 'undetermined', 'file.not-read') : check,
    );
    expect(judge(lax('document.type'), untold, station)).toMatchObject({
      verdict: 'refer',
      reasons: ['file.not-read'],
      conditions: [],
    });
  });

  it('may be stated for what ends soon, as the day of the reading has it', () => {
    const soon = (remainingMonths: number) =>
      parsePolicy(
        {
          ...policyFile('new-customer'),
          version: 99,
          conditions: [{ condition: 'validUntil', remainingMonths }, { condition: { scope: 'bara på kontoret' } }],
        },
        ownPolicies.get('new-customer')?.policy,
      );
    const swedish = checksFor({ code: 'P', issuer: 'SWE', nationality: 'SWE' });
    const own = { kind: 'scope', scope: 'bara på kontoret' };
    const judged = (months: number) =>
      judge({ ...policy('new-customer'), ...soon(months), rules: [] }, swedish, station);
    // 28 November to 28 February are three months to the day.
    expect(judged(3).conditions).toEqual([until, own]);
    expect(judged(2).conditions).toEqual([own]);
  });
});

describe('terms that a policy states', () => {
  const own = ownPolicies.get('large-transfer')?.policy ?? null;
  const stated = (terms: object) => parsePolicy({ ...policyFile('large-transfer'), version: 99, ...terms }, own);

  it.each([
    ['an unknown term', { overide: [] }],
    ['a freshness beyond a month', { freshness: { days: 31, purposes: ['step-up'] } }],
    ['a freshness in two units', { freshness: { days: 1, minutes: 5, purposes: ['step-up'] } }],
    ['a record of nobody on file', { freshness: { minutes: 5, purposes: ['age'] } }],
    [
      'levels of numbers beside an earlier reading',
      { identityLevels: ['confirmed'], freshness: { minutes: 5, purposes: ['step-up'] } },
    ],
    ['an override of the face', { overrides: [{ roles: ['supervisor'], checks: ['face.comparison'] }] }],
    ['an override by nobody', { overrides: [{ roles: [], checks: ['holder.name'] }] }],
    ['words that turn the direction', { overrides: [{ roles: ['teller'], checks: ['holder.name'], reasons: ['‮ok'] }] }],
    [
      'machine comparison without an impact assessment',
      { machineComparison: { legalBasis: 'samtycke', supportsFrom: 800, againstBelow: 500 } },
    ],
    [
      'machine comparison without a legal basis',
      { machineComparison: { impactAssessment: 'K-2026-3', supportsFrom: 800, againstBelow: 500 } },
    ],
    ['machine comparison without thresholds', { machineComparison: { legalBasis: 'a', impactAssessment: 'b' } }],
    [
      'a machine that supports and does not support at once',
      { machineComparison: { legalBasis: 'a', impactAssessment: 'b', supportsFrom: 500, againstBelow: 501 } },
    ],
    ['an age beside another errand', { age: { limits: [18] } }],
    ['a condition without words', { conditions: [{ condition: { scope: ' ' } }] }],
    ['nobody on file', { holder: 'nobody', rules: [] }],
  ])('refuses %s', (_name, terms) => {
    expect(failureCodeOf(() => stated(terms))).toBe('policy.malformed');
  });

  it('never lets the document go unread for a renewal', () => {
    for (const id of ['renew-bankid', 'replace-device', 'new-customer'] as const) {
      const json = { ...policyFile(id), version: 99, freshness: { minutes: 5, purposes: ['step-up'] } };
      expect(failureCodeOf(() => parsePolicy(json, ownPolicies.get(id)?.policy))).toBe('policy.malformed');
    }
    expect(stated({ freshness: { days: 2, purposes: ['step-up'] } }).freshness).toEqual({
      minutes: 2880,
      purposes: ['step-up'],
    });
  });

  it('belong to purposes: the policy for documents has conditions alone', () => {
    const document = (terms: object) => parsePolicy({ ...policyFile('document'), version: 99, ...terms });
    expect(failureCodeOf(() => document({ paper: 'ask' }))).toBe('policy.malformed');
    expect(document({ conditions: [{ condition: 'validUntil' }] }).conditions).toHaveLength(1);
  });

  it('name the place of what cannot be read, cut to what a line holds', () => {
    const rules = [{ check: `document.${'x'.repeat(5000)}`, outcomes: {} }];
    try {
      parsePolicy({ ...policyFile('large-transfer'), rules });
      expect.unreachable();
    } catch (thrown) {
      const { fields } = thrown as { fields: Record<string, string> };
      expect(fields).toMatchObject({ at: 'rules.0.check' });
      expect(fields.given).toHaveLength(60);
    }
  });
});

// Records and bundles of earlier apps name policies by this digest: what says nothing of terms keeps it.
it('a policy without terms bears the digest that earlier apps gave it', () => {
  const { conditions, freshness, overrides, retention, machineComparison, ...less } = policy('document');
  const { whyNotEid, documentsInCase, order, register, paper, identityLevels, age, ...earlier } = less;
  expect({ conditions, freshness, overrides, retention, machineComparison }).toMatchObject({ conditions: [] });
  expect({ whyNotEid, documentsInCase, order, register, paper, identityLevels, age }).toMatchObject({ paper: 'none' });
  expect(policyDigest(policy('document'))).toBe(policyDigest(earlier as never));
  expect(policyDigest({ ...policy('document'), conditions: policy('new-customer').conditions })).not.toBe(
    policyDigest(policy('document')),
  );
});
