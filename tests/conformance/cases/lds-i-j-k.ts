import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { decodeTlv, encodeTlv } from '../../../main/document/tlv.ts';
import { type CaseTable, one, several } from '../base/case.ts';
import {
  camPace,
  cardSecurity,
  conformanceDocument,
  type DocumentChange,
  dataGroup15,
  mappingKeyInfo,
  paceInfo,
} from '../base/document.ts';
import { withTag, withWrongLength } from '../base/parts.ts';

const dataGroup15File = (bytes: Uint8Array) => () => conformanceDocument('EACAA-noTA', { groups: { 15: bytes } });

/** LDS_I: DG15. */
export const ldsI: CaseTable = {
  LDS_I_01: one('Wrong tag', dataGroup15File(withTag(dataGroup15(), 0x70))),
  LDS_I_02: one('Length too small', dataGroup15File(withWrongLength(dataGroup15(), -1))),
  LDS_I_03: one('Length too large', dataGroup15File(withWrongLength(dataGroup15(), 1))),
};

const key = mappingKeyInfo('brainpoolP256r1');
const extra = encodeTlv(0x30, encodeOid('1.3.6.1.4.1.99999.7'), encodeInteger(1));
const withCardSecurity = (infos: readonly Uint8Array[]) => () =>
  conformanceDocument('PACE-CAM', { cardSecurity: cardSecurity(infos) });

function withoutIdentifier(info: Uint8Array): Uint8Array {
  const [, ...rest] = decodeTlv(info).children;
  return encodeTlv(0x30, ...rest.map(({ raw }) => raw));
}

/** LDS_J: EF.CardSecurity, which is read where PACE used chip authentication mapping. */
export const ldsJ: CaseTable = {
  LDS_J_01: one('More than EF.CardAccess says', withCardSecurity([paceInfo(camPace), key, extra])),
  LDS_J_02: one('Less than EF.CardAccess says', withCardSecurity([key])),
  LDS_J_03: one(
    'Something else than EF.CardAccess says',
    withCardSecurity([paceInfo({ ...camPace, parameterId: 12 }), key]),
  ),
  LDS_J_04: one(
    'A public key without object identifier',
    withCardSecurity([paceInfo(camPace), withoutIdentifier(key)]),
  ),
};

// The chip keeps to what it states.
const stated = { maxCommand: 1920, maxResponse: 1920 };
const number = (...bytes: readonly number[]): Uint8Array => encodeTlv(0x02, Uint8Array.from(bytes));
const stating = (change: Pick<DocumentChange, 'atrInfo'>) => ({
  'after BAC': () => conformanceDocument('EAC-noTA', { ...change, extendedLength: stated }),
  'after PACE': () => conformanceDocument('PACE', { ...change, extendedLength: stated }),
});

/** LDS_K: EF.ATR/INFO. */
export const ldsK: CaseTable = {
  LDS_K_01: several('Lengths in two bytes', stating({ atrInfo: encodeTlv(0x7f66, number(7, 0x80), number(7, 0x80)) })),
  LDS_K_02: several(
    'Lengths in three bytes',
    stating({ atrInfo: encodeTlv(0x7f66, number(0, 7, 0x80), number(0, 7, 0x80)) }),
  ),
  LDS_K_03: several('One length alone', stating({ atrInfo: encodeTlv(0x7f66, number(7, 0x80)) })),
  LDS_K_04: several(
    'Lengths under another tag',
    stating({ atrInfo: encodeTlv(0x7f65, number(7, 0x80), number(7, 0x80)) }),
  ),
};
