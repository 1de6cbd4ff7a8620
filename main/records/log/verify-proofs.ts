import { equal } from '../../result/bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import { emptyRoot, half, isOdd, nodeHash } from './merkle.ts';

type Tree = Pick<Checkpoint, 'size' | 'root'>;

/** Whether the path leads from this leaf's hash to the tree's root (RFC 9162 §2.1.3.2, of the same tree as RFC 6962). */
export function isIncluded(leafHash: Uint8Array, leaf: number, tree: Tree, path: readonly Uint8Array[]): boolean {
  if (leaf >= tree.size) return false;
  let at = leaf;
  let last = tree.size - 1;
  let root = leafHash;
  for (const sibling of path) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      root = nodeHash(sibling, root);
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else root = nodeHash(root, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && equal(root, tree.root);
}

/**
 * Whether the path shows that one tree continues the other (RFC 9162 §2.1.4.2). Of nothing every tree is a continuation, and
 * each of itself; neither has a path.
 */
export function isContinued(old: Tree, tree: Tree, path: readonly Uint8Array[]): boolean {
  if (old.size > tree.size) return false;
  if (old.size === 0) return path.length === 0 && equal(old.root, emptyRoot());
  if (old.size === tree.size) return path.length === 0 && equal(old.root, tree.root);
  const isPower = Number.isInteger(Math.log2(old.size));
  const [first, ...rest] = isPower ? [old.root, ...path] : path;
  if (first === undefined || path.length === 0) return false;
  let at = old.size - 1;
  let last = tree.size - 1;
  while (isOdd(at)) [at, last] = [half(at), half(last)];
  let [oldRoot, root] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      oldRoot = nodeHash(sibling, oldRoot);
      root = nodeHash(sibling, root);
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else root = nodeHash(root, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && equal(oldRoot, old.root) && equal(root, tree.root);
}
