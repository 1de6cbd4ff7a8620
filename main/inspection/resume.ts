import type { FileName } from '../chip/files.ts';
import type { UnfinishedFile } from '../chip/read-file.ts';
import { equal } from '../result/bytes.ts';
import type { Failure } from '../result/failure.ts';
import { isGone } from './checks/access-checks.ts';
import type { InspectionFacts, InspectionRun } from './facts.ts';

/**
 * What a reading left that broke off because the card or the reader went: whole files, and the beginning of the one that was
 * under way. It is believed only as far as the hashes of the next reading go.
 */
export interface ResumeState {
  readonly securityObject: Uint8Array;
  readonly files: readonly { readonly file: FileName; readonly bytes: Uint8Array }[];
  readonly unfinished: UnfinishedFile | null;
}

/** What opens the chip, and what tells one chip from another, is read anew each time. */
const alwaysAnew: ReadonlySet<FileName> = new Set(['EF.ATR/INFO', 'EF.CardAccess', 'EF.CardSecurity', 'EF.SOD']);

/** What the next reading of the same chip can go on from; null where there is nothing, or the reading ended otherwise. */
export function resumeState(run: InspectionRun, end: Failure | null): ResumeState | null {
  const securityObject = run.facts.files.get('EF.SOD');
  if (end === null || !isGone(end) || securityObject === undefined || 'failure' in securityObject) return null;
  const files = [...run.facts.files].flatMap(([file, finding]) =>
    'bytes' in finding && !alwaysAnew.has(file) ? [{ file, bytes: finding.bytes }] : [],
  );
  const { unfinished } = run.files;
  const kept = unfinished !== null && !alwaysAnew.has(unfinished.file) ? unfinished : null;
  return { securityObject: securityObject.bytes, files, unfinished: kept };
}

/** Whether the chip is the one of the earlier reading: the same EF.SOD, byte for byte. Null where there was none. */
export function sameChip(facts: InspectionFacts, resume: ResumeState | null): boolean | null {
  const securityObject = facts.files.get('EF.SOD');
  if (resume === null || securityObject === undefined || 'failure' in securityObject) return null;
  return equal(securityObject.bytes, resume.securityObject);
}

/** The bytes of a file that need not be asked for again: all of them, a beginning, or none. */
export function takenOver(
  resume: ResumeState,
  file: FileName,
): { readonly bytes: Uint8Array; readonly whole: boolean } | null {
  const whole = resume.files.find((kept) => kept.file === file);
  if (whole !== undefined) return { bytes: whole.bytes, whole: true };
  const { unfinished } = resume;
  return unfinished?.file === file ? { bytes: unfinished.bytes, whole: false } : null;
}
