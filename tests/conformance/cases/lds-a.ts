import { encodeInteger } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { type CaseTable, one } from '../base/case.ts';
import { conformanceDocument, type DocumentChange } from '../base/document.ts';
import { ascii, withTag, withWrongLength } from '../base/parts.ts';
import { ldsVersionInfo } from '../base/security-object.ts';

const bac = (change: DocumentChange) => () => conformanceDocument('BAC', change);

/** LDS_A: EF.COM. */
export const ldsA: CaseTable = {
  LDS_A_01: one('Wrong tag', bac({ comFile: (file) => withTag(file, 0x61) })),
  LDS_A_02: one('Length too small', bac({ comFile: (file) => withWrongLength(file, -1) })),
  LDS_A_03: one('Length too large', bac({ comFile: (file) => withWrongLength(file, 1) })),
  LDS_A_04: one('Unknown LDS version', bac({ com: { ldsVersion: encodeTlv(0x5f01, ascii('0300')) } })),
  LDS_A_05: one('No LDS version', bac({ com: { ldsVersion: null } })),
  LDS_A_06: one('Unknown Unicode version', bac({ com: { unicodeVersion: encodeTlv(0x5f36, ascii('050000')) } })),
  LDS_A_07: one('No Unicode version', bac({ com: { unicodeVersion: null } })),
  LDS_A_08: one('DG1 is not listed', bac({ tags: [0x75] })),
  LDS_A_09: one('No list of data groups', bac({ com: { tagList: null } })),
  LDS_A_10: one(
    'LDS version 1.8',
    bac({
      com: { ldsVersion: encodeTlv(0x5f01, ascii('0108')) },
      lds: { version: encodeInteger(1), ldsVersionInfo: ldsVersionInfo('0108') },
    }),
  ),
};
