import type { PortraitView } from '../../preload/contract.ts';
import { readCodestream } from './codestream-statement.ts';
import { type ImageRefusal, type ImageSize, RefusedImage } from './image-limits.ts';
import { codestreamIn } from './jp2-boxes.ts';
import { readJpeg } from './jpeg-statement.ts';

/** What is given to a decoder: the image without what only costs, and the size that must come out of it. */
export interface StatedImage extends ImageSize {
  readonly image: Uint8Array<ArrayBuffer>;
}

/**
 * What an image states of itself, read before any decoder sees it; `refused` says why none may. Never throws for what the
 * bytes hold.
 */
export function statedImage(
  bytes: Uint8Array,
  format: PortraitView['format'],
): StatedImage | { readonly refused: ImageRefusal } {
  try {
    if (format === 'jpeg') return readJpeg(bytes);
    const { width, height, image } = readCodestream(format === 'jpeg2000' ? codestreamIn(bytes) : bytes);
    return { width, height, image: new Uint8Array(image) };
  } catch (thrown) {
    if (thrown instanceof RefusedImage) return { refused: thrown.reason };
    // A DataView refuses to read past the end: the header is cut off.
    if (thrown instanceof RangeError) return { refused: 'damaged' };
    throw thrown;
  }
}
