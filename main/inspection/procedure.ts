import type { CardTransport } from '../chip/card-transport.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { InspectionStep } from '../result/inspection-steps.ts';
import { inspectionOf } from './assemble.ts';
import { beginRun, type InspectionRun } from './facts.ts';
import type { PassiveFindings } from './judge/authenticate.ts';
import { boundedTransport } from './reading-bound.ts';
import { repeatAfter, repeatsSame } from './repeat.ts';
import type { InspectionInput } from './request.ts';
import { resumeState } from './resume.ts';
import { evidenceOf } from './save-evidence.ts';
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
 * ended over a length is made once more with shorter ones, which the reading tells. No reading goes on for ever: it ends in
 * `card.too-slow` where it costs more exchanges or minutes than any honest one.
 */
export async function inspect(asked: InspectionInput): Promise<Inspection> {
  const begun = asked.clock();
  const input = { ...asked, transport: boundedTransport(asked.transport, asked.clock) };
  let run = beginRun(input);
  let end = await readChip(run);
  const again = repeatAfter(run, end);
  if (again !== null && (await isReset(input.transport))) {
    input.onProgress({ type: 'repeat', code: again.repeated.code });
    const { givenUp } = run.lengths();
    const second = beginRun(again.input, { repeated: again.repeated, givenUp });
    const secondEnd = await readChip(second);
    if (repeatsSame(run, second)) [run, end] = [second, secondEnd];
  }
  const passive = await step(run, 'passive-authentication', authenticatePassively);
  const inspection = { ...judged(run, passive, end, input.clock() - begun), ...leftBy(run, end) };
  for (const check of inspection.checks) input.onProgress({ type: 'check', check });
  return inspection;
}

/**
 * Cuts the card's power before it is read as a whole once more, where the transport can (9303-11 §9.3.1.2): what the first
 * reading left selected or agreed is gone. A card that is not there any more after it is not read again.
 */
async function isReset(transport: CardTransport): Promise<boolean> {
  try {
    await transport.reset?.();
    return true;
  } catch (thrown) {
    if (thrown instanceof Failure) return false;
    throw thrown;
  }
}

function judged(run: InspectionRun, passive: PassiveFindings, end: Failure | null, millis: number): Inspection {
  const inspection = inspectionOf(evidenceOf(run, end, millis), passive, run.contents, run.input);
  const repeated = run.repeated === null ? {} : { repeated: run.repeated };
  const resumed = run.facts.resumed === null ? {} : { bytesTakenOver: run.facts.bytesTakenOver };
  return { ...inspection, reading: { ...inspection.reading, ...resumed, ...repeated } };
}

// What the next tap of the same chip, and the next reading on the same reader, go on from.
function leftBy(run: InspectionRun, end: Failure | null): Pick<Inspection, 'lengths' | 'resume'> {
  const resume = resumeState(run, end);
  return { lengths: run.lengths(), ...(resume === null ? {} : { resume }) };
}

// However it ends, the keys of its session go with it.
async function readChip(run: InspectionRun): Promise<Failure | null> {
  try {
    for (const next of reading) await step(run, next.step, next.run);
    return null;
  } catch (thrown) {
    return asFailure(thrown);
  } finally {
    run.channel.end();
  }
}

async function step<Result>(
  run: InspectionRun,
  name: InspectionStep,
  perform: (run: InspectionRun) => Promise<Result>,
): Promise<Result> {
  run.input.onProgress({ type: 'step', step: name, state: 'begun' });
  const result = await perform(run);
  run.input.onProgress({ type: 'step', step: name, state: 'ended' });
  return result;
}
