import type { InspectionRun } from '../facts.ts';
import { authenticate, type PassiveFindings, withHashes } from '../judge/authenticate.ts';
import { evidenceOf } from '../save-evidence.ts';

/**
 * Passive authentication of what was read so far, made while the next answer is on its way: signature, path and the rest
 * depend on no group that is still missing. Afterwards only hashes are left to do.
 */
export async function authenticateEarly(run: InspectionRun): Promise<void> {
  run.facts.early = await authenticate(evidenceOf(run, null, 0), run.contents, run.input);
}

/** Passive authentication over what was read (9303-11 §5.1). */
export async function authenticatePassively(run: InspectionRun): Promise<PassiveFindings> {
  const evidence = evidenceOf(run, null, 0);
  const { early } = run.facts;
  return early === null ? authenticate(evidence, run.contents, run.input) : withHashes(early, evidence, run.contents);
}
