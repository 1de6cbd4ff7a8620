import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { answerPublicKey, answerSigner } from '../../../main/answer/answer-signer.ts';
import { bankSystemIn } from '../../../main/answer/bank-system.ts';
import { signToken } from '../../../main/answer/jws.ts';
import { answerCode, shortAnswer } from '../../../main/answer/short-answer.ts';
import { answerTypes, statementOf } from '../../../main/answer/statement.ts';
import { recordOf } from '../../../main/records/record.ts';
import { checkIds, successful } from '../../../main/result/check.ts';
import { bankFile, bankSigner, verifiedAnswer } from '../../support/bank-side.ts';
import { anOrder } from '../../support/orders.ts';
import { modulesIn, readCode } from '../../support/qr-reader.ts';
import { caseFacts } from '../records/case-facts.ts';
import { temporaryFolder, unlockedIn } from '../store/support.ts';

/*
 * The short answer in a code (ISO/IEC 18004): read back from its modules by the standard alone, and verified by node:crypto. How large
 * whole and short answers are is measured here.
 */

type Station = Awaited<ReturnType<typeof unlockedIn>>;
const most = 2953;

/** An answer of a case with every check, and with the longest names where they are asked for. */
function answered(station: Station, algorithm: 'EdDSA' | 'ES256', training = true, longest = false) {
  const long = (length: number) => 'n'.repeat(length);
  const content = recordOf(
    caseFacts('6fa4a1de-52a1-4a5d-9a4e-0d6c9c5d1f11', {
      training,
      checks: checkIds.map((id) => successful(id)),
      verdict: {
        verdict: 'accept',
        reasons: [],
        decidedBy: null,
        passedOver: [],
        conditions: longest
          ? [
              { kind: 'validUntil', date: '2026-12-24' },
              { kind: 'scope', scope: long(60) },
            ]
          : [],
      } as never,
    }),
    { id: station.station.id, appVersion: '1' },
  );
  const order = longest ? anOrder({ id: long(100), nonce: long(128) }) : anOrder({ nonce: 'n-0S6_WzA2Mj' });
  const claims = statementOf({
    record: { id: content.id, hash: 'ab'.repeat(32) },
    content,
    signed: {
      order,
      asks: ['given_name', 'family_name', 'birthdate'],
      digest: 'cd'.repeat(32),
      system: bankSystemIn(bankFile(bankSigner(), { algorithm, ...(longest ? { id: `b${long(199)}` } : {}) })),
    },
    orderHash: 'ef'.repeat(32),
    boundBy: 'station',
  });
  return signToken(claims, training ? answerTypes.training : answerTypes.ordinary, answerSigner(station, algorithm));
}

const pathOf = (svg: string): string => /<path d="([^"]+)"/.exec(svg)?.[1] ?? '';

describe('a short answer', () => {
  it.each([
    ['EdDSA', true, 'styrk-training-short-answer+jwt'],
    ['ES256', false, 'styrk-short-answer+jwt'],
  ] as const)('by %s is read from the code and verified by another library', async (algorithm, training, typ) => {
    const station = await unlockedIn(temporaryFolder());
    const whole = answered(station, algorithm, training);
    const short = shortAnswer(whole, station);
    const { text, version } = readCode(modulesIn(pathOf(answerCode(short))));
    expect(text).toBe(short);
    expect(version).toBeLessThanOrEqual(25);
    const keys = [answerPublicKey(station, algorithm)];
    for (const [, other] of Object.entries(answerTypes))
      expect(() => verifiedAnswer(text, keys, other)).toThrow('another type');
    const told = verifiedAnswer(text, keys, typ);
    const { iss, aud, jti, iat, exp, nonce, order, styrk } = verifiedAnswer(
      whole,
      keys,
      training ? answerTypes.training : answerTypes.ordinary,
    );
    expect(told).toEqual({
      ...{ iss, aud, jti, iat, exp, nonce, order },
      styrk: { training, verdict: styrk.verdict, conditions: styrk.conditions, decision: styrk.decision },
      answer: createHash('sha256').update(whole).digest('hex'),
    });
    // Asked for again it is the same.
    expect(shortAnswer(whole, station)).toBe(short);
  });

  it('fits also with the longest names, where the whole one fits no code at all', async () => {
    const station = await unlockedIn(temporaryFolder());
    const short = shortAnswer(answered(station, 'ES256', true, true), station);
    expect(short.length).toBeLessThan(most);
    expect(readCode(modulesIn(pathOf(answerCode(short)))).text).toBe(short);
    expect(answered(station, 'EdDSA').length).toBeGreaterThan(most);
  });

  it('is of nothing else than an answer', async () => {
    const station = await unlockedIn(temporaryFolder());
    expect(() => shortAnswer('a.b.c', station)).toThrow('answer.malformed');
    const short = shortAnswer(answered(station, 'EdDSA'), station);
    expect(() => shortAnswer(short, station)).toThrow('answer.malformed');
  });

  it('is read by this reader only where every module is right', async () => {
    const station = await unlockedIn(temporaryFolder());
    const modules = modulesIn(pathOf(answerCode(shortAnswer(answered(station, 'EdDSA'), station)))).map((row) => [
      ...row,
    ]);
    const row = modules[modules.length - 1] ?? [];
    row[row.length - 1] = !row[row.length - 1];
    expect(() => readCode(modules)).toThrow('a block is wrong');
  });
});
