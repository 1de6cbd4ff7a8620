import type { FileName } from '../../chip/files.ts';
import { optionalGroups } from '../../document/optional-groups.ts';
import { type InspectionRun, readInto } from '../facts.ts';
import { inspectedDocument } from '../inspected-document.ts';
import { sameChip } from '../resume.ts';
import { authenticateEarly } from './passive-authentication.ts';

/** EF.SOD and EF.COM: what is signed, and which groups are said to be there (9303-10 §4.6). */
export async function readSecurityObject(run: InspectionRun): Promise<void> {
  const { facts } = run;
  const kept = facts.files.get('EF.SOD');
  if (kept === undefined || 'failure' in kept) await readInto(run, 'EF.SOD');
  const resume = run.input.resume ?? null;
  const same = sameChip(facts, resume);
  if (same !== null) run.input.onProgress({ type: 'resume', sameChip: same });
  facts.resumed = same === true ? resume : null;
  await readInto(run, 'EF.COM');
}

/** DG1: the machine readable zone. It must be there (9303-10 §4.7.1), so it is asked for whatever is announced. */
export async function readDataGroup1(run: InspectionRun): Promise<void> {
  await readInto(run, 'EF.DG1');
  tellDocument(run);
}

/** DG14: what the chip says of its protocols and keys. */
export async function readDataGroup14(run: InspectionRun): Promise<void> {
  await readIfAnnounced(run, 14);
}

/** DG15: the key of active authentication. */
export async function readDataGroup15(run: InspectionRun): Promise<void> {
  await readIfAnnounced(run, 15);
}

/** DG11 and DG12: additional details of the person and of the document. */
export async function readDetails(run: InspectionRun): Promise<void> {
  if (await readIfAnnounced(run, 11)) tellDocument(run);
  await readIfAnnounced(run, 12);
}

/** DG7, DG13 and DG16 where the policy wants them: kept as evidence and understood as a test of their form, shown to nobody. */
export async function readOptionalGroups(run: InspectionRun): Promise<void> {
  const wanted = run.input.dataGroups ?? [];
  for (const group of optionalGroups) {
    if (wanted.includes(group)) await readIfAnnounced(run, group);
  }
}

/** DG2: the face. Last, since it is by far the longest; the security object is verified meanwhile. */
export async function readPortrait(run: InspectionRun): Promise<void> {
  const early = run.whileWaiting(() => authenticateEarly(run));
  await readInto(run, 'EF.DG2').finally(() => early.finish());
  const image = run.contents.of('EF.DG2')?.images[0];
  if (image !== undefined) run.input.onProgress({ type: 'portrait', image });
}

function tellDocument({ contents, input }: InspectionRun): void {
  const mrz = contents.of('EF.DG1');
  if (mrz === null) return;
  input.onProgress({ type: 'document', document: inspectedDocument(mrz, contents.of('EF.DG11')) });
}

// Whether it was read.
async function readIfAnnounced(run: InspectionRun, group: number): Promise<boolean> {
  if (run.contents.announced?.has(group) !== true) return false;
  return (await readInto(run, `EF.DG${group}` as FileName)) !== null;
}
