import type { PlainDate } from '../result/plain-date.ts';
import type { Specimen, SpecimenAnnouncement, SpecimenResources } from './specimen.ts';

export type { Expectation, Specimen, SpecimenAnnouncement, SpecimenId, SpecimenResources } from './specimen.ts';
export { specimenIds } from './specimen.ts';

/** Every specimen as it would be issued on that day. */
export function listSpecimens(_today: PlainDate): SpecimenAnnouncement[] {
  throw new Error('being written');
}

/**
 * Issues a specimen: the same day gives the same bytes, in every process. Fails with `specimen.unknown`.
 */
export function issueSpecimen(_id: string, _today: PlainDate, _resources: SpecimenResources): Specimen {
  throw new Error('being written');
}
