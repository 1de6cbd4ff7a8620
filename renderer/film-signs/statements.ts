import type { FilmMoment } from './film-moment.ts';

/** Milliseconds over which pictures are counted. */
const counted = 3_000;
/** So many times as fast as it says no camera runs; slower it may, in the dark or behind another window. */
const mostTimes = 1.5;
/** Pictures of another size than the camera says: while it changes its ways one can slip through. */
const fewestOther = 5;

/** Whether a camera gives what it says that it gives. */
export class Statements {
  #from: { readonly at: number; readonly shown: number } | null = null;
  #other = 0;
  #times = 0;
  #told = false;

  next({ at, shown, stated, width, height }: FilmMoment): void {
    if (stated === null) return;
    this.#told = true;
    const upright = stated.width === width && stated.height === height;
    if (!upright && !(stated.width === height && stated.height === width)) this.#other += 1;
    if (shown === null || !(stated.frameRate > 0)) return;
    const from = this.#from;
    if (from === null || shown < from.shown) this.#from = { at, shown };
    else if (at - from.at >= counted) {
      this.#times = Math.max(this.#times, (1_000 * (shown - from.shown)) / (at - from.at) / stated.frameRate);
      this.#from = { at, shown };
    }
  }

  /** Whether it says anything. */
  get told(): boolean {
    return this.#told;
  }

  /** How far it gives something else, in parts of what is too much. */
  get misstated(): number {
    return Math.max(this.#other / fewestOther, this.#times / mostTimes);
  }
}
