import { decodeDataGroup, malformedGroup, withinGroup } from './data-group.ts';
import { decodeInteger } from './der.ts';
import { faceImageFormat } from './face-image-format.ts';
import { find, findAll, type Tlv } from './tlv.ts';
import type { SignatureImage } from './types.ts';

const count = 0x02;
const displayedSignature = 0x5f43;
/** 9303-10 §4.7.7.1 data element 01. */
const mostSignatures = 9;

/**
 * DG7, the displayed signature or usual mark (9303-10 §4.7.7): one to nine images, their number in front. Fails with
 * `data-group.malformed`.
 */
export function parseDg7(file: Uint8Array): readonly SignatureImage[] {
  const node = decodeDataGroup(7, file);
  const images = findAll(node, displayedSignature);
  if (images.length === 0 || images.length > mostSignatures) throw malformedGroup(7, 'number of images');
  const stated = find(node, count);
  if (stated === null || withinGroup(7, () => decodeInteger(stated.value)) !== BigInt(images.length)) {
    throw malformedGroup(7, 'number of images');
  }
  return images.map(signatureImage);
}

function signatureImage({ value }: Tlv): SignatureImage {
  const format = faceImageFormat(value);
  if (format === null) throw malformedGroup(7, 'image format');
  return { format, bytes: value };
}
