import type { PlainDate } from '../../../main/result/plain-date.ts';
import { swedishPassport } from '../../../main/simulator/documents/swedish-passport.ts';
import { pace, type TravelDocument } from '../../../main/simulator/documents/travel-document.ts';
import { issueTravelDocument } from '../../../main/simulator/issuing/issue.ts';
import { specimenResources } from '../specimen-resources.ts';
import type { ForeignDocument } from './chip.ts';

const commonData = 0x011e;
/** EF.DIR (9303-10 §3.11.2): the one application. */
const directory = Uint8Array.of(0x61, 0x09, 0x4f, 0x07, 0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01);
/** EF.ATR/INFO (9303-10 §3.11.1): card capabilities without chaining and extended length. */
const answerToReset = Uint8Array.of(0x47, 0x03, 0x00, 0x00, 0x00);
/** Stands for EF.CardSecurity, which begins as every ContentInfo does: no reader of these documents has a use for it. */
const cardSecurity = Uint8Array.of(0x30, 0x04, 0x02, 0x02, 0x01, 0x00);

/** EF.CVCA of the European application (9303-11 App. K.2): the same short identifier as EF.CardAccess in the MF. */
const certificationAuthorities = {
  identifier: 0x011c,
  shortIdentifier: 0x1c,
  contents: Uint8Array.from([0x42, 0x0b, ...Buffer.from('SECVCA00001'), ...new Uint8Array(23)]),
  free: false,
};

/** A Swedish passport of which the simulator issues the files, whatever way in it has. Neither chip nor keys of it are used. */
export const foreignPassport = {
  ...swedishPassport,
  title: 'Passport of another hand',
  holder: 'asa',
  sex: 'F',
  documentNumber: 'XA000101',
  placeOfBirth: 'Sundsvall',
  portrait: 'asa.jpg',
  can: '314159',
  extendedLength: null,
} as const satisfies TravelDocument;

/** PACE with generic mapping over ECDH on brainpoolP256r1. */
export const pacePassport = { ...foreignPassport, basicAccessControl: false, pace: pace('AES-128', 13) };
export const tripleDesPassport = { ...pacePassport, pace: pace('3DES', 13), chipAuthentication: [] };
/** BAC alone, with a key of active authentication in DG15. */
export const basicAccessPassport = {
  ...foreignPassport,
  can: null,
  pace: [],
  chipAuthentication: [],
  activeAuthentication: { scheme: 'ISO 9796-2', bits: 1024, hash: 'SHA-1', trailer: 'implicit' },
} as const satisfies TravelDocument;
/** PACE, and active authentication as the one proof against copies. */
export const signingPassport = {
  ...pacePassport,
  chipAuthentication: [],
  activeAuthentication: { scheme: 'ISO 9796-2', bits: 1024, hash: 'SHA-1', trailer: 'implicit' },
} as const satisfies TravelDocument;

/** The files of that document, with an EF.DIR and an EF.ATR/INFO in the MF and, unless it is asked for, without EF.COM. */
export function foreignDocument(document: TravelDocument, today: PlainDate, withCommonData = false): ForeignDocument {
  const { masterFile, applications, passwords, chipAuthentication } = issueTravelDocument(
    document,
    today,
    specimenResources,
  );
  const files = applications.flatMap((application) => application.files);
  return {
    masterFile: [
      { identifier: 0x2f00, shortIdentifier: 0x1e, contents: directory, free: true },
      { identifier: 0x2f01, shortIdentifier: 0x01, contents: answerToReset, free: true },
      { identifier: 0x011d, shortIdentifier: 0x1d, contents: cardSecurity, free: false },
      ...masterFile.map((file) => ({ ...file, free: file.access === 'free' })),
    ],
    application: [
      ...files
        .filter(({ identifier }) => withCommonData || identifier !== commonData)
        .map((file) => ({ ...file, free: false })),
      certificationAuthorities,
    ],
    mrzInformation: passwords.mrzInformation ?? '',
    can: passwords.can,
    chipAuthenticationKey: chipAuthentication?.[0]?.key.privateKey ?? null,
  };
}
