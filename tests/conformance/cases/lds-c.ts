import { encodeTlv } from '../../../main/document/tlv.ts';
import { type CaseTable, one } from '../base/case.ts';
import { conformanceDocument } from '../base/document.ts';
import { eyeCentres, type FaceChange, type FaceGroupChange, faceGroup } from '../base/face.ts';
import { withTag, withWrongLength } from '../base/parts.ts';

const file = (bytes: Uint8Array) => () => conformanceDocument('BAC', { groups: { 2: bytes } });
const group = (change: FaceGroupChange) => file(faceGroup(change));
const face = (change: FaceChange) => group({ face: { format: 'JPEG 2000', ...change } });
const whole = faceGroup({ face: { format: 'JPEG 2000' } });

const beyond = 0xb7;

/** LDS_C: DG2. */
export const ldsC: CaseTable = {
  LDS_C_01: one('JPEG 2000', face({})),
  LDS_C_02: one('JPEG', face({ format: 'JPEG' })),
  LDS_C_03: one('JPEG 2000 with feature points', face({ featurePoints: eyeCentres })),
  LDS_C_04: one('Wrong tag', file(withTag(whole, 0x76))),
  LDS_C_05: one('Length too small', file(withWrongLength(whole, -1))),
  LDS_C_06: one('Length too large', file(withWrongLength(whole, 1))),
  LDS_C_07: one('No number of instances', group({ group: { instances: null } })),
  LDS_C_08: one('Wrong format owner', group({ header: { formatOwner: encodeTlv(0x87, Uint8Array.of(1, 0xff)) } })),
  LDS_C_09: one('No format owner', group({ header: { formatOwner: null } })),
  LDS_C_10: one('Wrong format type', group({ header: { formatType: encodeTlv(0x88, Uint8Array.of(0, 9)) } })),
  LDS_C_11: one('No format type', group({ header: { formatType: null } })),
  LDS_C_12: one('Biometric type in one byte', group({ header: { biometricType: encodeTlv(0x81, Uint8Array.of(2)) } })),
  LDS_C_13: one(
    'Biometric type of a finger',
    group({ header: { biometricType: encodeTlv(0x81, Uint8Array.of(0, 0, 8)) } }),
  ),
  LDS_C_14: one('Wrong format identifier', face({ identifier: 'FAX\0' })),
  LDS_C_15: one('Wrong version of the record', face({ version: '099\0' })),
  LDS_C_16: one('Length without the feature points', face({ featurePoints: eyeCentres, lengthWithoutPoints: true })),
  LDS_C_17: one('Gender that is no code', face({ gender: 5 })),
  LDS_C_18: one('Eye colour that is no code', face({ eyeColour: 0x0a })),
  LDS_C_19: one('Hair colour that is no code', face({ hairColour: 0x0a })),
  LDS_C_20: one('Yaw beyond its range', face({ pose: [beyond, 0, 0] })),
  LDS_C_21: one('Pitch beyond its range', face({ pose: [0, beyond, 0] })),
  LDS_C_22: one('Roll beyond its range', face({ pose: [0, 0, beyond] })),
  LDS_C_23: one('Uncertainty of yaw beyond its range', face({ poseUncertainty: [beyond, 0, 0] })),
  LDS_C_24: one('Uncertainty of pitch beyond its range', face({ poseUncertainty: [0, beyond, 0] })),
  LDS_C_25: one('Uncertainty of roll beyond its range', face({ poseUncertainty: [0, 0, beyond] })),
  LDS_C_26: one('Face image type that is no code', face({ imageType: 5 })),
  LDS_C_27: one('Image data type that is no code', face({ dataType: 5 })),
  LDS_C_28: one('No biometric data block', group({ template: { block: null } })),
};
