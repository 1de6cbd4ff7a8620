import load from '@cornerstonejs/codec-openjpeg/decode';
import type { PortraitView } from '../../preload/contract.ts';
import { toPixels } from './pixels.ts';
import type { StatedImage } from './stated-image.ts';

/*
 * The worker that decodes a portrait: one image, one answer, then it is ended. A decoder is the first thing that a hostile
 * chip meets, so both formats are decoded apart from the page; JPEG 2000 as plain script, so that no policy has to allow
 * WebAssembly. It is given nothing whose stated cost was not weighed before (`stated-image.ts`).
 */

/** What the worker is asked for. */
export interface DecodingRequest extends StatedImage {
  readonly format: PortraitView['format'];
}

/** What the worker answers; null where the image could not be decoded, or came out in another size than it states. */
export type DecodedPortrait = ImageBitmap | null;

async function decode({ format, image, width, height }: DecodingRequest): Promise<DecodedPortrait> {
  const picture =
    format === 'jpeg'
      ? await createImageBitmap(new Blob([image], { type: 'image/jpeg' }))
      : await decodeCodestream(image);
  if (picture === null || (picture.width === width && picture.height === height)) return picture;
  picture.close();
  return null;
}

async function decodeCodestream(image: Uint8Array): Promise<DecodedPortrait> {
  const silent = () => undefined;
  const { J2KDecoder } = await load({ print: silent, printErr: silent });
  const decoder = new J2KDecoder();
  decoder.getEncodedBuffer(image.length).set(image);
  decoder.decode();
  const frame = decoder.getFrameInfo();
  const pixels = toPixels(frame, decoder.getDecodedBuffer());
  decoder.delete();
  return pixels === null ? null : createImageBitmap(new ImageData(pixels, frame.width, frame.height));
}

addEventListener('message', async ({ data }: MessageEvent<DecodingRequest>) => {
  // Decoders throw errors, exceptions and bare numbers, all of which say the same.
  const picture = await decode(data).catch(() => null);
  postMessage(picture, { transfer: picture === null ? [] : [picture] });
});
