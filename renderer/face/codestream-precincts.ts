import { hold, imageLimits } from './image-limits.ts';

/** One tile on the reference grid, its right and bottom not included. */
export interface Tile {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface TileGrid {
  readonly components: number;
  readonly tiles: readonly Tile[];
}

/** How components are coded: of each resolution, the smallest first, the binary logarithms of its precincts' sides. */
export interface CodingStyle {
  readonly precincts: readonly (readonly [width: number, height: number])[];
}

const wholePrecinct = 15;
const mostCodeBlockExponent = 10;
const mostCodeBlockArea = 12;

/**
 * Reads a coding style (ISO/IEC 15444-1 Tables A.12 to A.21): at `style` whether precincts are stated, at `parameters` levels,
 * code-block width and height, their style, the transformation, then the precincts. Throws `RefusedImage` past a limit.
 */
export function readCodingStyle(view: DataView, style: number, parameters: number): CodingStyle {
  const levels = view.getUint8(parameters);
  hold(levels <= imageLimits.levels, 'levels');
  const [width, height] = [view.getUint8(parameters + 1) + 2, view.getUint8(parameters + 2) + 2];
  const isBearable = (exponent: number) =>
    exponent >= imageLimits.codeBlockExponent && exponent <= mostCodeBlockExponent;
  hold(isBearable(width) && isBearable(height) && width + height <= mostCodeBlockArea, 'code-blocks');
  const areStated = (view.getUint8(style) & 1) === 1;
  const precincts = Array.from({ length: levels + 1 }, (_, resolution) => {
    const sides = areStated ? view.getUint8(parameters + 5 + resolution) : (wholePrecinct << 4) | wholePrecinct;
    const exponents = [sides & 15, sides >> 4] as const;
    // A.6.1: only the smallest resolution may have precincts of one sample.
    hold(resolution === 0 || (exponents[0] > 0 && exponents[1] > 0), 'precincts');
    return exponents;
  });
  return { precincts };
}

/** How many precincts a decoder keeps for this style, over all tiles, components and resolutions (B.5, B.6). */
export function precinctsOf({ components, tiles }: TileGrid, { precincts }: CodingStyle): number {
  let count = 0;
  for (const tile of tiles) {
    for (const [resolution, [width, height]] of precincts.entries()) {
      const scale = 2 ** (precincts.length - 1 - resolution);
      const across = spans(Math.ceil(tile.left / scale), Math.ceil(tile.right / scale), 2 ** width);
      const down = spans(Math.ceil(tile.top / scale), Math.ceil(tile.bottom / scale), 2 ** height);
      count += across * down * components;
    }
  }
  return count;
}

function spans(from: number, to: number, step: number): number {
  return to > from ? Math.ceil(to / step) - Math.floor(from / step) : 0;
}
