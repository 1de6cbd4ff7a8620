/** Times that are kept: half a minute at ten looks a second. */
const kept = 300;
/** Fewer say nothing of how even they come. */
const fewest = 45;
/** Milliseconds. What a page is told is rounded to a tenth of one, and a camera's own clock never keeps step with it for long. */
const evenWithin = 0.01;
/** One picture out of order can be the system's doing. */
const fewestImpossible = 2;
/** Milliseconds by which a picture may be ahead of now: clocks are read one after the other. */
const ahead = 250;

/** The times of a film's pictures, in milliseconds of the camera's clock. */
export class FrameClock {
  readonly #times: number[] = [];
  #impossible = 0;

  /** `now` is the page's clock, where it is the same as the camera's; else null. */
  next(at: number, now: number | null): void {
    const last = this.#times.at(-1);
    const wrong = !Number.isFinite(at) || (last !== undefined && at <= last) || (now !== null && at > now + ahead);
    if (wrong) this.#impossible += 1;
    if (!Number.isFinite(at)) return;
    this.#times.push(at);
    if (this.#times.length > kept) this.#times.shift();
  }

  get told(): boolean {
    return this.#times.length > fewest;
  }

  /** Pictures from before the last, or from times to come, in parts of those that are too many. */
  get impossible(): number {
    return this.#impossible / fewestImpossible;
  }

  /** Whether every picture comes on the stroke: each distance a whole multiple of one, to a hundredth of a millisecond. */
  get isEven(): boolean {
    if (!this.told) return false;
    const distances = this.#times.slice(1).map((time, at) => time - (this.#times[at] ?? time));
    const least = Math.min(...distances);
    if (!(least > 0)) return false;
    const strokes = distances.map((distance) => Math.round(distance / least));
    const period = sumOf(distances) / sumOf(strokes);
    return distances.every((distance, at) => Math.abs(distance - (strokes[at] ?? 0) * period) <= evenWithin);
  }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
