import { describe, expect, it } from 'vitest';
import { Failure } from '../../../main/result/failure.ts';
import { digitalIdPort } from '../../../main/services/digital-id-port.ts';
import { registerPort } from '../../../main/services/register-port.ts';
import { referenceService, serviceFaults } from '../../support/reference-services.ts';

const question = { documentNumber: 'XA000101', personalNumber: '199006022397', expiry: '2030-01-31' };
const at = '2026-11-23T09:00:00Z';
const failing = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'none',
    (thrown: unknown) => (thrown instanceof Failure ? thrown.code : String(thrown)),
  );

describe('the register over https', () => {
  it.each(['valid', 'blocked', 'no-result'] as const)('answers of the document that was asked: %s', async (status) => {
    const { asking, questions } = await referenceService(({ body }) => ({
      status,
      documentNumber: body.documentNumber,
    }));
    const answered = { by: 'service', person: null, at, documentNumber: 'XA000101' };
    expect(await registerPort(asking).ask(question, at)).toEqual({ ...answered, answer: status });
    expect(questions).toEqual([
      {
        path: '/v1/validity',
        body: {
          documentNumber: 'XA000101',
          personalNumber: '199006022397',
          validTo: '2030-01-31',
          questionId: 'question-1',
        },
      },
    ]);
  });

  it.each([
    ...serviceFaults,
    ['of another document', { status: 'valid', documentNumber: 'XA000102' }, 'service.answer-malformed'],
    ['a word that nobody agreed on', { status: 'ok', documentNumber: 'XA000101' }, 'service.answer-malformed'],
    ['more than was agreed', { status: 'valid', documentNumber: 'XA000101', x: 1 }, 'service.answer-malformed'],
    [
      'valid and blocked at once',
      (_: unknown, response: import('node:http').ServerResponse) =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"questionId":"question-1","documentNumber":"XA000101","status":"blocked","status":"valid"}'),
      'service.answer-malformed',
    ],
  ] as const)('is never valid where the service is not itself: %s', async (_, told, code) => {
    const { asking } = await referenceService(() => told);
    expect((await registerPort(asking).ask(question, at)).answer).toEqual({ failed: code });
  });
});

describe("BankID's digital identity card over https", () => {
  const person = { personalNumber: '199006022397', givenNames: 'Åsa', surname: 'Öberg' };
  const verified = { status: 'verified', person, verifiedAt: '2026-11-23T09:00:00Z' };

  it('names who the service says, and asks each time anew', async () => {
    const { asking, questions } = await referenceService(() => verified);
    const port = digitalIdPort(asking);
    expect(await port.verify('BANKIDF.abc')).toEqual({ ...person, verifiedAt: verified.verifiedAt });
    await port.verify('BANKIDF.abc');
    expect(questions.map(({ path, body }) => [path, body.content])).toEqual([
      ['/v1/verify', 'BANKIDF.abc'],
      ['/v1/verify', 'BANKIDF.abc'],
    ]);
  });

  it.each([
    ...['expired', 'revoked', 'used', 'unknown'].map(
      (status) => [status, { status }, 'bankid-card.not-valid'] as const,
    ),
    ...serviceFaults,
    ['a person beside a refusal', { status: 'revoked', person }, 'service.answer-malformed'],
    ['nobody', { status: 'verified', verifiedAt: verified.verifiedAt }, 'service.answer-malformed'],
    [
      'a number of ten digits',
      { ...verified, person: { ...person, personalNumber: '9006022397' } },
      'service.answer-malformed',
    ],
    ['a name that turns', { ...verified, person: { ...person, surname: 'A\u202eB' } }, 'service.answer-malformed'],
    [
      'a name without end',
      { ...verified, person: { ...person, surname: 'x'.repeat(201) } },
      'service.answer-malformed',
    ],
    ['a day that no calendar has', { ...verified, verifiedAt: '2026-02-30T09:00:00Z' }, 'service.answer-malformed'],
  ] as const)('names nobody where the service does not stand for it: %s', async (_, told, code) => {
    const { asking } = await referenceService(() => told);
    expect(await failing(digitalIdPort(asking).verify('BANKIDF.abc'))).toBe(code);
  });
});
