import { Failure } from '../result/failure.ts';
import { decodeDataGroup, malformedGroup } from './data-group.ts';
import { decodeUnsigned } from './der.ts';
import { isFace19794, lengthDeviation, parseFace19794 } from './face-19794.ts';
import { isFace39794, parseFace39794 } from './face-39794.ts';
import { find, findAll, type Tlv } from './tlv.ts';
import type { FaceDeviation, FaceRecord } from './types.ts';

const biometricInformationGroup = 0x7f61;
const biometricInformation = 0x7f60;
const biometricHeader = 0xa1;
const instances = 0x02;
const dataBlock = 0x5f2e;
// Constructed by its tag, also where an issuer put a record of ISO/IEC 19794-5 into it, which is not BER-TLV.
const constructedDataBlock = 0x7f2e;

/** Biometric type of a face (9303-10 §4.7.2.1): 2 in its last byte, whether one byte is written or three. */
const faceType = 2n;
/** ISO/IEC JTC 1/SC 37, and its format types of ISO/IEC 19794-5 and 39794-5. */
const formatOwner = 0x0101n;
const formatTypes: Readonly<Record<FaceRecord['standard'], bigint>> = {
  'ISO/IEC 19794-5': 0x0008n,
  'ISO/IEC 39794-5': 0x002an,
};

/**
 * DG2 (9303-10 §4.7.2): the faces of all biometric information templates. What the header says of the record's format is not
 * relied on; its first bytes are. Where header or lengths say otherwise, that stands in `deviations`. Fails with
 * `data-group.malformed`, `face.malformed`, `face.no-image`, `face.unknown-format`.
 */
export function parseDg2(file: Uint8Array): FaceRecord {
  const group = find(decodeDataGroup(2, file, { opaque: [constructedDataBlock] }), biometricInformationGroup);
  if (group === null) throw malformedGroup(2, 'biometric information group missing');
  const templates = findAll(group, biometricInformation);
  const records = templates.map(parseTemplate);
  const images = records.flatMap((record) => record.images);
  const [first, ...others] = records;
  if (first === undefined || images.length === 0) throw new Failure('face.no-image');
  if (others.some((record) => record.standard !== first.standard)) throw malformedGroup(2, 'standards mixed');
  const counted = numberIn(group, instances) === BigInt(templates.length);
  const deviations = new Set<FaceDeviation>(counted ? [] : ['number of instances']);
  for (const record of records) for (const deviation of record.deviations) deviations.add(deviation);
  return { standard: first.standard, images, deviations: [...deviations] };
}

function parseTemplate(template: Tlv): FaceRecord {
  const block = find(template, dataBlock) ?? find(template, constructedDataBlock);
  if (block === null) throw malformedGroup(2, 'biometric data block missing');
  if (isFace19794(block.value)) {
    const images = parseFace19794(block.value);
    const deviation = lengthDeviation(block.value);
    const deviations = deviation === null ? [] : [deviation];
    return described(template, { standard: 'ISO/IEC 19794-5', images, deviations });
  }
  if (isFace39794(block.value)) {
    return described(template, { standard: 'ISO/IEC 39794-5', images: parseFace39794(block.value), deviations: [] });
  }
  throw new Failure('face.unknown-format', { part: 'record' });
}

// The record with what its header (9303-10 §4.7.2.1) says otherwise; type is optional, owner and format are required.
function described(template: Tlv, record: FaceRecord): FaceRecord {
  const header = find(template, biometricHeader);
  const type = header === null ? null : numberIn(header, 0x81);
  const wrong: readonly (readonly [FaceDeviation, boolean])[] = [
    ['biometric type', type !== null && type !== faceType],
    ['format owner', header === null || numberIn(header, 0x87) !== formatOwner],
    ['format type', header === null || numberIn(header, 0x88) !== formatTypes[record.standard]],
  ];
  const deviations = wrong.filter(([, deviates]) => deviates).map(([name]) => name);
  return { ...record, deviations: [...record.deviations, ...deviations] };
}

function numberIn(node: Tlv, tag: number): bigint | null {
  const found = find(node, tag);
  return found === null || found.value.length > 4 ? null : decodeUnsigned(found.value);
}
