import type { Ink } from './local-ink.ts';

/** A connected piece of ink: the middle of the box around it, and the box's size, in points of the picture. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Pieces that a picture is looked through for: a page has some hundred, noise has more. */
const mostPieces = 60_000;
const mostMarks = 5_000;
const lowest = 6;

class Pieces {
  readonly #parent: number[] = [];
  readonly left: number[] = [];
  readonly right: number[] = [];
  readonly top: number[] = [];
  readonly bottom: number[] = [];

  get count(): number {
    return this.#parent.length;
  }

  add(y: number, left: number, right: number): number {
    const id = this.#parent.length;
    this.#parent.push(id);
    this.left.push(left);
    this.right.push(right);
    this.top.push(y);
    this.bottom.push(y);
    return id;
  }

  root(id: number): number {
    let at = id;
    for (;;) {
      const above = this.#parent[at] ?? at;
      if (above === at) return at;
      const higher = this.#parent[above] ?? above;
      this.#parent[at] = higher;
      at = higher;
    }
  }

  grow(id: number, y: number, left: number, right: number): void {
    this.left[id] = Math.min(this.left[id] ?? left, left);
    this.right[id] = Math.max(this.right[id] ?? right, right);
    this.top[id] = Math.min(this.top[id] ?? y, y);
    this.bottom[id] = Math.max(this.bottom[id] ?? y, y);
  }

  join(one: number, other: number): number {
    const a = this.root(one);
    const b = this.root(other);
    if (a === b) return a;
    const [kept, lost] = a < b ? [a, b] : [b, a];
    this.#parent[lost] = kept;
    this.grow(kept, this.top[lost] ?? 0, this.left[lost] ?? 0, this.right[lost] ?? 0);
    this.grow(kept, this.bottom[lost] ?? 0, this.left[lost] ?? 0, this.right[lost] ?? 0);
    return kept;
  }
}

function piecesOf({ width, height, dark }: Ink): Pieces {
  const pieces = new Pieces();
  let above: number[] = [];
  for (let y = 0; y < height; y++) {
    // Runs of the row: left, right, piece.
    const runs: number[] = [];
    let before = 0;
    for (let x = 0; x < width; x++) {
      if (dark[y * width + x] !== 1) continue;
      const left = x;
      while (x + 1 < width && dark[y * width + x + 1] === 1) x++;
      while (before < above.length && (above[before + 1] ?? 0) < left - 1) before += 3;
      let id = -1;
      for (let at = before; at < above.length && (above[at] ?? 0) <= x + 1; at += 3) {
        const touched = above[at + 2] ?? 0;
        id = id === -1 ? pieces.root(touched) : pieces.join(id, touched);
      }
      if (id === -1) {
        if (pieces.count >= mostPieces) return pieces;
        id = pieces.add(y, left, x);
      } else pieces.grow(id, y, left, x);
      runs.push(left, x, id);
    }
    above = runs;
  }
  return pieces;
}

/** The pieces of ink that may be letters, by their size alone: at most some thousand, the largest. */
export function marksOf(ink: Ink): readonly Mark[] {
  const pieces = piecesOf(ink);
  const highest = Math.max(24, ink.height / 8);
  const marks: Mark[] = [];
  for (let id = 0; id < pieces.count; id++) {
    if (pieces.root(id) !== id) continue;
    const width = (pieces.right[id] ?? 0) - (pieces.left[id] ?? 0) + 1;
    const height = (pieces.bottom[id] ?? 0) - (pieces.top[id] ?? 0) + 1;
    if (height < lowest || height > highest || width < 2 || width > 1.6 * height) continue;
    marks.push({ x: (pieces.left[id] ?? 0) + width / 2, y: (pieces.top[id] ?? 0) + height / 2, width, height });
  }
  if (marks.length <= mostMarks) return marks;
  return marks.toSorted((a, b) => b.height - a.height).slice(0, mostMarks);
}
