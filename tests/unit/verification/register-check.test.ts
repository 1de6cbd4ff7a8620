import { describe, expect, it } from 'vitest';
import type { InspectedDocument } from '../../../main/inspection/types.ts';
import { successful } from '../../../main/result/check.ts';
import { parsePolicy } from '../../../main/verification/policy.ts';
import {
  registerCheck as checkAt,
  type RegisterAnswer,
  registerAnswerIn,
  registerQuestion,
} from '../../../main/verification/register-check.ts';
import { judge } from '../../../main/verification/verdict.ts';
import { policy as ownPolicy } from '../../support/own-resources.ts';

/*
 * The police's service for passports and national identity cards (polisen.se) has three answers; *inget resultat* is neither of the
 * others: mistyped, not issued by the police, or forged (FIELD §5 no 6).
 */
const swedish = {
  type: 'passport',
  code: 'P',
  issuer: 'SWE',
  number: 'XA000101',
  expiry: '2030-01-31',
  holder: { personalNumber: '199006022397', nationality: 'SWE' },
} as unknown as InspectedDocument;
const told = (answer: RegisterAnswer['answer'], change: Partial<RegisterAnswer> = {}): RegisterAnswer => ({
  answer,
  by: 'staff',
  person: 'AB',
  at: '2026-11-23T09:00:00Z',
  documentNumber: 'XA000101',
  ...change,
});

const counts = { now: '2026-11-23T09:10:00Z', minutes: 15 };
const registerCheck = (answer: RegisterAnswer | null, document: InspectedDocument | null) =>
  checkAt(answer, document, counts);

// A document is blocked in a minute: what let it pass counts as long as what was read, what speaks against it for good.
describe('the age of an answer', () => {
  const at = (answer: RegisterAnswer['answer'], now: string) => checkAt(told(answer), swedish, { ...counts, now });

  it.each([
    ['at the limit', '2026-11-23T09:15:00Z', 'successful', null],
    ['past it', '2026-11-23T09:15:01Z', 'undetermined', 'register.answer-old'],
    ['by a clock that went back', '2026-11-23T08:59:59Z', 'undetermined', 'register.answer-old'],
  ])('valid, %s', (_, now, result, code) => {
    expect(at('valid', now)).toMatchObject({ result, code });
  });

  it('that is too old is no answer in the record, and blocked never grows old', () => {
    const old = at('valid', '2026-11-23T11:00:00Z');
    expect(registerAnswerIn([old])).toBeNull();
    expect(old.detail).toMatchObject({ answerThen: 'valid', minutes: 15 });
    expect(at('blocked', '2026-11-23T11:00:00Z')).toMatchObject({ result: 'failed', code: 'register.blocked' });
    expect(at('no-result', '2026-11-23T11:00:00Z')).toMatchObject({ code: 'register.no-result' });
  });
});

describe('register.validity', () => {
  it.each([
    ['valid', told('valid'), 'successful', null],
    ['blocked', told('blocked'), 'failed', 'register.blocked'],
    ['no result', told('no-result'), 'undetermined', 'register.no-result'],
    ['nobody asked', null, 'undetermined', 'register.not-asked'],
    ['asked of another document', told('valid', { documentNumber: 'XA000102' }), 'undetermined', 'register.not-asked'],
    ['the service is down', told({ failed: 'service.unreachable' }), 'undetermined', 'service.unreachable'],
  ] as const)('%s', (_, answer, result, code) => {
    expect(registerCheck(answer, swedish)).toMatchObject({ id: 'register.validity', result, code });
  });

  it('keeps answer, time and person, and they are what a record says', () => {
    const check = registerCheck(told('blocked'), swedish);
    expect(check.detail).toEqual({ answeredBy: 'staff', person: 'AB', at: '2026-11-23T09:00:00Z', answer: 'blocked' });
    expect(registerAnswerIn([check])).toBe('blocked');
    expect(registerAnswerIn([registerCheck(told({ failed: 'service.broken' }), swedish)])).toBeNull();
    expect(registerAnswerIn([])).toBeNull();
  });

  it.each([
    [{ issuer: 'FIN' }, 'not supported', 'register.other-state'],
    [{ type: 'residence-permit' }, 'not supported', 'register.other-state'],
  ])('knows Swedish passports and national identity cards only: %o', (change, result, code) => {
    const document = { ...swedish, ...change } as InspectedDocument;
    expect(registerCheck(told('valid'), document)).toMatchObject({ result, code });
    expect(registerQuestion(document)).toBeNull();
  });

  it('asks for the three values in the order of the page, and for nothing where one of them is missing', () => {
    expect(Object.entries(registerQuestion(swedish) ?? {})).toEqual([
      ['documentNumber', 'XA000101'],
      ['personalNumber', '199006022397'],
      ['expiry', '2030-01-31'],
    ]);
    expect(registerQuestion({ ...swedish, expiry: null })).toBeNull();
    expect(registerQuestion(null)).toBeNull();
    expect(registerCheck(null, null)).toMatchObject({ result: 'undetermined', code: 'document.not-read' });
  });
});

describe('what an answer leads to', () => {
  const outcome = (id: 'large-transfer' | 'renew-bankid', answer: RegisterAnswer | null, document = swedish) => {
    const policy = ownPolicy(id);
    const ruled = policy.rules.map(({ check }) => check);
    const others = ruled.filter((check) => check !== 'register.validity');
    const checks = [
      ...others.map((id) =>
        successful(id, id === 'document.type' ? { code: 'P', issuer: 'SWE', nationality: 'SWE' } : {}),
      ),
      registerCheck(answer, document),
    ];
    const { verdict, reasons, passedOver } = judge(policy, checks, {
      training: true,
      specimen: false,
      station: 'attended',
    });
    return [verdict, reasons, passedOver];
  };
  const open = ['register.validity'];

  it.each(['large-transfer', 'renew-bankid'] as const)(
    '%s asks: blocked rejects, no result is for a person, open is shown',
    (id) => {
      const foreign = { ...swedish, issuer: 'FIN' };
      expect(ownPolicy(id).register).toBe('ask');
      expect(outcome(id, told('valid'))[0]).toBe('accept');
      expect(outcome(id, told('blocked'))).toEqual(['reject', ['register.blocked'], []]);
      expect(outcome(id, told('no-result'))).toEqual(['refer', ['register.no-result'], []]);
      expect(outcome(id, null)).toEqual(['accept', [], open]);
      expect(outcome(id, told({ failed: 'service.too-slow' }))).toEqual(['accept', [], open]);
      expect(outcome(id, null, foreign)).toEqual(['accept', [], open]);
    },
  );

  it('a policy that requires it cannot pass over an open answer', () => {
    const { rules, ...policy } = JSON.parse(JSON.stringify(ownPolicy('large-transfer')));
    expect(() => parsePolicy({ ...policy, rules, register: 'required' })).toThrow('policy.malformed');
    const strict = rules.map((rule: { check: string; outcomes: object }) =>
      rule.check === 'register.validity' ? { ...rule, outcomes: { ...rule.outcomes, undetermined: 'refer' } } : rule,
    );
    expect(parsePolicy({ ...policy, rules: strict, register: 'required' }).register).toBe('required');
  });
});
