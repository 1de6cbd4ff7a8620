import { type CodingStyle, precinctsOf, readCodingStyle, type TileGrid } from './codestream-precincts.ts';
import { hold, type ImageSize, imageLimits, isBearable, RefusedImage } from './image-limits.ts';

/*
 * What a JPEG 2000 codestream states of itself (ISO/IEC 15444-1 Annex A): its main header and the headers of all its
 * tile-parts, each of which may state the coding anew. Walked by the stated lengths, as the decoder walks it; where that
 * does not lead from one known marker to the next, nothing is decoded.
 */

const marker = { soc: 0xff4f, siz: 0xff51, cod: 0xff52, coc: 0xff53, sot: 0xff90, sod: 0xff93, eoc: 0xffd9 };
// TLM, PLM, PLT, QCD, QCC, RGN, POC, CRG, COM: known, and of no cost that their bytes do not have (Table A.2).
const harmless: readonly number[] = [0xff55, 0xff57, 0xff58, 0xff5c, 0xff5d, 0xff5e, 0xff5f, 0xff63, 0xff64];
// High-throughput coding and other later parts state themselves here (A.5.1, Table A.10).
const laterParts = 0xc000;

/** A codestream that a decoder may be given; `image` ends where its structure ends. */
export interface StatedCodestream extends ImageSize {
  readonly components: number;
  readonly image: Uint8Array;
}

/** Reads what a codestream states. Throws `RefusedImage`, or `RangeError` where it is cut off. */
export function readCodestream(bytes: Uint8Array): StatedCodestream {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  hold(view.getUint16(0) === marker.soc && view.getUint16(2) === marker.siz, 'damaged');
  const { size, grid, end } = readSiz(view, 4);
  const costs = new Costs(grid);
  let at = headerEnd(view, end, marker.sot, costs);
  costs.stated();
  for (;;) {
    // A.4.2: Lsot, Isot, Psot, TPsot, TNsot.
    hold(view.getUint16(at + 2) === 10 && view.getUint16(at + 4) < grid.tiles.length, 'tiles');
    const stated = view.getUint32(at + 6);
    const data = headerEnd(view, at + 12, marker.sod, costs);
    costs.stated();
    // Nothing stated: the last one, up to the end of the codestream.
    if (stated === 0) return { ...size, components: grid.components, image: bytes };
    const next = at + stated;
    hold(next >= data + 2, 'damaged');
    // Some encoders leave the end marker out, and some images are cut: what is there is decoded.
    if (next + 2 > bytes.length) return { ...size, components: grid.components, image: bytes };
    const following = view.getUint16(next);
    if (following === marker.eoc) {
      return { ...size, components: grid.components, image: bytes.subarray(0, next + 2) };
    }
    hold(following === marker.sot, 'damaged');
    at = next;
  }
}

// A.5.1: Lsiz, Rsiz, the reference grid, the tiles on it, and each component's depth and sampling.
function readSiz(
  view: DataView,
  at: number,
): { readonly size: ImageSize; readonly grid: TileGrid; readonly end: number } {
  const length = view.getUint16(at);
  hold((view.getUint16(at + 2) & laterParts) === 0, 'coding');
  const [right, bottom, left, top, tileWidth, tileHeight, tileLeft, tileTop] = [4, 8, 12, 16, 20, 24, 28, 32].map(
    (offset) => view.getUint32(at + offset),
  ) as [number, number, number, number, number, number, number, number];
  const components = view.getUint16(at + 36);
  hold(components === 1 || components === 3 || components === 4, 'components');
  hold(length === 38 + 3 * components, 'damaged');
  for (let index = 0; index < components; index++) {
    const of = at + 38 + 3 * index;
    hold(view.getUint8(of) === 7, 'depth');
    hold(view.getUint8(of + 1) === 1 && view.getUint8(of + 2) === 1, 'subsampling');
  }
  const size = { width: right - left, height: bottom - top };
  hold(isBearable(size) && right <= 0xffff && bottom <= 0xffff, 'size');
  // B.3: the first tile holds the image's first sample.
  const firstHolds = tileLeft <= left && tileTop <= top && tileLeft + tileWidth > left && tileTop + tileHeight > top;
  hold(tileWidth > 0 && tileHeight > 0 && firstHolds, 'tiles');
  const [across, down] = [Math.ceil((right - tileLeft) / tileWidth), Math.ceil((bottom - tileTop) / tileHeight)];
  hold(across * down <= imageLimits.tiles, 'tiles');
  const tiles = Array.from({ length: across * down }, (_, index) => {
    const [column, row] = [index % across, Math.floor(index / across)];
    return {
      left: Math.max(tileLeft + column * tileWidth, left),
      top: Math.max(tileTop + row * tileHeight, top),
      right: Math.min(tileLeft + (column + 1) * tileWidth, right),
      bottom: Math.min(tileTop + (row + 1) * tileHeight, bottom),
    };
  });
  return { size, grid: { components, tiles }, end: at + length };
}

// The segments of a header up to the marker that ends it; where that stands.
function headerEnd(view: DataView, from: number, ending: number, costs: Costs): number {
  let at = from;
  for (;;) {
    const code = view.getUint16(at);
    if (code === ending) return at;
    const isStyle = code === marker.cod || code === marker.coc;
    hold(isStyle || harmless.includes(code), 'damaged');
    const length = view.getUint16(at + 2);
    hold(length >= 2, 'damaged');
    if (code === marker.cod) costs.add(view.getUint16(at + 6), readCodingStyle(view, at + 4, at + 9));
    // A.6.2: one byte names the component, since there are fewer than 257.
    if (code === marker.coc) costs.add(null, readCodingStyle(view, at + 5, at + 6));
    at += 2 + length;
  }
}

/**
 * What the stated coding costs at the most. A later statement may hold for one tile or component alone; counted as if it
 * held for all, it is never less than what a decoder spends.
 */
class Costs {
  readonly #grid: TileGrid;
  #statements = 0;
  #layers = 0;
  #precincts = 0;

  constructor(grid: TileGrid) {
    this.#grid = grid;
  }

  add(layers: number | null, style: CodingStyle): void {
    this.#statements += 1;
    // Each tile may state it for all components and for each one (A.6.1, A.6.2); more are of no use.
    const { components, tiles } = this.#grid;
    hold(this.#statements <= (components + 1) * (tiles.length + 1), 'coding');
    if (layers !== null) {
      hold(layers >= 1 && layers <= imageLimits.layers, 'layers');
      this.#layers = Math.max(this.#layers, layers);
    }
    this.#precincts = Math.max(this.#precincts, precinctsOf(this.#grid, style));
  }

  stated(): void {
    // A.6.1: the main header states it.
    if (this.#layers === 0) throw new RefusedImage('damaged');
    const { precincts, packets } = imageLimits;
    hold(this.#precincts <= precincts && this.#precincts * this.#layers <= packets, 'precincts');
  }
}
