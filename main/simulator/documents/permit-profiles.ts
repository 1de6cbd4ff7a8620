import type { SpecimenId } from './specimen.ts';
import { swedishPassport } from './swedish-passport.ts';
import { both, ends, pace, type TravelDocument } from './travel-document.ts';

// Regulation (EC) 1030/2002: one layout for all member states, TD1, `IR`; the bearer's state is the nationality.
const permit = {
  ...swedishPassport,
  holder: 'oksana',
  sex: 'F',
  format: 'TD1',
  documentCode: 'IR',
  nationality: 'UKR',
  withPersonalNumber: false,
  placeOfBirth: 'Poltava',
  portrait: 'asa.jpg',
  signer: 'ds-se-id',
  details: false,
  basicAccessControl: false,
  pace: pace('AES-128', 12),
  extendedLength: { maxCommand: 2048, maxResponse: 2048 },
} as const satisfies Partial<TravelDocument>;

/** Residence permits of whoever bears `ua-passport`: beside it they may count, alone they prove nobody. */
export const permitProfiles = {
  'residence-permit': {
    ...permit,
    title: 'Swedish residence permit of a Ukrainian (PACE parameters assumed): proves nobody alone',
    documentNumber: 'ZU0000119',
    can: '719204',
    term: { issuedDaysAgo: 300, years: 2 },
    expected: both(ends('reject', 'document.type', 'failed', 'document.residence-permit')),
  },
  'expired-permit': {
    ...permit,
    title: 'Swedish residence permit of a Ukrainian that has expired',
    documentNumber: 'ZU0000120',
    can: '360815',
    term: { issuedDaysAgo: 500, years: 1 },
    expected: both(ends('reject', 'document.expiry', 'failed', 'document.expired')),
  },
} as const satisfies Partial<Record<SpecimenId, TravelDocument>>;
