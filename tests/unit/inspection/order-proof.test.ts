import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { checkEvidence } from '../../../main/inspection/check-evidence.ts';
import type { InspectionEvidence, SavedFacts } from '../../../main/inspection/evidence.ts';
import { evidenceFiles, readEvidenceFiles } from '../../../main/inspection/evidence-files.ts';
import { factsSchema } from '../../../main/inspection/evidence-schema.ts';
import { judgeAgain } from '../../../main/inspection/judge-again.ts';
import { orderChallenge, orderChallenges } from '../../../main/inspection/order-binding.ts';
import type { Inspection } from '../../../main/inspection/types.ts';
import { toHex } from '../../../main/result/bytes.ts';
import { orderHash } from '../../../main/verification/order.ts';
import { anOrder } from '../../support/orders.ts';
import { inspectSpecimen, today, trainingTrust } from './bench-of-specimens.ts';

/*
 * A chip that signs for an order (9303-11 §6.1: the challenge is the terminal's to choose). Show 3 of the branch: evidence of
 * order A fails for order B where active authentication bound it.
 */

const trust = await trainingTrust();
const orderA = toHex(orderHash(anOrder({ id: 'a' })));
const orderB = toHex(orderHash(anOrder({ id: 'b' })));

const proofOf = ({ checks }: Inspection) => {
  const check = checks.find(({ id }) => id === 'active-authentication');
  if (check === undefined) throw new Error('no such check');
  return check;
};

function evidenceOf({ evidence }: Inspection): InspectionEvidence {
  if (evidence === undefined) throw new Error('no evidence');
  return evidence;
}

const judged = (evidence: InspectionEvidence, order?: string) =>
  checkEvidence(evidence, { at: today, trust, ...(order === undefined ? {} : { orderHash: order }) });

const answerOf = (facts: SavedFacts) => {
  const answer = facts.activeAuthentication;
  if (answer === null || 'failure' in answer) throw new Error('no answer');
  return answer;
};

const withAnswer = ({ files, facts }: InspectionEvidence, change: object): InspectionEvidence => ({
  files,
  facts: { ...facts, activeAuthentication: { ...answerOf(facts), ...change } },
});

it('the challenge is the first 8 bytes of SHA-256(nonce ‖ order hash)', () => {
  const nonce = 'ab'.repeat(32);
  const expected = createHash('sha256')
    .update(Buffer.from(nonce + orderA, 'hex'))
    .digest('hex')
    .slice(0, 16);
  expect(toHex(orderChallenge(nonce, orderA))).toBe(expected);
});

it('each challenge has a nonce of its own', () => {
  const challenges = orderChallenges(orderA, (length) => crypto.getRandomValues(new Uint8Array(length)));
  expect(challenges.nonce()).toBeNull();
  const made = Array.from({ length: 20 }, () => [toHex(challenges.next(8)), challenges.nonce()] as const);
  expect(new Set(made.map(([, nonce]) => nonce)).size).toBe(20);
  for (const [challenge, nonce] of made) expect(toHex(orderChallenge(nonce ?? '', orderA))).toBe(challenge);
});

// RSA with ISO/IEC 9796-2 and with PSS, ECDSA plain and DER, with and without chip authentication before it.
const signing = [
  'old-passport',
  'au-passport',
  'nl-passport',
  'no-passport',
  'ph-passport',
  'jp-passport',
  'tr-passport',
];

