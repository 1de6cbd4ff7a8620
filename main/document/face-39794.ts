import { asFailure, Failure } from '../result/failure.ts';
import { decodeUnsigned } from './der.ts';
import { faceImageFormat } from './face-image-format.ts';
import { decodeTlv, find, findAll, type Tlv } from './tlv.ts';
import type { FaceImage, FaceImageFormat } from './types.ts';

// ISO/IEC 39794-5:2019 annex A; tags as ICAO's application profile encodes them. Each level is named once here.
const biometricData = 0xa1;
const faceImageDataBlock = 0x65;
const representationBlocks = 0xa1;
const representationBlock = 0x30;
/** imageRepresentation, its base form (not an extension), and the two-dimensional image in it (not a 3D shape). */
const imageRepresentation2D = [0xa1, 0xa0, 0xa0] as const;
const representationData2D = 0x80;
/** imageInformation2DBlock with imageDataFormat and imageSizeBlock. */
const imageDataFormatCode = [0xa1, 0xa0, 0x80] as const;
const imageWidth = [0xa1, 0xa7, 0x80] as const;
const imageHeight = [0xa1, 0xa7, 0x81] as const;

function malformed(reason: string, cause?: unknown): Failure {
  return new Failure('face.malformed', { reason }, cause);
}

/** Whether a biometric data block begins as one of ISO/IEC 39794: an object A1 (9303-10 §4.7.2). */
export function isFace39794(block: Uint8Array): boolean {
  return block[0] === biometricData;
}

function decodeBlock(block: Uint8Array): Tlv {
  try {
    return decodeTlv(block);
  } catch (thrown) {
    throw malformed(asFailure(thrown).code, thrown);
  }
}

/**
 * The two-dimensional images of a face record of ISO/IEC 39794-5, the contents of tag 7F2E. Fails with `face.malformed`,
 * `face.no-image`, and `face.unknown-format` (another kind of record, or an image that is of no known kind).
 */
export function parseFace39794(block: Uint8Array): readonly FaceImage[] {
  const face = find(decodeBlock(block), faceImageDataBlock);
  // The same object may hold fingers (64) or irises (66).
  if (face === null) throw new Failure('face.unknown-format', { part: 'record' });
  const blocks = find(face, representationBlocks);
  if (blocks === null) throw malformed('representations missing');
  return findAll(blocks, representationBlock).map(parseRepresentation);
}

function parseRepresentation(block: Tlv): FaceImage {
  const representation = find(block, ...imageRepresentation2D);
  if (representation === null) throw new Failure('face.unknown-format', { part: 'representation' });
  const data = find(representation, representationData2D);
  if (data === null || data.value.length === 0) throw new Failure('face.no-image');
  const format = faceImageFormat(data.value);
  if (format === null) throw new Failure('face.unknown-format', { part: 'image' });
  return {
    format,
    statedFormat: statedFormat(numberAt(representation, imageDataFormatCode)),
    bytes: data.value,
    width: numberAt(representation, imageWidth) ?? 0,
    height: numberAt(representation, imageHeight) ?? 0,
  };
}

function numberAt(node: Tlv, path: readonly number[]): number | null {
  const found = find(node, ...path);
  if (found === null) return null;
  if (found.value.length > 4) throw malformed('number');
  return Number(decodeUnsigned(found.value));
}

// ImageDataFormatCode: jpeg 2, jpeg2000 lossy 3 and lossless 4.
function statedFormat(code: number | null): FaceImageFormat | null {
  if (code === 2) return 'jpeg';
  return code === 3 || code === 4 ? 'jpeg2000' : null;
}
