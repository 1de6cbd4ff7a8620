import { type ImageSize, isBearable } from './image-limits.ts';

/** Samples as a decoder gives them: 8 bits each, components of a pixel side by side. */
export interface Samples extends ImageSize {
  readonly componentCount: number;
  readonly bitsPerSample: number;
  readonly isSigned: boolean;
}

/**
 * Decoded samples as RGBA pixels for a canvas; grey images become grey pixels. Null where the frame is empty, too large,
 * not of 8 bits, or the samples are fewer than the frame needs.
 */
export function toPixels(frame: Samples, samples: Uint8Array): Uint8ClampedArray<ArrayBuffer> | null {
  const { width, height, componentCount: count, bitsPerSample, isSigned } = frame;
  const known = count === 1 || count === 3 || count === 4;
  if (!isBearable(frame) || !known || bitsPerSample !== 8 || isSigned) return null;
  if (samples.length < width * height * count) return null;
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let part = 0; part < 3; part++) {
      pixels[pixel * 4 + part] = samples[pixel * count + (count === 1 ? 0 : part)] ?? 0;
    }
  }
  return pixels;
}