describe.each(signing)('%s, whose chip signs', (id) => {
  it('proves order A, now and judged again; fails for order B', async () => {
    const { inspection } = await inspectSpecimen({ id, trust, orderHash: orderA });
    const { nonce, challenge } = answerOf(evidenceOf(inspection).facts);
    expect(challenge).toBe(toHex(orderChallenge(nonce ?? '', orderA)));
    const bound = { boundTo: orderA, boundBy: 'active-authentication', nonce };
    expect(proofOf(inspection)).toMatchObject({ result: 'successful', code: null, detail: bound });
    const saved = readEvidenceFiles(evidenceFiles(evidenceOf(inspection)));
    expect((await judged(saved)).checks).toEqual(inspection.checks);
    expect((await judged(saved, orderA)).checks).toEqual(inspection.checks);
    const other = proofOf(await judged(saved, orderB));
    expect([other.result, other.code]).toEqual(['failed', 'order.other-proof']);
    expect(other.detail).toMatchObject({ boundTo: orderA, boundBy: null, askedFor: orderB });
  });

  it('read for no order proves none', async () => {
    const { inspection } = await inspectSpecimen({ id, trust });
    expect(proofOf(inspection).detail).not.toHaveProperty('boundTo');
    const asked = proofOf(await judged(evidenceOf(inspection), orderA));
    expect([asked.result, asked.code]).toEqual(['failed', 'order.other-proof']);
  });

  it('fails where the evidence is dressed up for another order', async () => {
    const evidence = evidenceOf((await inspectSpecimen({ id, trust, orderHash: orderA })).inspection);
    const { nonce = '' } = answerOf(evidence.facts);
    const renamed = { ...evidence, facts: { ...evidence.facts, order: orderB } };
    const { order: _, ...nameless } = evidence.facts;
    const forged: readonly (readonly [string, InspectionEvidence, string])[] = [
      ['the order swapped', renamed, 'order.other-proof'],
      ['the order taken away', { ...evidence, facts: nameless }, 'order.other-proof'],
      ['the nonce swapped', withAnswer(evidence, { nonce: '00'.repeat(32) }), 'order.other-proof'],
      // The right challenge for B, which the chip never signed.
      [
        'the challenge swapped',
        withAnswer(renamed, { challenge: toHex(orderChallenge(nonce, orderB)) }),
        'active-authentication.failed',
      ],
    ];
    for (const [how, each, code] of forged) {
      const found = proofOf(await judged(each, orderB));
      expect([how, found.result, found.code]).toEqual([how, 'failed', code]);
    }
    const { nonce: taken, ...without } = answerOf(renamed.facts);
    expect(taken).toBe(nonce);
    const nonceless = { ...renamed, facts: { ...renamed.facts, activeAuthentication: without } };
    expect(proofOf(await judged(nonceless, orderB)).code).toBe('order.other-proof');
  });
});

describe('se-passport, whose chip cannot sign', () => {
  it('is bound by the station, which says so', async () => {
    const { inspection } = await inspectSpecimen({ id: 'se-passport', trust, orderHash: orderA });
    const check = proofOf(inspection);
    expect(check).toMatchObject({
      result: 'not supported',
      detail: { boundTo: orderA, boundBy: 'station', nonce: null },
    });
    expect((await judged(evidenceOf(inspection), orderA)).checks).toEqual(inspection.checks);
    const other = proofOf(await judged(evidenceOf(inspection), orderB));
    expect([other.result, other.code]).toEqual(['failed', 'order.other-proof']);
  });

  it('read for none is no evidence for one', async () => {
    const { inspection } = await inspectSpecimen({ id: 'se-passport', trust });
    expect(proofOf(await judged(evidenceOf(inspection), orderA)).code).toBe('order.other-proof');
  });
});

it('a proof that is not believed does not bind: the station does', async () => {
  const { inspection } = await inspectSpecimen({ id: 'no-passport', trust, orderHash: orderA });
  const check = proofOf(
    await checkEvidence(evidenceOf(inspection), { at: today, trust, doubt: 'evidence.not-sealed' }),
  );
  expect(check).toMatchObject({ result: 'undetermined', code: 'evidence.not-sealed' });
  expect(check.detail).not.toMatchObject({ boundBy: 'active-authentication' });
});

it('a wrong answer stays the failure that it is', async () => {
  const evidence = evidenceOf((await inspectSpecimen({ id: 'no-passport', trust, orderHash: orderA })).inspection);
  const check = proofOf(await judged(withAnswer(evidence, { response: '00'.repeat(64) }), orderA));
  expect(check).toMatchObject({ result: 'failed', code: 'active-authentication.failed', detail: { boundBy: null } });
});

it('the case closes for the order that it is for', async () => {
  const { inspection } = await inspectSpecimen({ id: 'no-passport', trust, orderHash: orderA });
  const again = await judgeAgain(inspection, (evidence) => judged(evidence, orderB));
  expect(proofOf(again).code).toBe('order.other-proof');
});

it('a hash or a nonce of another length is no evidence', async () => {
  const { facts } = evidenceOf((await inspectSpecimen({ id: 'no-passport', trust, orderHash: orderA })).inspection);
  const isEvidence = (change: object) => v.safeParse(factsSchema, { ...facts, ...change }).success;
  expect(isEvidence({})).toBe(true);
  expect(isEvidence({ order: orderA.slice(2) })).toBe(false);
  const answer = answerOf(facts);
  expect(isEvidence({ activeAuthentication: { ...answer, nonce: 'ab'.repeat(31) } })).toBe(false);
});
