import type { PortraitView } from '../../preload/contract.ts';
import type { DecodedPortrait, DecodingRequest } from './portrait-decoder.ts';
import { spareWorker } from './spare-decoder.ts';
import { statedImage } from './stated-image.ts';
import { startDecoder } from './worker-address.ts';

// A portrait takes well under a second; a worker that has not answered by then is ended.
const longestDecoding = 10_000;

const decoders = spareWorker(startDecoder);

/**
 * Starts the worker of the next portrait before it has come: most of what a portrait takes is that start. Each still meets one portrait and
 * is ended. The answer ends it where no portrait came.
 */
export const prepareDecoder = decoders.prepare;

// One at a time: what two images may cost together nobody has weighed.
let before: Promise<unknown> = Promise.resolve();

/** The chip's portrait as a picture to draw; null where it cannot be shown. Nothing of it reaches a disk or an address. */
export function decodePortrait({ format, bytes }: PortraitView, signal: AbortSignal): Promise<ImageBitmap | null> {
  const stated = statedImage(bytes, format);
  if ('refused' in stated) return Promise.resolve(null);
  const picture = before.then(() => (signal.aborted ? null : inWorker({ format, ...stated }, signal)));
  before = picture.catch(() => undefined);
  return picture;
}

function inWorker(request: DecodingRequest, signal: AbortSignal): Promise<DecodedPortrait> {
  const worker = decoders.take();
  return new Promise<DecodedPortrait>((resolve) => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(longestDecoding)]);
    limit.addEventListener('abort', () => resolve(null), { once: true });
    worker.addEventListener('message', ({ data }: MessageEvent<DecodedPortrait>) => resolve(data), { once: true });
    worker.addEventListener('error', () => resolve(null), { once: true });
    worker.postMessage(request, [request.image.buffer]);
  }).finally(() => worker.terminate());
}
