import type { PlainDate } from '../../result/plain-date.ts';
import { rosterIdOf } from './people.ts';
import { printedPage } from './printed-page.ts';
import { type SpecimenAnnouncement, type SpecimenId, specimenIds } from './specimen.ts';
import { specimenTable } from './specimen-table.ts';

/** A specimen as it would be issued on that day: nothing is issued for it. */
export function announceSpecimen(id: SpecimenId, today: PlainDate): SpecimenAnnouncement {
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
  return specimenIds.map((id) => announceSpecimen(id, today));
}
