import { openMany, sealMany } from '../../crypto/bulk.ts';
import type { RandomSource } from '../../crypto/random.ts';
import { concat, toHex } from '../../result/bytes.ts';
import type { CompactHolder } from './compact-holder.ts';

/*
 * What a layer's seals are bound to: its file's name, which the marked head of the register names (docs/decisions/0012-marks.md), and
 * the place in it. Whoever keeps an older layer cannot lay it, or a part of it, under the name of a newer one: nothing of it opens.
 */

const idBytes = 20;
/** Of 16 digits were the names of layers whose seals were bound to nothing, of 32 those whose tokens were not sealed. */
const nameForm = /^roster-(?:[0-9a-f]{40}|[0-9a-f]{32}|[0-9a-f]{16})\.db$/;
const boundForm = /^roster-(?:[0-9a-f]{40}|[0-9a-f]{32})\.db$/;
const tokensForm = /^roster-[0-9a-f]{40}\.db$/;
const utf8 = new TextEncoder();
const unbound = utf8.encode('styrk/holders/2');

/** The name of a layer's file, which no other has. */
export function newLayerFile(random: RandomSource): string {
  return `roster-${toHex(random(idBytes))}.db`;
}

/** Whether a file may be a layer, of whichever form. */
export function isLayerFile(name: string): boolean {
  return nameForm.test(name);
}

/** Whether the seals of a layer are bound to it. The name says so, which nobody alters who cannot alter marked rows. */
function isBound(file: string): boolean {
  return boundForm.test(file);
}

/** Whether a layer's tokens of ids and of numbers are sealed. */
export function tokensAreSealed(file: string): boolean {
  return tokensForm.test(file);
}

const contextOf = (file: string, place: string): Uint8Array =>
  isBound(file) ? utf8.encode(`styrk/holders/3/${file}/${place}`) : unbound;

/** Seals people together, as a block of a layer. */
export function sealBlock(
  key: Uint8Array,
  holders: readonly CompactHolder[],
  place: { readonly file: string; readonly block: number },
  random: RandomSource,
): Uint8Array {
  const plain = utf8.encode(JSON.stringify(holders));
  return sealMany(key, plain, contextOf(place.file, String(place.block)), random);
}

/** Null where the seal does not open, or is another layer's or another block's. */
export function openBlock(
  key: Uint8Array,
  sealed: Uint8Array,
  place: { readonly file: string; readonly block: number },
): readonly CompactHolder[] | null {
  const plain = openMany(key, sealed, contextOf(place.file, String(place.block)));
  return plain === null ? null : (JSON.parse(new TextDecoder().decode(plain)) as readonly CompactHolder[]);
}

/** Seals which rows of a layer are gone: cleared, somebody would be there again as they were before. */
export function sealGone(key: Uint8Array, gone: Uint8Array, file: string, random: RandomSource): Uint8Array {
  return sealMany(key, gone, contextOf(file, 'gone'), random);
}

/** Null where the seal does not open; of layers of old nothing is sealed. */
export function openGone(key: Uint8Array, stored: Uint8Array | null, file: string): Uint8Array | null {
  if (!isBound(file)) return stored ?? new Uint8Array();
  return stored === null ? null : openMany(key, stored, contextOf(file, 'gone'));
}

/** Sealed blocks in one buffer, which goes from thread to thread as one. */
export function together(blocks: readonly Uint8Array[]): readonly Uint8Array[] {
  const whole = concat(...blocks);
  let at = 0;
  return blocks.map(({ length }) => {
    at += length;
    return whole.subarray(at - length, at);
  });
}
