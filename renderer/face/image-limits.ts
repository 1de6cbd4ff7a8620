/** Width and height in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Why an image is not given to a decoder: what it states of itself, in the words of its format. */
export type ImageRefusal =
  | 'damaged'
  | 'size'
  | 'components'
  | 'depth'
  | 'subsampling'
  | 'coding'
  | 'scans'
  | 'tiles'
  | 'levels'
  | 'layers'
  | 'code-blocks'
  | 'precincts'
  | 'palette';

/** An image that is refused before any decoder sees it. */
export class RefusedImage extends Error {
  override readonly name = 'RefusedImage';
  readonly reason: ImageRefusal;

  constructor(reason: ImageRefusal) {
    super(reason);
    this.reason = reason;
  }
}

/** Throws `RefusedImage` for that reason where something does not hold. */
export function hold(holds: boolean, reason: ImageRefusal): void {
  if (!holds) throw new RefusedImage(reason);
}

/*
 * What a decoder spends grows with what the image *states*, not with its bytes: 200 of them can state a picture, tiles or
 * precincts that exhaust the machine. Passport portraits have about 0.3 million pixels (ISO/IEC 19794-5 §8.4), one tile, and
 * a handful of layers or scans; the limits are a multiple of anything met and far from what hurts.
 */
export const imageLimits = {
  /** Pixels in all: decoders hold up to four components of four bytes for each. */
  pixels: 4_000_000,
  /** Pixels a side. */
  side: 4096,
  /** JPEG: each scan of a progressive image goes over all its blocks again (ISO/IEC 10918-1 G.1). */
  scans: 16,
  /** JPEG 2000: a decoder keeps coding parameters for each tile (ISO/IEC 15444-1 B.3). */
  tiles: 256,
  layers: 64,
  levels: 12,
  /** The binary logarithm of a code-block's smallest side; the standard allows 2 (ISO/IEC 15444-1 Table A.18). */
  codeBlockExponent: 4,
  /** Precincts of all tiles, components and resolutions: a decoder keeps trees for each (B.6). */
  precincts: 16_384,
  /** One for each layer of each precinct (B.9). */
  packets: 131_072,
} as const;

/** Whether a decoder may be given, or gave, an image of this size. */
export function isBearable({ width, height }: ImageSize): boolean {
  const { pixels, side } = imageLimits;
  return width > 0 && height > 0 && width <= side && height <= side && width * height <= pixels;
}
