/** Pictures whose fingerprint is remembered: a minute and more of what is looked at. */
const remembered = 1_200;
/** So many pictures in a row, and so long, without one point that differs: a sensor's noise alone makes each another. */
const frozen = { pictures: 8, millis: 600 } as const;
/** Pictures that came before, with others in between. */
const fewestRepeats = 3;

/** A fingerprint of a picture's points: the same of the same points, and else the same by chance alone (one in 2^64). */
export function printOf({ width, height, data }: Pick<ImageData, 'width' | 'height' | 'data'>): string {
  // FNV-1a by whole points, twice with other beginnings.
  let [one, other] = [0x811c9dc5 ^ width, 0x9e3779b9 ^ height];
  const points = new Uint32Array(data.buffer, data.byteOffset, data.length >> 2);
  for (let at = 0; at < points.length; at++) {
    const point = points[at] ?? 0;
    one = Math.imul(one ^ point, 0x01000193);
    other = Math.imul((other << 5) ^ (other >>> 27) ^ point, 0x85ebca6b);
  }
  return `${(one >>> 0).toString(16)}.${(other >>> 0).toString(16)}`;
}

/** Whether pictures of a film come again to the last point: one after the other (frozen), or with others in between (repeated). */
export class Repeats {
  readonly #seen = new Set<string>();
  #last: string | null = null;
  #run = 0;
  #since = 0;
  #longest = { pictures: 0, millis: 0 };
  #repeats = 0;

  next(print: string, at: number): void {
    if (print === this.#last) {
      this.#run += 1;
      const millis = at - this.#since;
      if (this.#run > this.#longest.pictures) this.#longest = { pictures: this.#run, millis };
      return;
    }
    if (this.#seen.has(print)) this.#repeats += 1;
    this.#seen.add(print);
    const [oldest] = this.#seen;
    if (this.#seen.size > remembered && oldest !== undefined) this.#seen.delete(oldest);
    this.#last = print;
    this.#run = 1;
    this.#since = at;
  }

  /** Pictures in a row without a difference, in parts of those that are too many; 0 as long as they came within a moment. */
  get frozen(): number {
    const { pictures, millis } = this.#longest;
    return millis >= frozen.millis ? pictures / frozen.pictures : 0;
  }

  /** Pictures that came before, in parts of those that are too many. */
  get repeated(): number {
    return this.#repeats / fewestRepeats;
  }
}
