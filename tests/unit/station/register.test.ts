import { describe, expect, it } from 'vitest';
import type { House } from '../../../main/house/house.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { RegisterPort } from '../../../main/services/register-port.ts';
import type { CaseFile } from '../../../main/station/case-file.ts';
import { registerAnswers, registerView } from '../../../main/station/register-answers.ts';
import { type RegisterAnswerWord, registerCheck } from '../../../main/verification/register-check.ts';

const document = {
  type: 'passport',
  issuer: 'SWE',
  number: 'XA000101',
  expiry: '2030-01-31',
  holder: { personalNumber: '199006022397' },
};

function desk(register: 'none' | 'ask' | 'required', port: RegisterPort | null = null) {
  const clock = { now: '2026-11-23T09:00:00Z' };
  const house = {
    policy: () => ({ register, evidenceMinutes: 15 }),
    services: { isSet: () => port !== null, register: () => port },
    now: () => clock.now,
  } as unknown as House;
  const file = {
    purpose: 'large-transfer',
    reading: { evidence: { document } },
    answers: { paper: null, register: null, ageLimit: null },
  } as unknown as CaseFile;
  const state: { open: CaseFile | null } = { open: file };
  const opened = (): CaseFile => {
    if (state.open === null) throw new Failure('case.not-open');
    return state.open;
  };
  const answers = registerAnswers({ house, person: () => 'teller', opened, changed: () => null });
  return { answers, clock, file, state, view: () => registerView(house, file) };
}

const code = async (act: () => unknown): Promise<string> => {
  try {
    await act();
    return 'none';
  } catch (thrown) {
    return thrown instanceof Failure ? thrown.code : String(thrown);
  }
};

describe('the register at the desk', () => {
  it('shows the three values in the order of the page once the document was read, and keeps answer, time and person', async () => {
    const { answers, view, file } = desk('ask');
    expect(view()).toEqual({
      asked: 'ask',
      question: { documentNumber: 'XA000101', personalNumber: '199006022397', expiry: '2030-01-31' },
      service: false,
      answer: null,
    });
    await answers['case.answerRegister']('no-result');
    const answered = { code: null, by: 'staff', person: 'teller', at: '2026-11-23T09:00:00Z' };
    expect(view()?.answer).toEqual({ word: 'no-result', ...answered });
    await answers['case.answerRegister'](null);
    expect(view()?.answer).toBeNull();
    await answers['case.answerRegister']('valid');
    // Another document was laid down: nobody asked about that one.
    Object.assign(file.reading, { evidence: { document: { ...document, number: 'XA000102' } } });
    expect(view()?.answer).toBeNull();
  });

  it('asks anew where valid was answered longer ago than what was read may be, and keeps blocked', async () => {
    const { answers, clock, view } = desk('required');
    for (const word of ['valid', 'blocked'] as const) {
      clock.now = '2026-11-23T09:00:00Z';
      await answers['case.answerRegister'](word);
      clock.now = '2026-11-23T09:15:00Z';
      expect(view()?.answer?.word).toBe(word);
      clock.now = '2026-11-23T09:15:01Z';
      expect(view()?.answer?.word ?? null).toBe(word === 'valid' ? null : 'blocked');
    }
  });

  it('is not asked where the errand does not ask, before a document was read, or of a document that it does not know', async () => {
    expect(desk('none').view()).toBeNull();
    for (const change of [null, { ...document, issuer: 'FIN' }]) {
      const { answers, view, file } = desk('required');
      Object.assign(file.reading, { evidence: { document: change } });
      expect(view()?.question ?? null).toBeNull();
      expect(await code(() => answers['case.answerRegister']('valid'))).toBe('case.not-open');
    }
  });

  it('a service that is down is an answer, and never valid; one that is not set is told', async () => {
    const down: RegisterPort = {
      ask: async ({ documentNumber }, at) => ({
        answer: { failed: 'service.unreachable' },
        by: 'service',
        person: null,
        at,
        documentNumber,
      }),
    };
    const { answers, view } = desk('required', down);
    await answers['case.askRegister']();
    expect(view()?.answer).toMatchObject({ word: null, code: 'service.unreachable', by: 'service' });
    expect(await code(() => desk('required').answers['case.askRegister']())).toBe('service.not-set');
  });

  it('what the register itself told is made no better by hand, and what was typed before another word is told', async () => {
    const told: RegisterAnswerWord[] = ['blocked', 'no-result', 'valid'];
    const port: RegisterPort = {
      ask: async ({ documentNumber }, at) => ({
        answer: told[0] ?? 'valid',
        by: 'service',
        person: null,
        at,
        documentNumber,
      }),
    };
    for (const [word, refused] of [
      ['blocked', ['valid', 'no-result', null]],
      ['no-result', ['valid', null]],
      ['valid', [null]],
    ] as const) {
      const { answers, view } = desk('required', port);
      await answers['case.askRegister']();
      for (const typed of refused)
        expect(await code(() => answers['case.answerRegister'](typed)), `${word} ${typed}`).toBe('register.answered');
      expect(view()?.answer).toMatchObject({ word, by: 'service' });
      told.shift();
    }
    const check = ({ file }: ReturnType<typeof desk>) =>
      registerCheck(file.answers.register, document as never, { now: '2026-11-23T09:00:00Z', minutes: 15 });
    const typing = desk('required');
    for (const word of ['blocked', null, 'valid'] as const) await typing.answers['case.answerRegister'](word);
    expect(check(typing)).toMatchObject({ result: 'successful', detail: { answer: 'valid', answerBefore: 'blocked' } });
    await typing.answers['case.answerRegister'](null);
    expect(typing.view()?.answer).toBeNull();
    expect(check(typing)).toMatchObject({ code: 'register.not-asked', detail: { answerBefore: 'blocked' } });
    // Bad news may always be typed.
    const asked = desk('required', port);
    await asked.answers['case.askRegister']();
    await asked.answers['case.answerRegister']('blocked');
    expect(check(asked)).toMatchObject({ result: 'failed', detail: { answeredBy: 'staff', answerBefore: 'valid' } });
  });

  it('an answer that comes after the case has ended goes nowhere', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const late: RegisterPort = {
      ask: async ({ documentNumber }, at) => {
        await promise;
        return { answer: 'valid', by: 'service', person: null, at, documentNumber };
      },
    };
    const { answers, state, file } = desk('ask', late);
    const asked = code(() => answers['case.askRegister']());
    state.open = null;
    resolve();
    expect([await asked, file.answers.register]).toEqual(['case.not-open', null]);
  });
});
