import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Check,
  type CheckId,
  checkIds,
  checkResults,
  notMade,
  successful,
  unsuccessful,
} from '../../../main/result/check.ts';
import { extendPolicy, parsePolicy } from '../../../main/verification/policy.ts';
import { type Policy, purposes } from '../../../main/verification/types.ts';
import { judge } from '../../../main/verification/verdict.ts';
import { policy } from '../../support/own-resources.ts';

const policies = (['document', ...purposes] as const).map((id) => policy(id));
const station = { training: false, specimen: false };
const training = { training: true, specimen: true };

/** Checks of a case in which all went well, from Sweden. */
const told: Readonly<Partial<Record<CheckId, Check['detail']>>> = {
  'document.type': { code: 'P', issuer: 'SWE', nationality: 'SWE' },
  'document.expiry': { expiry: '2031-05-20', at: '2026-11-28' },
};
function allWell(): Check[] {
  return checkIds.map((id) => successful(id, told[id] ?? {}));
}

function withCheck(check: Check): Check[] {
  return allWell().map((other) =>
    other.id === check.id ? { ...check, detail: { ...other.detail, ...check.detail } } : other,
  );
}

describe.each(policies.map((each) => [each.id, each] as const))('policy %s', (_id, each: Policy) => {
  it('accepts a case in which every check succeeded', () => {
    expect(judge(each, allWell(), station)).toEqual({
      verdict: 'accept',
      reasons: [],
      decidedBy: null,
      passedOver: [],
      conditions: [],
    });
  });

  it.each(each.rules)('never accepts where $check failed, was aborted or is missing', ({ check }) => {
    for (const result of ['failed', 'aborted'] as const) {
      const verdict = judge(each, withCheck(unsuccessful(check, result, 'check.aborted')), station);
      expect(verdict).toMatchObject({ decidedBy: check, reasons: ['check.aborted'] });
      expect(verdict.verdict).not.toBe('accept');
    }
    const without = judge(
      each,
      allWell().filter(({ id }) => id !== check),
      station,
    );
    expect(without.verdict).not.toBe('accept');
  });

  it.each(each.rules)('outside training, $check that is not made caps the verdict at refer', ({ check }) => {
    expect(judge(each, withCheck(notMade(check)), station)).toMatchObject({
      verdict: 'refer',
      reasons: ['check.not-made'],
      decidedBy: check,
    });
  });

  it('never gets better when a check gets worse', () => {
    const weight = { accept: 0, refer: 1, reject: 2 };
    const anyCheck = (id: CheckId) =>
      fc
        .constantFrom(...checkResults)
        .map((result) => (result === 'successful' ? successful(id) : unsuccessful(id, result, 'check.aborted')));
    fc.assert(
      fc.property(fc.tuple(...checkIds.map(anyCheck)), fc.nat(checkIds.length - 1), (checks, index) => {
        const worse = checks.map((check, at) =>
          at === index ? unsuccessful(check.id, 'failed', 'check.aborted') : check,
        );
        const before = judge(each, checks, station).verdict;
        const after = judge(each, worse, station).verdict;
        expect(weight[after]).toBeGreaterThanOrEqual(weight[before]);
      }),
    );
  });
});

// A permit to stay proves nobody's identity (Migrationsverket); it may lie beside a passport, never in its place.
describe('a residence permit', () => {
  const permit = { type: 'residence-permit', code: 'AR', issuer: 'ESP', nationality: 'SYR' };
  it.each(policies)('is refused for $id, however genuine, and in training too', (each) => {
    const checks = withCheck(unsuccessful('document.type', 'failed', 'document.residence-permit', permit));
    for (const context of [station, training]) {
      const { verdict, reasons } = judge(each, checks, context);
      expect(verdict).toBe('reject');
      expect(reasons).toContain('document.residence-permit');
    }
  });

  it.each(policies)('is never accepted for $id where its code does not say what it is', (each) => {
    const kind = { ...permit, type: 'identity-card', code: 'ID' };
    const checks = withCheck(unsuccessful('document.type', 'undetermined', 'document.type-unknown', kind));
    for (const context of [station, training]) expect(judge(each, checks, context).verdict).not.toBe('accept');
  });
});

