import { Failure } from '../result/failure.ts';
import { decodeDataGroup, malformedGroup } from './data-group.ts';
import { isFace19794, parseFace19794 } from './face-19794.ts';
import { isFace39794, parseFace39794 } from './face-39794.ts';
import { find, findAll, type Tlv } from './tlv.ts';
import type { FaceRecord } from './types.ts';

const biometricInformationGroup = 0x7f61;
const biometricInformation = 0x7f60;
const dataBlock = 0x5f2e;
// Constructed by its tag, also where an issuer put a record of ISO/IEC 19794-5 into it, which is not BER-TLV.
const constructedDataBlock = 0x7f2e;

/**
 * DG2 (9303-10 §4.7.2): the faces of all biometric information templates. What the record says of its own format is not
 * relied on; its first bytes are. Fails with `data-group.malformed`, `face.malformed`, `face.no-image`,
 * `face.unknown-format`.
 */
export function parseDg2(file: Uint8Array): FaceRecord {
  const group = find(decodeDataGroup(2, file, { opaque: [constructedDataBlock] }), biometricInformationGroup);
  if (group === null) throw malformedGroup(2, 'biometric information group missing');
  // The number of templates in tag 02 adds nothing to the templates that are there.
  const records = findAll(group, biometricInformation).map(parseTemplate);
  const images = records.flatMap((record) => record.images);
  const [first, ...others] = records;
  if (first === undefined || images.length === 0) throw new Failure('face.no-image');
  if (others.some((record) => record.standard !== first.standard)) throw malformedGroup(2, 'standards mixed');
  return { standard: first.standard, images };
}

function parseTemplate(template: Tlv): FaceRecord {
  const block = find(template, dataBlock) ?? find(template, constructedDataBlock);
  if (block === null) throw malformedGroup(2, 'biometric data block missing');
  if (isFace19794(block.value)) return { standard: 'ISO/IEC 19794-5', images: parseFace19794(block.value) };
  if (isFace39794(block.value)) return { standard: 'ISO/IEC 39794-5', images: parseFace39794(block.value) };
  throw new Failure('face.unknown-format', { part: 'record' });
}
