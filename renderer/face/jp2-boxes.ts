import { hold, RefusedImage } from './image-limits.ts';

const codestream = 0x6a703263;
const header = 0x6a703268;
const palette = 0x70636c72;

interface Box {
  readonly type: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The codestream in a JP2 file (ISO/IEC 15444-1 Annex I), without its boxes: colour profiles, palettes and channel
 * definitions never reach the decoder. Throws `RefusedImage`, or `RangeError` where it is cut off before its codestream.
 */
export function codestreamIn(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at < bytes.length) {
    const box = boxAt(view, at, bytes.length);
    if (box.type === codestream) return bytes.subarray(box.from, box.to);
    // I.5.3.4: the codestream of a palette's indices is no picture of a face.
    if (box.type === header) hold(!holds(view, box, palette), 'palette');
    at = box.to;
  }
  throw new RefusedImage('damaged');
}

function holds(view: DataView, { from, to }: Box, type: number): boolean {
  let at = from;
  while (at < to) {
    const box = boxAt(view, at, to);
    if (box.type === type) return true;
    at = box.to;
  }
  return false;
}

// I.4: four bytes length, four bytes type; 1 means that eight bytes of length follow, 0 that the box goes to the end.
function boxAt(view: DataView, at: number, end: number): Box {
  const length = view.getUint32(at);
  const type = view.getUint32(at + 4);
  const long = length === 1;
  const whole = long ? Number(view.getBigUint64(at + 8)) : length === 0 ? end - at : length;
  const from = at + (long ? 16 : 8);
  const to = at + whole;
  // A codestream that is cut off is decoded as far as it goes; any other box has its stated length.
  hold(to >= from && (to <= end || type === codestream), 'damaged');
  return { type, from, to: Math.min(to, end) };
}
