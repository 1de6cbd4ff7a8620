/** Numbers that look random and are the same each time for the same seed. */
export class Random {
  #state: number;
  #table: Float32Array | null = null;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  one<T>(of: ArrayLike<T>): T {
    const found = of[this.below(of.length)];
    if (found === undefined) throw new RangeError('nothing to choose from');
    return found;
  }

  /** As `normal`, out of a table: for the grain of each point. */
  grain(): number {
    this.#table ??= Float32Array.from({ length: 4_096 }, () => this.normal());
    return this.#table[Math.floor(this.next() * 4_096)] ?? 0;
  }

  /** Around 0, most within 1 (the sum of uniform numbers, never beyond 3.5). */
  normal(): number {
    let sum = 0;
    for (let count = 0; count < 12; count++) sum += this.next();
    return Math.max(-3.5, Math.min(3.5, sum - 6));
  }
}
