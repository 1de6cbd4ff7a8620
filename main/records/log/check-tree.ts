import { equal } from '../../result/bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import { grow, type Peaks, rootOfPeaks } from './growing-tree.ts';
import type { BrokenLeaf, LogFault } from './log-report.ts';
import { emptyRoot, hashLength, leafHash } from './merkle.ts';

/** A leaf as it lies in a database that anyone may have written to, with its record's hash beside it: null where that is gone. */
export interface FoundLeaf {
  readonly leaf: unknown;
  readonly hashes: unknown;
  readonly entry: Uint8Array | null;
}

/** How many leaves are named one by one. */
const mostNamed = 100;

/**
 * Walks the tree and names what is not as it was written: a leaf that is gone or not its record's, hashes above it, and
 * whether all of it leads to the checkpoint's root. `leaves` come in their order.
 */
export function checkTree(leaves: Iterable<FoundLeaf>, checkpoint: Checkpoint): readonly BrokenLeaf[] {
  const broken: BrokenLeaf[] = [];
  const named = new Map<LogFault, number>();
  const report = (code: LogFault, number: number | null): void => {
    const before = named.get(code) ?? 0;
    named.set(code, before + 1);
    if (before < mostNamed) broken.push({ number, code });
  };
  let peaks: Peaks = [];
  let size = 0;
  let isTreeWhole = true;
  for (const found of leaves) {
    // What stands past a gap leads nowhere: the leaves after it are compared with their records alone.
    if (found.leaf !== size) {
      report('log.leaf-wrong', size + 1);
      isTreeWhole = false;
      if (typeof found.leaf !== 'number' || found.leaf < size) continue;
      size = found.leaf;
      peaks = placeholders(size);
    }
    const hashes = found.hashes instanceof Uint8Array ? found.hashes : new Uint8Array(0);
    const stored = hashes.subarray(0, hashLength);
    const expected = found.entry === null ? stored : leafHash(found.entry);
    if (stored.length !== hashLength || !equal(stored, expected)) report('log.leaf-wrong', size + 1);
    const grown = grow(peaks, size, stored.length === hashLength ? stored : new Uint8Array(hashLength));
    if (isTreeWhole && !isOneAfterTheOther(hashes, grown.completed)) {
      report('log.root-wrong', null);
      isTreeWhole = false;
    }
    peaks = grown.peaks;
    size += 1;
  }
  if (size !== checkpoint.size) report('log.size-wrong', null);
  else if (isTreeWhole && !equal(size === 0 ? emptyRoot() : rootOfPeaks(peaks), checkpoint.root))
    report('log.root-wrong', null);
  return broken;
}

function isOneAfterTheOther(bytes: Uint8Array, parts: readonly Uint8Array[]): boolean {
  return (
    bytes.length === parts.length * hashLength &&
    parts.every((part, index) => equal(part, bytes.subarray(index * hashLength, (index + 1) * hashLength)))
  );
}

// As many peaks as a tree of this size has; what is grown on them counts no more.
function placeholders(size: number): Peaks {
  const ones = size.toString(2).replaceAll('0', '').length;
  return Array.from({ length: ones }, () => new Uint8Array(hashLength));
}
