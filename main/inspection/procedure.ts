import { asFailure, type Failure } from '../result/failure.ts';
import type { InspectionStep } from '../result/inspection-steps.ts';
import { assembleInspection } from './assemble.ts';
import { beginRun, type InspectionInput, type InspectionRun } from './facts.ts';
import { repeatAfter, repeatsSame } from './repeat.ts';
import { openChip, readCardAccess } from './steps/access.ts';
import { authenticateActively, authenticateChip } from './steps/clone-protection.ts';
import {
  readDataGroup1,
  readDataGroup14,
  readDataGroup15,
  readDetails,
  readOptionalGroups,
  readPortrait,
  readSecurityObject,
} from './steps/files.ts';
import { authenticatePassively } from './steps/passive-authentication.ts';
import type { Inspection } from './types.ts';

interface Step {
  readonly step: InspectionStep;
  readonly run: (run: InspectionRun) => Promise<void>;
}

/** What is asked of the chip, from top to bottom (9303-11 §4.2 and App. J.1; TR-03135-1 §5.6.2). */
const reading: readonly Step[] = [
  { step: 'application', run: readCardAccess },
  { step: 'access', run: openChip },
  { step: 'security-object', run: readSecurityObject },
  { step: 'data-group-1', run: readDataGroup1 },
  { step: 'security-infos', run: proveChip },
  { step: 'details', run: readFurtherGroups },
  { step: 'portrait', run: readPortrait },
];

async function readFurtherGroups(run: InspectionRun): Promise<void> {
  await readDetails(run);
  await readOptionalGroups(run);
}

// The keys of the chip, each followed by the proof that it has them.
async function proveChip(run: InspectionRun): Promise<void> {
  await readDataGroup14(run);
  await authenticateChip(run);
  await readDataGroup15(run);
  await authenticateActively(run);
}

/**
 * Inspects one document: reads its chip and makes every check that needs no other person or list than the trust store.
 * What a chip does never throws: it ends in checks. A reading that ended early is judged by what it has. One that the chip
 * ended over a length is made once more with shorter ones, which the reading tells.
 */
export async function inspect(input: InspectionInput): Promise<Inspection> {
  const begun = input.clock();
  let run = beginRun(input);
  let end = await readChip(run);
  const again = repeatAfter(run, end);
  if (again !== null) {
    input.onProgress({ type: 'repeat', code: again.repeated.code });
    const { givenUp } = run.lengths() ?? { givenUp: [] };
    const second = beginRun(again.input, { repeated: again.repeated, givenUp });
    const secondEnd = await readChip(second);
    if (repeatsSame(run, second)) [run, end] = [second, secondEnd];
  }
  await step(run, { step: 'passive-authentication', run: authenticatePassively });
  const inspection = assembleInspection(run, end, input.clock() - begun);
  for (const check of inspection.checks) input.onProgress({ type: 'check', check });
  return inspection;
}

async function readChip(run: InspectionRun): Promise<Failure | null> {
  for (const next of reading) {
    try {
      await step(run, next);
    } catch (thrown) {
      return asFailure(thrown);
    }
  }
  return null;
}

async function step(run: InspectionRun, { step, run: perform }: Step): Promise<void> {
  run.input.onProgress({ type: 'step', step, state: 'begun' });
  await perform(run);
  run.input.onProgress({ type: 'step', step, state: 'ended' });
}
