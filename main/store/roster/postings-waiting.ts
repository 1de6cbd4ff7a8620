import { rowBits } from './seal-piece.ts';

/**
 * Postings that wait for their run, in one array that is used again and again: arrays that come and go in such sizes are memory
 * that the collector leaves about for long.
 */
export class PostingsWaiting {
  #held: Uint32Array<ArrayBuffer>;
  #length = 0;

  /** A run is begun anew as soon as it has `usual` postings; one piece may bring more. */
  constructor(usual: number) {
    this.#held = new Uint32Array(2 * (usual + room));
  }

  get count(): number {
    return this.#length / 2;
  }

  /** Where it answers false, what waits is to be taken first. */
  hasRoomFor(postings: Uint32Array): boolean {
    return this.#length === 0 || this.#length + postings.length <= this.#held.length;
  }

  /** Adds a piece's postings, whose rows are counted on from `offset`: with it, each still has a row of 24 bits. */
  add(postings: Uint32Array, offset: number): void {
    const end = this.#length + postings.length;
    if (end > this.#held.length) this.#held = new Uint32Array(end);
    if (offset >= 2 ** rowBits) throw new RangeError('a run of too many rows');
    for (let at = 0; at < postings.length; at += 2) {
      this.#held[this.#length + at] = (postings[at] ?? 0) + offset;
      this.#held[this.#length + at + 1] = postings[at + 1] ?? 0;
    }
    this.#length = end;
  }

  /** All that waits, until the next is added. */
  take(): Uint32Array<ArrayBuffer> {
    const taken = this.#held.subarray(0, this.#length);
    this.#length = 0;
    return taken;
  }
}

/** Of a usual piece. */
const room = 100_000;
