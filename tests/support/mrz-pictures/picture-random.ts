/** Numbers that look random and are the same each time for the same seed (xorshift, 32 bits). */
export class PictureRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed + 1, 2_654_435_761) >>> 0 || 1;
    for (let round = 0; round < 8; round++) this.next();
  }

  /** From 0 to below 1. */
  next(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state >>> 0;
    return this.#state / 4_294_967_296;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  one<T>(of: ArrayLike<T>): T {
    const found = of[this.below(of.length)];
    if (found === undefined) throw new RangeError('nothing to choose from');
    return found;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  text(letters: string, length: number): string {
    return Array.from({ length }, () => this.one(letters)).join('');
  }
}

/** A table of numbers that are spread as noise is (mean 0, deviation 1). */
export const noiseTable: Float32Array = (() => {
  const random = new PictureRandom(77);
  return Float32Array.from({ length: 8_192 }, () => {
    const angle = 2 * Math.PI * random.next();
    return Math.sqrt(-2 * Math.log(1 - random.next() * 0.9999)) * Math.cos(angle);
  });
})();
