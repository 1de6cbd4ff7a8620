import { Failure } from '../result/failure.ts';
import { faceImageFormat } from './face-image-format.ts';
import type { FaceImage, FaceImageFormat } from './types.ts';

// ISO/IEC 19794-5:2005 §5.4 to §5.7.
const headerLength = 14;
const facialInformationLength = 20;
const featurePointLength = 8;
const imageInformationLength = 12;
const leastFaceLength = facialInformationLength + imageInformationLength;
const formatIdentifier = 0x46414300;
const version2005 = 0x30313000;

function malformed(reason: string): Failure {
  return new Failure('face.malformed', { reason });
}

/** Whether a biometric data block begins as a face record of ISO/IEC 19794-5: `FAC` and a zero. */
export function isFace19794(block: Uint8Array): boolean {
  return block.length >= 4 && view(block).getUint32(0) === formatIdentifier;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * The images of a face record of ISO/IEC 19794-5:2005, as 9303-10 §4.7.2 uses it. Fails with `face.malformed`,
 * `face.no-image`, and `face.unknown-format` (another version of the record, or an image that is of no known kind).
 */
export function parseFace19794(record: Uint8Array): readonly FaceImage[] {
  if (record.length < headerLength) throw malformed('header');
  const header = view(record);
  if (header.getUint32(0) !== formatIdentifier) throw malformed('format identifier');
  if (header.getUint32(4) !== version2005) throw new Failure('face.unknown-format', { part: 'record version' });
  const stated = header.getUint32(8);
  if (stated < headerLength || stated > record.length) throw malformed('record length');
  // New Zealand's record says 8 bytes less than it has: where the faces fill the block, what stands there is whole.
  const end = lengthDeviation(record) === 'record length' ? record.length : stated;
  const count = header.getUint16(12);
  if (count === 0) throw new Failure('face.no-image');
  const images: FaceImage[] = [];
  let at = headerLength;
  for (let index = 0; index < count; index++) {
    if (at + 4 > end) throw malformed('faces missing');
    const length = header.getUint32(at);
    if (length < leastFaceLength || length > end - at) throw malformed('face length');
    // Some issuers leave the feature points out of the last length: its image goes on to the end all the same.
    const last = index === count - 1;
    images.push(parseFace(record.subarray(at, last ? end : at + length)));
    at += length;
  }
  return images;
}

/**
 * How the lengths of a record with a whole header say otherwise than its content (ISO/IEC 19794-5:2005 §5.4, §5.5;
 * 9303-10 §4.7.2). `record length`: the faces fill the block, and the header says less. `face length`: the faces do not fill what
 * there is. Null where all is well.
 */
export function lengthDeviation(record: Uint8Array): 'record length' | 'face length' | null {
  const header = view(record);
  const count = header.getUint16(12);
  let at = headerLength;
  for (let index = 0; index < count; index++) {
    if (at + 4 > record.length) return 'face length';
    at += header.getUint32(at);
  }
  if (at === header.getUint32(8)) return null;
  return at === record.length ? 'record length' : 'face length';
}

function parseFace(face: Uint8Array): FaceImage {
  if (face.length < facialInformationLength + imageInformationLength) throw malformed('face length');
  const fields = view(face);
  // §5.6: the feature points stand before the image; how many there are must be read to find it.
  const information = facialInformationLength + fields.getUint16(4) * featurePointLength;
  const start = information + imageInformationLength;
  if (start > face.length) throw malformed('feature points');
  const bytes = face.subarray(start);
  if (bytes.length === 0) throw new Failure('face.no-image');
  const format = faceImageFormat(bytes);
  if (format === null) throw new Failure('face.unknown-format', { part: 'image' });
  return {
    format,
    statedFormat: statedFormat(fields.getUint8(information + 1)),
    bytes,
    width: fields.getUint16(information + 2),
    height: fields.getUint16(information + 4),
  };
}

function statedFormat(type: number): FaceImageFormat | null {
  return type === 0 ? 'jpeg' : type === 1 ? 'jpeg2000' : null;
}
