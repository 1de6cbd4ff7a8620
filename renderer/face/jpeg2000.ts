import load from '@cornerstonejs/codec-openjpeg/decode';
import { toPixels } from './pixels.ts';

/*
 * The worker that decodes JPEG 2000: one image, one answer, then it is ended. A decoder is the first thing that a hostile
 * chip meets, so it runs apart from the page, and as plain script: no policy has to allow WebAssembly.
 */

/** What the worker answers; null where the image could not be decoded. */
export type DecodedImage = { readonly width: number; readonly height: number; readonly pixels: ArrayBuffer } | null;

async function decode(bytes: Uint8Array): Promise<DecodedImage> {
  const silent = () => undefined;
  const { J2KDecoder } = await load({ print: silent, printErr: silent });
  const decoder = new J2KDecoder();
  decoder.getEncodedBuffer(bytes.length).set(bytes);
  decoder.decode();
  const frame = decoder.getFrameInfo();
  const pixels = toPixels(frame, decoder.getDecodedBuffer());
  decoder.delete();
  return pixels === null ? null : { width: frame.width, height: frame.height, pixels: pixels.buffer };
}

addEventListener('message', async ({ data }: MessageEvent<unknown>) => {
  const decoded = data instanceof Uint8Array ? await decode(data).catch(() => null) : null;
  postMessage(decoded, { transfer: decoded === null ? [] : [decoded.pixels] });
});
