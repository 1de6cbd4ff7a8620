import { Failure } from '../../result/failure.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { IssueHooks } from '../faults/fault-hooks.ts';
import { issueOtherCard, issueTravelDocument } from '../issuing/issue.ts';
import { rosterIdOf } from './bearers.ts';
import { printedPage } from './printed-page.ts';
import {
  type Specimen,
  type SpecimenAnnouncement,
  type SpecimenId,
  type SpecimenResources,
  specimenIds,
} from './specimen.ts';
import { specimenTable } from './specimen-table.ts';

export type { Specimen, SpecimenAnnouncement, SpecimenResources } from './specimen.ts';

function announce(id: SpecimenId, today: PlainDate): SpecimenAnnouncement {
  const specimen = specimenTable[id];
  const { title, expected } = specimen;
  if (specimen.kind === 'other card') return { id, title, mrz: [], can: null, holder: null, expected };
  return {
    id,
    title,
    mrz: printedPage(specimen, today).lines,
    can: specimen.can,
    holder: rosterIdOf(specimen.holder),
    expected,
  };
}

/** Every specimen as it would be issued on that day. */
export function listSpecimens(today: PlainDate): SpecimenAnnouncement[] {
  return specimenIds.map((id) => announce(id, today));
}

/**
 * Issues a specimen: the same day gives the same bytes, in every process. Hooks issue it with faults. Fails with `specimen.unknown`.
 */
export function issueSpecimen(
  id: string,
  today: PlainDate,
  resources: SpecimenResources,
  hooks: readonly IssueHooks[] = [],
): Specimen {
  const known = specimenIds.find((candidate) => candidate === id);
  if (known === undefined) throw new Failure('specimen.unknown', { specimen: id });
  const { expected: _expected, ...announced } = announce(known, today);
  const specimen = specimenTable[known];
  const chip =
    specimen.kind === 'other card' ? issueOtherCard(specimen) : issueTravelDocument(specimen, today, resources, hooks);
  const all = [...chip.masterFile, ...chip.applications.flatMap((application) => application.files)];
  return { ...announced, files: new Map(all.map((file) => [file.name, file.contents])), chip };
}
