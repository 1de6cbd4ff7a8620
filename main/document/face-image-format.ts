import type { FaceImageFormat } from './types.ts';

const beginnings: readonly (readonly [FaceImageFormat, readonly number[]])[] = [
  ['jpeg', [0xff, 0xd8, 0xff]],
  // The signature box of JP2 (ISO/IEC 15444-1 §I.5.1).
  ['jpeg2000', [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20]],
  // SOC and SIZ: a codestream without its box (ISO/IEC 15444-1 §A.4).
  ['jpeg2000-codestream', [0xff, 0x4f, 0xff, 0x51]],
];

/** What kind of image these bytes are, by their beginning alone; null where it is none of the three. */
export function faceImageFormat(bytes: Uint8Array): FaceImageFormat | null {
  const found = beginnings.find(([, start]) => start.every((byte, index) => bytes[index] === byte));
  return found === undefined ? null : found[0];
}
