import { Failure } from '../../result/failure.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { IssueHooks } from '../faults/fault-hooks.ts';
import { issueOtherCard, issueTravelDocument } from '../issuing/issue.ts';
import { announceSpecimen } from './list-specimens.ts';
import { type Specimen, type SpecimenResources, specimenIds } from './specimen.ts';
import { specimenTable } from './specimen-table.ts';

export type { Specimen, SpecimenResources } from './specimen.ts';

/**
 * Issues a specimen: the same day gives the same bytes, in every process. Hooks issue it with faults. The app loads this
 * module, and pkijs with it, when a specimen is laid. Fails with `specimen.unknown`.
 */
export function issueSpecimen(
  id: string,
  today: PlainDate,
  resources: SpecimenResources,
  hooks: readonly IssueHooks[] = [],
): Specimen {
  const known = specimenIds.find((candidate) => candidate === id);
  if (known === undefined) throw new Failure('specimen.unknown', { specimen: id });
  const { expected: _expected, ...announced } = announceSpecimen(known, today);
  const specimen = specimenTable[known];
  const chip =
    specimen.kind === 'other card' ? issueOtherCard(specimen) : issueTravelDocument(specimen, today, resources, hooks);
  const all = [...chip.masterFile, ...chip.applications.flatMap((application) => application.files)];
  return { ...announced, files: new Map(all.map((file) => [file.name, file.contents])), chip };
}
