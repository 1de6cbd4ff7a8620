import type { SpecimenId } from './specimen.ts';
import { swedishPassport } from './swedish-passport.ts';
import { both, ends, type TravelDocument } from './travel-document.ts';

const original = {
  ...swedishPassport,
  holder: 'asa',
  sex: 'F',
  documentNumber: 'XA000101',
  placeOfBirth: 'Sundsvall',
  portrait: 'asa.jpg',
} as const satisfies Partial<TravelDocument>;

/** Copies of `se-passport`: every byte of its files, but not the private keys, which never leave a chip. */
export const copies = {
  clone: {
    ...original,
    title: 'Copy of a passport on another chip, which answers with a key of its own',
    copied: 'with other keys',
    expected: both(ends('reject', 'chip-authentication', 'failed', 'chip-authentication.failed')),
  },
  'clone-without-keys': {
    ...original,
    title: 'Copy of a passport on another chip, which knows no chip authentication',
    copied: 'without keys',
    expected: both(ends('reject', 'chip-authentication', 'failed', 'chip-authentication.failed')),
  },
} as const satisfies Partial<Record<SpecimenId, TravelDocument>>;
