import { describe, expect, it } from 'vitest';
import { matchHolder } from '../../../main/holders/match.ts';
import { inspect } from '../../../main/inspection/procedure.ts';
import type { Inspection } from '../../../main/inspection/types.ts';
import { type Check, notMade } from '../../../main/result/check.ts';
import { createChip } from '../../../main/simulator/chip/chip.ts';
import { listSpecimens } from '../../../main/simulator/documents/list-specimens.ts';
import { trainingRoster } from '../../../main/simulator/documents/people.ts';
import type { SpecimenId } from '../../../main/simulator/documents/specimen.ts';
import { issueSpecimen } from '../../../main/simulator/documents/specimens.ts';
import { TrainingReader, trainingReaderName } from '../../../main/simulator/training-reader.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { faceCheck, faceComparison } from '../../../main/verification/face-check.ts';
import { extendPolicy, parsePolicy } from '../../../main/verification/policy.ts';
import { registerCheck } from '../../../main/verification/register-check.ts';
import type { Policy } from '../../../main/verification/types.ts';
import { judge } from '../../../main/verification/verdict.ts';
import documentPolicy from '../../../resources/policies/document.json' with { type: 'json' };
import renewBankid from '../../../resources/policies/renew-bankid.json' with { type: 'json' };
import { specimenResources } from '../../support/specimen-resources.ts';
import { trainingFolderTrust } from '../../support/training-issuers.ts';
import { counting, someDay } from './support.ts';

const forDocument = parsePolicy(documentPolicy);
const forRenewal = extendPolicy(forDocument, parsePolicy(renewBankid));

const trainingStore = trainingFolderTrust(someDay);

async function inspected(id: SpecimenId, trust: TrustStore): Promise<Inspection> {
  const specimen = issueSpecimen(id, someDay, specimenResources);
  const reader = new TrainingReader();
  reader.lay(createChip(specimen, { random: counting(64) }));
  const { mrzInformation } = specimen.chip.passwords;
  let now = 0;
  return inspect({
    transport: await reader.connect(trainingReaderName),
    accessKey: mrzInformation === null ? null : { kind: 'mrz', information: mrzInformation },
    at: someDay,
    trust,
    random: counting(),
    clock: () => now++,
    extendedLength: 'where-stated',
    onProgress: () => {},
  });
}

function outcome(policy: Policy, checks: readonly Check[], { specimen }: Inspection) {
  const { verdict, decidedBy } = judge(policy, checks, { training: true, specimen });
  const deciding = checks.find((check) => check.id === decidedBy);
  return { verdict, check: decidedBy, result: deciding?.result ?? null, code: deciding?.code ?? null };
}

describe('a specimen comes to what is announced', () => {
  it.each(listSpecimens(someDay))('$id', async ({ id, holder: holderId, expected }) => {
    const inspection = await inspected(id, await trainingStore);
    expect(outcome(forDocument, inspection.checks, inspection)).toEqual(expected.inspect);
    const holder = trainingRoster().find((person) => person.id === holderId) ?? trainingRoster()[0] ?? null;
    const checks = [
      ...inspection.checks,
      ...matchHolder({ holder, mrz: inspection.mrz, details: inspection.details, today: someDay }),
      faceCheck(faceComparison('same', null), inspection.portrait !== null),
      notMade('face.presentation-attack'),
      registerCheck(null, inspection.document, { now: '', minutes: 0 }),
    ];
    expect(outcome(forRenewal, checks, inspection)).toEqual(expected['renew-bankid']);
  });
});

describe('outside training', () => {
  it.each(listSpecimens(someDay))('$id is not accepted', async ({ id }) => {
    const inspection = await inspected(id, new TrustStore());
    const { specimen } = inspection;
    const { verdict } = judge(forDocument, inspection.checks, { training: false, specimen });
    expect(verdict).not.toBe('accept');
  });
});
