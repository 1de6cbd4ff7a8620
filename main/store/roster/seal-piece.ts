import type { RandomSource } from '../../crypto/random.ts';
import type { Holder } from '../../holders/holder.ts';
import { compactHolder } from './compact-holder.ts';
import type { HolderTokenizer } from './holder-tokens.ts';
import { blockRows, rowOf } from './layer.ts';
import { sealBlock, together } from './layer-seals.ts';

/** People as they go into a layer: nothing of them is left in clear. */
export interface SealedPiece {
  /** All in one buffer; the first is the block that the piece was given as its first. */
  readonly blocks: readonly Uint8Array[];
  readonly people: number;
  /** Pairs of 32 bits, the lower first: 40 bits of token above 24 of the row, counted from the first of the piece. */
  readonly postings: Uint32Array<ArrayBuffer>;
  /** A beginning's token, the word's token, and so on. */
  readonly beginnings: readonly number[];
}

/** Bits of a posting that are the row; `sortPostings` and the merge go by them too. */
export const rowBits = 24;
const tokenLow = 2 ** (32 - rowBits);

/**
 * Seals people for a layer, as its blocks from `first` on; `lines` are those of the file, 0 for whoever comes from a layer below.
 */
export function sealPiece(
  holders: readonly Holder[],
  lines: readonly number[],
  place: { readonly file: string; readonly first: number },
  around: { readonly layerKey: Uint8Array; readonly tokenizer: HolderTokenizer; readonly random: RandomSource },
): SealedPiece {
  const { tokens, ends, beginnings } = around.tokenizer.of(holders);
  const postings = new Uint32Array(2 * tokens.length);
  let from = 0;
  for (let position = 0; position < ends.length; position++) {
    const row = rowOf(Math.floor(position / blockRows), position % blockRows);
    const end = ends[position] ?? 0;
    for (; from < end; from++) {
      const token = tokens[from] ?? 0;
      postings[2 * from] = (token % tokenLow) * 2 ** rowBits + row;
      postings[2 * from + 1] = Math.floor(token / tokenLow);
    }
  }
  const compact = holders.map((holder, position) => compactHolder(holder, lines[position] ?? 0));
  const blocks: Uint8Array[] = [];
  for (let from = 0; from < compact.length; from += blockRows) {
    const block = place.first + from / blockRows;
    const people = compact.slice(from, from + blockRows);
    blocks.push(sealBlock(around.layerKey, people, { file: place.file, block }, around.random));
  }
  return { blocks: together(blocks), people: holders.length, postings, beginnings };
}
