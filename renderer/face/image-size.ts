import type { PortraitView } from '../../preload/contract.ts';

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** No portrait is larger: what claims to be is not given to a decoder. */
export const largestSide = 4096;

/** Whether a decoder may be given an image of this size. */
export function isBearable({ width, height }: ImageSize): boolean {
  return width > 0 && height > 0 && width <= largestSide && height <= largestSide;
}

/** The size that an image states in its own header, read before anything is decoded; null where it states none. */
export function statedSize(bytes: Uint8Array, format: PortraitView['format']): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (format === 'jpeg') return jpegSize(view);
    return codestreamSize(view, format === 'jpeg2000' ? codestreamAt(view) : 0);
  } catch (thrown) {
    // A DataView refuses to read past the end: the header is cut off.
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

// ISO/IEC 10918-1 Annex B: markers with lengths until a frame header (SOF0 to SOF15 without DHT, JPG and DAC).
function jpegSize(view: DataView): ImageSize | null {
  if (view.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  while (at < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    const length = view.getUint16(at + 2);
    if (length < 2 || marker === 0xda) return null;
    at += 2 + length;
  }
  return null;
}

// ISO/IEC 15444-1 Annex I: boxes of four bytes length and four bytes type; the codestream lies in `jp2c`.
function codestreamAt(view: DataView): number {
  let at = 0;
  while (at < view.byteLength) {
    const length = view.getUint32(at);
    const isCodestream = view.getUint32(at + 4) === 0x6a703263;
    const header = length === 1 ? 16 : 8;
    if (isCodestream) return at + header;
    const whole = length === 1 ? Number(view.getBigUint64(at + 8)) : length;
    if (whole < header) throw new RangeError('a box that ends before its content');
    at += whole;
  }
  throw new RangeError('no codestream');
}

// ISO/IEC 15444-1 §A.5.1: SIZ follows SOC at once; the image is the reference grid without its offset.
function codestreamSize(view: DataView, at: number): ImageSize | null {
  if (view.getUint32(at) !== 0xff4fff51) return null;
  const [right, bottom, left, top] = [8, 12, 16, 20].map((offset) => view.getUint32(at + offset));
  if (right === undefined || bottom === undefined || left === undefined || top === undefined) return null;
  if (right > largestSide || bottom > largestSide) return { width: right, height: bottom };
  return { width: right - left, height: bottom - top };
}
