/** Repeatable randomness: the same seed gives the same numbers in every process. */
export class SeededRandom {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** `words` are mixed into the state one after the other. */
  constructor(...words: readonly number[]) {
    [this.#a, this.#b, this.#c] = [0x9e3779b9, 0x243f6a88, 0xb7e15162];
    for (const word of words) {
      this.#a = (this.#a ^ word) | 0;
      for (let round = 0; round < 12; round++) this.word();
    }
  }

  /** 32 bits (sfc32 of PractRand). */
  word(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A whole number from 0 below `bound`. */
  below(bound: number): number {
    return bound <= 1 ? 0 : this.word() % bound;
  }

  chance(oneIn: number): boolean {
    return this.below(oneIn) === 0;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length }, () => this.word() & 0xff);
  }
}

/** The word of a text, for seeds of their own per name. */
export function wordOf(text: string): number {
  let word = 0x811c9dc5;
  for (const character of text) word = Math.imul(word ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return word >>> 0;
}
