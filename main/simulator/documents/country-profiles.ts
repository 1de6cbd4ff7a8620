import { europeanProfiles } from './european-profiles.ts';
import { overseasProfiles } from './overseas-profiles.ts';
import { permitProfiles } from './permit-profiles.ts';
import { specialProfiles } from './special-profiles.ts';

/** Documents that show what is met in the field. */
export const countryProfiles = {
  ...europeanProfiles,
  ...overseasProfiles,
  ...specialProfiles,
  ...permitProfiles,
} as const;
