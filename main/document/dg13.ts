import { decodeDataGroup, malformedGroup } from './data-group.ts';

const optionalDetails = 0x6d;

/**
 * DG13, optional details (9303-10 §4.7.13): what stands in it is the issuer's own affair, so its bytes are left alone.
 * Fails with `data-group.malformed`.
 */
export function parseDg13(file: Uint8Array): Uint8Array {
  const { value } = decodeDataGroup(13, file, { opaque: [optionalDetails] });
  if (value.length === 0) throw malformedGroup(13, 'empty');
  return value;
}
