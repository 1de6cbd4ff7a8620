import { europeanProfiles } from './european-profiles.ts';
import { overseasProfiles } from './overseas-profiles.ts';
import { specialProfiles } from './special-profiles.ts';

/** Documents that show what is met in the field. */
export const countryProfiles = { ...europeanProfiles, ...overseasProfiles, ...specialProfiles } as const;
