import { documentKind } from '../document/document-kind.ts';
import type { Mrz, PersonalDetails } from '../document/types.ts';
import type { InspectedDocument } from './types.ts';

/**
 * What the document says, in one shape for passports and cards. The personal number is the one of DG11 where it stands
 * there, else the optional data as printed; whether it is one, and whose, is for the holder checks to say.
 */
export function inspectedDocument(mrz: Mrz, details: PersonalDetails | null): InspectedDocument {
  const kind = documentKind(mrz.documentCode, mrz.issuer);
  return {
    type: kind === 'crew-member-certificate' ? 'other' : kind,
    code: mrz.documentCode,
    issuer: mrz.issuer,
    number: mrz.documentNumber,
    expiry: mrz.expiryDate.date,
    holder: {
      surname: mrz.name.surname,
      givenNames: mrz.name.givenNames,
      personalNumber: details?.personalNumber ?? (mrz.optionalData === '' ? null : mrz.optionalData),
      birthDate: mrz.birthDate.date,
      sex: mrz.sex,
      nationality: mrz.nationality,
    },
  };
}