describe('what a verdict says', () => {
  const document = policy('document');

  it('names the worst check first and each reason once', () => {
    const checks = withCheck(unsuccessful('passive-authentication.hashes', 'failed', 'data-group.hash-differs')).map(
      (check) =>
        check.id === 'document.expiry'
          ? unsuccessful('document.expiry', 'undetermined', 'document.expiry-unknown')
          : check,
    );
    expect(judge(document, checks, station)).toMatchObject({
      verdict: 'reject',
      decidedBy: 'passive-authentication.hashes',
      reasons: ['data-group.hash-differs', 'document.expiry-unknown'],
    });
  });

  it('passes over what is not made in training, visibly', () => {
    const verdict = judge(document, withCheck(notMade('document.defects')), training);
    expect(verdict).toEqual({
      verdict: 'accept',
      reasons: [],
      decidedBy: null,
      passedOver: ['document.defects'],
      conditions: [],
    });
  });

  describe('the proofs that a chip is no copy', () => {
    const proofs = ['chip-authentication', 'active-authentication', 'pace-cam'] as const;
    const results = (...made: readonly Check['result'][]): Check[] =>
      allWell().map((check) => {
        const result = made[(proofs as readonly CheckId[]).indexOf(check.id)];
        return result === undefined || result === 'successful'
          ? check
          : unsuccessful(check.id, result, 'chip-authentication.failed');
      });

    it.each([
      ['successful', 'not supported', 'not supported'],
      ['not supported', 'successful', 'undetermined'],
      ['undetermined', 'not supported', 'successful'],
    ] as const)('one is enough: %s, %s, %s', (...made) => {
      const verdict = judge(document, results(...made), station);
      expect(verdict.verdict).toBe('accept');
      expect(verdict.passedOver).toEqual(proofs.filter((_, index) => made[index] !== 'successful'));
    });

    it.each([
      ['successful', 'failed', 'not supported', 'reject'],
      ['aborted', 'successful', 'not supported', 'refer'],
      ['undetermined', 'not supported', 'not supported', 'refer'],
      ['not supported', 'not supported', 'not supported', 'refer'],
    ] as const)('%s, %s, %s: %s', (chip, active, mapping, expected) => {
      for (const each of policies) expect(judge(each, results(chip, active, mapping), station).verdict).toBe(expected);
    });

    it('a document without any is passed over in training alone', () => {
      const none = results('not supported', 'not supported', 'not supported');
      expect(judge(document, none, training)).toMatchObject({ verdict: 'accept', passedOver: [...proofs] });
    });
  });

  it('rejects a specimen outside training, whatever the checks say', () => {
    expect(judge(document, allWell(), { training: false, specimen: true })).toMatchObject({
      verdict: 'reject',
      reasons: ['document.specimen'],
    });
  });

  // BankID takes a Swedish passport or identity card issued by the police; aliens' passports and travel documents carry
  // issuer SWE too, and emergency passports are passports.
  it.each([
    ['a German passport', { code: 'P', issuer: 'D', nationality: 'D' }],
    ["an alien's passport", { code: 'PT', issuer: 'SWE', nationality: 'XXA' }],
    ['a passport of Sweden for another national', { code: 'P', issuer: 'SWE', nationality: 'SYR' }],
    ['an emergency passport', { code: 'PE', issuer: 'SWE', nationality: 'SWE' }],
    ['a residence permit', { code: 'AR', issuer: 'SWE', nationality: 'NOR' }],
  ])('refers %s where a purpose takes Swedish passports and identity cards', (_name, kind) => {
    const checks = withCheck(successful('document.type', kind));
    expect(judge(policy('renew-bankid'), checks, station)).toMatchObject({
      verdict: 'refer',
      reasons: ['document.type-not-accepted'],
      decidedBy: 'document.type',
    });
    expect(judge(policy('new-customer'), checks, station).verdict).toBe('accept');
  });

  it.each(['P', 'PP', 'I', 'ID'])('takes a Swedish document with the code %s', (code) => {
    const checks = withCheck(successful('document.type', { code, issuer: 'SWE', nationality: 'SWE' }));
    expect(judge(policy('renew-bankid'), checks, station).verdict).toBe('accept');
  });

  it('refers a changed personal number, and rejects another person', () => {
    const number = unsuccessful('holder.personal-number', 'failed', 'holder.personal-number-differs');
    const name = unsuccessful('holder.name', 'failed', 'holder.name-differs');
    const renewal = policy('renew-bankid');
    expect(judge(renewal, withCheck(number), station).verdict).toBe('refer');
    const both = withCheck(number).map((check) => (check.id === 'holder.name' ? name : check));
    expect(judge(renewal, both, station)).toMatchObject({ verdict: 'reject', decidedBy: 'holder.personal-number' });
  });
});

