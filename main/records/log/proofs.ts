import type { SubtreePlace } from './growing-tree.ts';
import { nodeHash } from './merkle.ts';

/** The kept root of a complete subtree. */
export type ReadSubtree = (place: SubtreePlace) => Uint8Array;

/** The hashes that lead from a leaf to the root of the tree of `size` leaves (RFC 6962 §2.1.1), the leaf's sibling first. */
export function inclusionPath(leaf: number, size: number, read: ReadSubtree): readonly Uint8Array[] {
  if (leaf < 0 || leaf >= size) throw new RangeError('no leaf of this tree');
  const path: Uint8Array[] = [];
  let start = 0;
  let length = size;
  while (length > 1) {
    const left = largestPowerBelow(length);
    const isLeft = leaf < start + left;
    path.unshift(isLeft ? rootOfRange(start + left, length - left, read) : rootOfRange(start, left, read));
    if (isLeft) length = left;
    else {
      start += left;
      length -= left;
    }
  }
  return path;
}

/** The hashes that show that the tree of `size` leaves continues that of the first `old` ones (RFC 6962 §2.1.2). */
export function consistencyPath(old: number, size: number, read: ReadSubtree): readonly Uint8Array[] {
  if (old < 0 || old > size) throw new RangeError('no beginning of this tree');
  if (old === 0 || old === size) return [];
  const path: Uint8Array[] = [];
  let start = 0;
  let length = size;
  // Whether what is left of the old tree is the old tree itself, whose root the asker has.
  let isWhole = true;
  while (start + length !== old) {
    const left = largestPowerBelow(length);
    if (old <= start + left) {
      path.unshift(rootOfRange(start + left, length - left, read));
      length = left;
    } else {
      path.unshift(rootOfRange(start, left, read));
      start += left;
      length -= left;
      isWhole = false;
    }
  }
  return isWhole ? path : [rootOfRange(start, length, read), ...path];
}

// MTH(D[start : start + length]); every range that is asked for begins at a multiple of its largest power of two.
function rootOfRange(start: number, length: number, read: ReadSubtree): Uint8Array {
  const level = Math.log2(length);
  if (Number.isInteger(level)) return read({ level, index: start / length });
  const left = largestPowerBelow(length);
  return nodeHash(rootOfRange(start, left, read), rootOfRange(start + left, length - left, read));
}

/** The largest power of two that is smaller than a number of two or more. */
function largestPowerBelow(number: number): number {
  let power = 1;
  while (power * 2 < number) power *= 2;
  return power;
}
