import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { decodeTlv, encodeTlv } from '../../../main/document/tlv.ts';
import { type CaseTable, one, several } from '../base/case.ts';
import { conformanceDocument, dataGroup14, defaultChipAuthenticationInfos } from '../base/document.ts';
import { withTag, withWrongLength } from '../base/parts.ts';

const file = (bytes: Uint8Array) => () => conformanceDocument('EAC-noTA', { groups: { 14: bytes } });
const whole = dataGroup14(defaultChipAuthenticationInfos);
const [info = new Uint8Array(), keyInfo = new Uint8Array()] = defaultChipAuthenticationInfos;
const protocol = encodeOid('0.4.0.127.0.7.2.2.3.2.1');

// The same SecurityInfo with another object identifier, or none.
function identifiedBy(securityInfo: Uint8Array, identifier: Uint8Array): Uint8Array {
  const [, ...rest] = decodeTlv(securityInfo).children;
  return encodeTlv(0x30, identifier, ...rest.map(({ raw }) => raw));
}

const withVersion = (version: Uint8Array) => file(dataGroup14([encodeTlv(0x30, protocol, version), keyInfo]));

/** LDS_F: DG14. */
export const ldsF: CaseTable = {
  LDS_F_01: one('Wrong tag', file(withTag(whole, 0x6f))),
  LDS_F_02: one('Length too small', file(withWrongLength(whole, -1))),
  LDS_F_03: one('Length too large', file(withWrongLength(whole, 1))),
  LDS_F_04: one(
    'A public key under an identifier that is not allowed',
    file(dataGroup14([info, identifiedBy(keyInfo, encodeOid('0.4.0.127.0.7.2.2.1.3'))])),
  ),
  LDS_F_05: several('No object identifier', {
    'in ChipAuthenticationInfo': file(dataGroup14([identifiedBy(info, new Uint8Array()), keyInfo])),
    'in ChipAuthenticationPublicKeyInfo': file(dataGroup14([info, identifiedBy(keyInfo, new Uint8Array())])),
  }),
  LDS_F_06: several('Wrong version of ChipAuthenticationInfo', {
    ten: withVersion(encodeInteger(10)),
    sixteen: withVersion(encodeInteger(16)),
  }),
  LDS_F_07: one('No version in ChipAuthenticationInfo', withVersion(new Uint8Array())),
};
