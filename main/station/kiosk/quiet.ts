import type { Timers } from '../timers.ts';

/** So long nobody need touch anything before they are warned, and so long they have then (WCAG 2.2, 2.2.1: at least 20 seconds). */
export const quietMillis = 90_000;
export const warningSeconds = 30;

interface QuietEnds {
  /** So many seconds are left; null: somebody is there after all. */
  readonly warn: (left: number | null) => void;
  readonly over: () => void;
}

/** Watches whether somebody is still there. A touch begins it anew as often as people like. */
export class Quiet {
  readonly #timers: Pick<Timers, 'after'>;
  readonly #ends: QuietEnds;
  #cancel: (() => void) | null = null;
  #left: number | null = null;

  constructor(timers: Pick<Timers, 'after'>, ends: QuietEnds) {
    this.#timers = timers;
    this.#ends = ends;
  }

  get left(): number | null {
    return this.#left;
  }

  /** Somebody is there; from now on it is waited again. */
  touched(millis: number = quietMillis): void {
    this.stop();
    this.#cancel = this.#timers.after(millis, () => this.#count(warningSeconds));
  }

  /** Nobody is waited for. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    if (this.#left === null) return;
    this.#left = null;
    this.#ends.warn(null);
  }

  #count(left: number): void {
    if (left === 0) {
      this.stop();
      this.#ends.over();
      return;
    }
    this.#left = left;
    this.#cancel = this.#timers.after(1_000, () => this.#count(left - 1));
    this.#ends.warn(left);
  }
}
