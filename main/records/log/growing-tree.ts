import { emptyRoot, half, isOdd, nodeHash } from './merkle.ts';

/**
 * The roots of the complete subtrees that a tree of some size is made of, the largest first: one for each bit that is set in
 * the size (RFC 6962 §2.1). They are all that is needed to let the tree grow.
 */
export type Peaks = readonly Uint8Array[];

/** What one leaf adds to a tree. */
export interface Grown {
  /** The leaf's hash, then the root of each subtree that this leaf makes complete, the smallest first. */
  readonly completed: readonly Uint8Array[];
  readonly peaks: Peaks;
}

/** The tree of `size` leaves with one leaf more: as many hashes as there are ones at the end of the size in binary. */
export function grow(peaks: Peaks, size: number, leaf: Uint8Array): Grown {
  const left = [...peaks];
  const completed = [leaf];
  let node = leaf;
  for (let rest = size; isOdd(rest); rest = half(rest)) {
    const sibling = left.pop();
    if (sibling === undefined) throw new RangeError('fewer peaks than the size says');
    node = nodeHash(sibling, node);
    completed.push(node);
  }
  return { completed, peaks: [...left, node] };
}

/** The root of the tree with these peaks; of a tree with one leaf or more. */
export function rootOfPeaks(peaks: Peaks): Uint8Array {
  return peaks.reduceRight((right, left) => nodeHash(left, right));
}

/** The root of the tree with these peaks, of an empty one too. */
export function rootOf(peaks: Peaks): Uint8Array {
  return peaks.length === 0 ? emptyRoot() : rootOfPeaks(peaks);
}

/** Where a complete subtree stands: of 2^level leaves, the index-th of its size from the left. */
export interface SubtreePlace {
  readonly level: number;
  readonly index: number;
}

/** The places of the peaks of a tree of this size, the largest first. */
export function placesOfPeaks(size: number): readonly SubtreePlace[] {
  const places: SubtreePlace[] = [];
  let level = 0;
  for (let rest = size; rest > 0; rest = half(rest)) {
    if (isOdd(rest)) places.unshift({ level, index: rest - 1 });
    level += 1;
  }
  return places;
}

/** The leaf with which a complete subtree became complete: its last one, by its index. */
export function completingLeaf({ level, index }: SubtreePlace): number {
  return (index + 1) * 2 ** level - 1;
}
