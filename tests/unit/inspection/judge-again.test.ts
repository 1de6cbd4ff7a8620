import { expect, it } from 'vitest';
import { checkEvidence } from '../../../main/inspection/check-evidence.ts';
import { judgeAgain as judgeWith } from '../../../main/inspection/judge-again.ts';
import type { Inspection, Judging } from '../../../main/inspection/types.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { standardLimits } from '../../../main/trust/path/freshness.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { inspectSpecimen, today, trainingTrust } from '../inspection/bench-of-specimens.ts';

const time = { limits: standardLimits, newestKnown: null, behind: null };
const trust = await trainingTrust();
const { inspection } = await inspectSpecimen({ id: 'se-passport', trust });

const judgeAgain = (before: Inspection, around: Judging) =>
  judgeWith(before, (evidence) => checkEvidence(evidence, around));
const resultOf = ({ checks }: Inspection, id: string) => checks.find((check) => check.id === id)?.result;

it('the same day and the same lists come to the same, and what the reading cost and the portrait stay', async () => {
  expect(await judgeAgain(inspection, { at: today, time, trust })).toEqual(inspection);
});

it('a day on which the document has run out counts (TR-03135-1 §5.7.1)', async () => {
  const expiry = inspection.document?.expiry ?? '';
  const after = `${Number(expiry.slice(0, 4)) + 1}${expiry.slice(4)}` as PlainDate;
  const again = await judgeAgain(inspection, { at: after, time, trust });
  expect(resultOf(inspection, 'document.expiry')).toBe('successful');
  expect(resultOf(again, 'document.expiry')).toBe('failed');
  expect(again.reading).toBe(inspection.reading);
  expect(again.portrait).toBe(inspection.portrait);
});

it('an issuer that is believed no more counts', async () => {
  const again = await judgeAgain(inspection, { at: today, time, trust: new TrustStore() });
  expect(resultOf(inspection, 'passive-authentication.path')).toBe('successful');
  expect(resultOf(again, 'passive-authentication.path')).toBe('undetermined');
  expect(again.specimen).toBe(false);
});

it('an inspection that left no evidence stays as it is', async () => {
  const { evidence: _, ...without } = inspection;
  expect(await judgeAgain(without, { at: today, time, trust: new TrustStore() })).toBe(without);
});
