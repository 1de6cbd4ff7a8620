import { beforeEach, describe, expect, test } from 'vitest';
import { failureCodes } from '../../../main/result/failure-codes.ts';
import type { Answers } from '../../../main/station/answers.ts';
import { answerCall, methodNames } from '../../../main/station/call-gate.ts';
import { createDesk } from '../../../main/station/desk.ts';
import { appOrigin } from '../../../main/station/page-origin.ts';
import { type MethodName, methods } from '../../../preload/contract.ts';
import { FakeHouse, FakeTimers } from '../../support/fake-house.ts';

const ours = { url: 'styrk://app/index.html', mainFrame: true };
let answers: Answers;
let lines: string[];

beforeEach(() => {
  const { house, beside } = new FakeHouse();
  answers = createDesk({
    ...beside,
    house,
    standIn: false,
    newCaseId: () => 'case-1',
    timers: new FakeTimers(),
  }).answers;
  lines = [];
});

const call = <M extends MethodName>(method: M, sender: typeof ours | null, args: readonly unknown[], given = answers) =>
  answerCall(
    { answers: given, pageOrigin: appOrigin, log: (event, fields) => lines.push(JSON.stringify({ event, ...fields })) },
    method,
    sender,
    args,
  );

test('the contract and the desk have the same methods', () => {
  expect(methodNames().toSorted()).toEqual(Object.keys(answers).toSorted());
  expect(methodNames()).toEqual(Object.keys(methods));
});

test('a call of our page is answered', async () => {
  expect(await call('app.info', ours, [])).toMatchObject({ ok: true, value: { version: '0.1.0' } });
  expect(await call('case.begin', ours, [])).toEqual({ ok: true, value: null });
});

describe('the sender', () => {
  test.each([
    ['no frame', null],
    ['a frame inside the page', { ...ours, mainFrame: false }],
    ['another page', { ...ours, url: 'https://elsewhere.invalid/index.html' }],
    ['another host of our scheme', { ...ours, url: 'styrk://other/index.html' }],
    ['an empty page', { ...ours, url: 'about:blank' }],
  ])('%s is refused by every method', async (_name, sender) => {
    for (const method of methodNames()) {
      expect(await call(method, sender, [])).toEqual({ ok: false, code: 'call.sender', fields: {} });
    }
  });
});

const noFilter = { from: null, to: null, teller: null, purpose: null, verdict: null, document: null };

describe('arguments', () => {
  test.each<[MethodName, readonly unknown[]]>([
    ['app.info', ['more']],
    ['app.setLanguage', []],
    ['app.setLanguage', ['de']],
    ['case.choosePurpose', ['make-coffee']],
    ['case.choosePurpose', [{ toString: 'renew-bankid' }]],
    ['holders.find', ['x'.repeat(201)]],
    ['holders.find', [null]],
    ['case.setAccessKey', [{ kind: 'can', can: '1234567' }]],
    ['case.setAccessKey', [{ kind: 'hex', hex: '00' }]],
    ['case.decide', [{ outcome: 'abandoned', reason: null, sign: null, seen: 'accept' }]],
    ['case.decide', [{ outcome: 'go-on', reason: 'x'.repeat(501), sign: null, seen: 'refer' }]],
    ['case.decide', [{ outcome: 'go-on', reason: null, sign: null }]],
    ['case.goTo', ['office']],
    ['records.search', [noFilter, -1]],
    ['records.search', [noFilter, 0.5]],
    ['records.search', [{ ...noFilter, holder: 'Anna' }, null]],
    ['training.lay', [7]],
  ])('%s refuses %j', async (method, args) => {
    expect(await call(method, ours, args)).toEqual({
      ok: false,
      code: 'call.malformed',
      fields: { part: 'arguments' },
    });
  });
});

describe('failures', () => {
  test('cross as code and fields', async () => {
    expect(await call('case.tap', ours, [])).toEqual({ ok: false, code: 'case.not-open', fields: {} });
  });

  test('that nobody expected cross without words or stack', async () => {
    const broken: Answers = {
      ...answers,
      'case.begin': () => {
        throw new TypeError('secret 19820314-2392');
      },
    };
    const result = await call('case.begin', ours, [], broken);
    expect(result).toEqual({ ok: false, code: 'internal.unexpected', fields: { kind: 'TypeError' } });
    expect(lines.join()).not.toContain('19820314');
  });

  test('an answer outside the contract does not leave', async () => {
    const broken: Answers = {
      ...answers,
      'records.show': async () => ({
        row: {
          id: 'r',
          number: 1,
          endedAt: '',
          training: true,
          purpose: null,
          holderName: null,
          nameless: 'nobody',
          verdict: 'accept',
          outcome: 'stop',
          decidedBy: null,
          erasedOn: null,
        },
        hash: 'x'.repeat(65),
        content: {},
      }),
    };
    expect(await call('records.show', ours, ['r'], broken)).toEqual({
      ok: false,
      code: 'call.malformed',
      fields: { part: 'answer' },
    });
  });

  test('every code that crosses is of the catalogue', async () => {
    for (const method of methodNames()) {
      const result = await call(method, ours, []);
      if (!result.ok) expect(failureCodes).toContain(result.code);
    }
  });
});