describe('a policy file', () => {
  const file = (name: string): Record<string, unknown> =>
    JSON.parse(readFileSync(resolve(import.meta.dirname, `../../../resources/policies/${name}.json`), 'utf8'));
  const [rule, ...others] = file('document').rules as { outcomes: object }[];
  // All rules are there, so that nothing but the change in one of them can be what is refused.
  const withRule = (change: object) => ({ ...file('document'), rules: [{ ...rule, ...change }, ...others] });
  const withOutcome = (change: object) => withRule({ outcomes: { ...rule?.outcomes, ...change } });

  it.each([
    ['nothing', null],
    ['another policy name', { ...file('document'), id: 'other' }],
    ['a member that nobody knows', { ...file('document'), also: 1 }],
    ['a failed check that would be accepted', withOutcome({ failed: 'accept' })],
    ['an aborted check that would be passed over', withOutcome({ aborted: 'pass over' })],
    ['an undetermined check that would count as accepted', withOutcome({ undetermined: 'accept' })],
    ['a missing check that would be passed over', withOutcome({ absent: 'pass over' })],
    ['a code that would be accepted', withRule({ codes: { 'security-object.signature-wrong': 'accept' } })],
    ['a check that is not made and would count as accepted', withRule({ trainingNotMade: 'accept' })],
    ['a check that nobody knows', withRule({ check: 'document.smell' })],
    ['no rules at all', { ...file('document'), rules: [] }],
    ['no rule for one check', { ...file('document'), rules: others }],
    ['two rules for one check', { ...file('document'), rules: [rule, rule, ...others] }],
    ['a version of no number', { ...file('document'), version: '1' }],
  ])('that holds %s is refused', (_name, json) => {
    expect(() => parsePolicy(json)).toThrow(expect.objectContaining({ code: 'policy.malformed' }));
  });

  it('is taken as it is in resources/', () => {
    expect(parsePolicy(withRule({}))).toMatchObject({ id: 'document' });
  });

  // A check that no rule names would decide nothing.
  it('of a purpose that leaves a check without a rule is refused', () => {
    const document = parsePolicy(file('document'));
    const gap = { ...file('renew-bankid'), rules: (file('renew-bankid').rules as object[]).slice(1) };
    expect(() => extendPolicy(document, parsePolicy(gap))).toThrow(
      expect.objectContaining({ code: 'policy.malformed' }),
    );
  });
});

describe('what a rule and a list of checks cannot do', () => {
  const document = policy('document');
  const wrong = unsuccessful('passive-authentication.signature', 'failed', 'security-object.signature-wrong');

  // A list of checks has one entry per id. Where there are two all the same, a good one does not hide a bad one.
  it.each(['before', 'after'])('a failed check counts where a successful one of its id stands %s it', (place) => {
    const checks = place === 'before' ? [...allWell(), wrong] : [wrong, ...allWell()];
    expect(judge(document, checks, station)).toMatchObject({ verdict: 'reject', decidedBy: wrong.id });
  });

  it('a code does not excuse a check that failed', () => {
    const lenient: Policy = {
      ...document,
      rules: document.rules.map((rule) => ({ ...rule, codes: { 'security-object.signature-wrong': 'pass over' } })),
    };
    expect(judge(lenient, withCheck(wrong), station).verdict).toBe('reject');
    const lines = unsuccessful('document.mrz', 'failed', 'security-object.signature-wrong');
    expect(judge(lenient, withCheck(lines), station).verdict).toBe('refer');
    const untold = unsuccessful(lines.id, 'undetermined', 'security-object.signature-wrong');
    expect(judge(lenient, withCheck(untold), station)).toMatchObject({ verdict: 'accept', passedOver: [lines.id] });
  });
});

describe('the living person', () => {
  const untold = withCheck(notMade('face.presentation-attack'));
  const renewal = policy('renew-bankid');

  // TR-03121: without anybody who watches, presentation attacks have to be detected by machine.
  it('is asked for at an unattended station, in training too once it is set as one', () => {
    expect(judge(renewal, untold, { ...station, station: 'unattended' }).verdict).toBe('refer');
    expect(judge(renewal, untold, { ...training, station: 'unattended' }).verdict).toBe('refer');
  });

  it('is passed over, and shown as such, in training that nobody has set', () => {
    expect(judge(renewal, untold, { ...training, station: null })).toMatchObject({
      verdict: 'accept',
      passedOver: ['face.presentation-attack'],
    });
  });
});
