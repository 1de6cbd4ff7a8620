import { paceProtocol } from '../chip/pace-protocols.ts';
import type { SpecimenId } from './specimen.ts';
import { swedishPassport } from './swedish-passport.ts';
import { accepted, both, type TravelDocument } from './travel-document.ts';

/** Documents with what the standard allows and few states use yet. */
export const specialProfiles = {
  'mapping-passport': {
    ...swedishPassport,
    title: 'PACE with chip authentication mapping beside generic mapping, EF.CardSecurity (no state named)',
    holder: 'asa',
    sex: 'F',
    documentNumber: 'XA000115',
    placeOfBirth: 'Sundsvall',
    portrait: 'asa.jpg',
    pace: [
      { protocol: paceProtocol('ECDH-CAM', 'AES-128'), parameterId: 13 },
      { protocol: paceProtocol('ECDH-GM', 'AES-128'), parameterId: 13 },
    ],
    expected: both(accepted),
  },
  'extensible-face': {
    ...swedishPassport,
    title: 'Passport whose DG2 is of ISO/IEC 39794-5',
    holder: 'linnea',
    sex: 'F',
    documentNumber: 'XA000116',
    placeOfBirth: 'Visby',
    portrait: 'linnea.jpg',
    faceStandard: 'ISO/IEC 39794-5',
  },
  'notify-passport': {
    ...swedishPassport,
    title: 'Passport with a displayed signature, optional details and persons to notify (no state named)',
    holder: 'asa',
    sex: 'F',
    documentNumber: 'XA000117',
    placeOfBirth: 'Sundsvall',
    portrait: 'asa.jpg',
    signature: 'signature.jpg',
    optionalDetails: 'Made-up optional details',
    personsToNotify: [
      { name: 'Öberg<<Nils', telephone: '+4660000001', address: 'Storgatan 1<Sundsvall' },
      { name: 'Lindström<<Karin', telephone: '+4660000002', address: 'Kyrkogatan 2<Sundsvall' },
    ],
  },
} as const satisfies Partial<Record<SpecimenId, TravelDocument>>;
