import type { FileName } from '../chip/files.ts';
import { equal } from '../result/bytes.ts';
import type { PlainFailure } from '../result/failure.ts';
import { isGone } from './checks/access-checks.ts';
import type { InspectionFacts, InspectionRun } from './facts.ts';
import type { KeptFile, ResumeState } from './types.ts';

/** What opens the chip, what tells one chip from another, and what no hash of EF.SOD reaches is read anew each time. */
const alwaysAnew: ReadonlySet<FileName> = new Set([
  'EF.ATR/INFO',
  'EF.CardAccess',
  'EF.CardSecurity',
  'EF.SOD',
  'EF.COM',
]);

/**
 * What the next reading of the same chip can go on from: what came in this one, and what it had taken over and did not
 * come to. Null where EF.SOD did not come, or the reading ended otherwise than by the card's or the reader's going.
 */
export function resumeState(run: InspectionRun, end: PlainFailure | null): ResumeState | null {
  const securityObject = run.facts.files.get('EF.SOD');
  if (end === null || !isGone(end) || securityObject === undefined || 'failure' in securityObject) return null;
  const kept = new Map<FileName, KeptFile>();
  const keep = (next: KeptFile): void => {
    const known = kept.get(next.file);
    const more = known === undefined || (!known.whole && (next.whole || next.bytes.length > known.bytes.length));
    if (more && !alwaysAnew.has(next.file)) kept.set(next.file, next);
  };
  for (const earlier of run.facts.resumed?.files ?? []) keep(earlier);
  for (const [file, finding] of run.facts.files) {
    if ('bytes' in finding) keep({ file, bytes: finding.bytes, whole: true });
  }
  const { unfinished } = run.files;
  if (unfinished !== null) keep({ ...unfinished, whole: false });
  return { securityObject: securityObject.bytes, files: [...kept.values()] };
}

/** Whether the chip is the one of the earlier reading: the same EF.SOD, byte for byte. Null where there was none. */
export function sameChip(facts: InspectionFacts, resume: ResumeState | null): boolean | null {
  const securityObject = facts.files.get('EF.SOD');
  if (resume === null || securityObject === undefined || 'failure' in securityObject) return null;
  return equal(securityObject.bytes, resume.securityObject);
}
