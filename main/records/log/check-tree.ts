import { equal } from '../../result/bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import { grow, type Peaks, rootOf } from './growing-tree.ts';
import type { BrokenLeaf, LogFault } from './log-report.ts';
import { hashLength, leafHash } from './merkle.ts';

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
 * whether all of it leads to the checkpoint's root. Leaves come in their order.
 */
export class TreeWalk {
  readonly #broken: BrokenLeaf[] = [];
  readonly #named = new Map<LogFault, number>();
  #peaks: Peaks;
  #size: number;
  #isTreeWhole = true;

  /** From the first leaf, or after so many whose peaks are known. */
  constructor(from: { readonly size: number; readonly peaks: Peaks } = { size: 0, peaks: [] }) {
    this.#size = from.size;
    this.#peaks = from.peaks;
  }

  take(found: FoundLeaf): void {
    // What stands past a gap leads nowhere: the leaves after it are compared with their records alone.
    if (found.leaf !== this.#size) {
      this.#report('log.leaf-wrong', this.#size + 1);
      this.#isTreeWhole = false;
      if (typeof found.leaf !== 'number' || found.leaf < this.#size) return;
      this.#size = found.leaf;
      this.#peaks = placeholders(this.#size);
    }
    const hashes = found.hashes instanceof Uint8Array ? found.hashes : new Uint8Array(0);
    const stored = hashes.subarray(0, hashLength);
    const expected = found.entry === null ? stored : leafHash(found.entry);
    if (stored.length !== hashLength || !equal(stored, expected)) this.#report('log.leaf-wrong', this.#size + 1);
    const grown = grow(this.#peaks, this.#size, stored.length === hashLength ? stored : new Uint8Array(hashLength));
    if (this.#isTreeWhole && !isOneAfterTheOther(hashes, grown.completed)) {
      this.#report('log.root-wrong', null);
      this.#isTreeWhole = false;
    }
    this.#peaks = grown.peaks;
    this.#size += 1;
  }

  /** The walk has come to the end that the checkpoint says. */
  end(checkpoint: Checkpoint): readonly BrokenLeaf[] {
    if (this.#size !== checkpoint.size) this.#report('log.size-wrong', null);
    else if (this.#isTreeWhole && !equal(rootOf(this.#peaks), checkpoint.root)) this.#report('log.root-wrong', null);
    return this.#broken;
  }

  #report(code: LogFault, number: number | null): void {
    const before = this.#named.get(code) ?? 0;
    this.#named.set(code, before + 1);
    if (before < mostNamed) this.#broken.push({ number, code });
  }
}

/** Walks the tree of leaves that are at hand. */
export function checkTree(leaves: Iterable<FoundLeaf>, checkpoint: Checkpoint): readonly BrokenLeaf[] {
  const walk = new TreeWalk();
  for (const found of leaves) walk.take(found);
  return walk.end(checkpoint);
}

/** Whether a row's bytes are these hashes, one after the other. */
export function isOneAfterTheOther(bytes: Uint8Array, parts: readonly Uint8Array[]): boolean {
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
