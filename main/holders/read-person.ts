import type { Mrz, PersonalDetails } from '../document/types.ts';
import type { PlainDate } from '../result/plain-date.ts';

/**
 * What was read of a document that names a person. `details` is null unless EF.SOD confirms its DG11: what is not signed
 * proves nothing.
 */
export interface ReadPerson {
  readonly mrz: Mrz;
  readonly details: PersonalDetails | null;
  /** The day of the matching: which rules a state's numbers follow, and which of two centuries can be. */
  readonly today: PlainDate;
}
