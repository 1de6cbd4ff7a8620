import type { PortraitView } from '../../preload/contract.ts';
import { isBearable, statedSize } from './image-size.ts';
import type { DecodedImage } from './jpeg2000.ts';
import { startDecoder } from './worker-address.ts';

// A portrait takes well under a second; a worker that has not answered by then is ended.
const longestDecoding = 10_000;

/** The chip's portrait as a picture to draw; null where it cannot be shown. Nothing of it reaches a disk or an address. */
export async function decodePortrait(
  { format, bytes }: PortraitView,
  signal: AbortSignal,
): Promise<ImageBitmap | null> {
  const size = statedSize(bytes, format);
  if (size === null || !isBearable(size)) return null;
  try {
    if (format === 'jpeg') return await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }));
    const decoded = await inWorker(bytes, signal);
    if (decoded === null) return null;
    const pixels = new Uint8ClampedArray(decoded.pixels);
    return await createImageBitmap(new ImageData(pixels, decoded.width, decoded.height));
  } catch (thrown) {
    // What the browser's own decoder makes of a damaged image.
    if (thrown instanceof DOMException) return null;
    throw thrown;
  }
}

function inWorker(bytes: Uint8Array, signal: AbortSignal): Promise<DecodedImage> {
  const worker = startDecoder();
  return new Promise<DecodedImage>((resolve) => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(longestDecoding)]);
    limit.addEventListener('abort', () => resolve(null), { once: true });
    worker.addEventListener('message', ({ data }: MessageEvent<DecodedImage>) => resolve(data), { once: true });
    worker.addEventListener('error', () => resolve(null), { once: true });
    worker.postMessage(bytes);
  }).finally(() => worker.terminate());
}
