import type { Timers } from './timers.ts';

/** How long people must wait, in whole seconds: at first, and still. */
export interface CountdownView {
  readonly total: number;
  readonly left: number;
}

const second = 1000;

/** A wait that is told second by second, and stands at nought when it is over. */
export class Countdown {
  readonly #timers: Timers;
  readonly #ticked: () => void;
  #total = 0;
  #over = 0;
  #cancelTick: (() => void) | null = null;

  constructor(timers: Timers, ticked: () => void) {
    this.#timers = timers;
    this.#ticked = ticked;
  }

  /** Begins a wait of so many milliseconds, rounded up to whole seconds. */
  start(millis: number): void {
    this.stop();
    this.#total = Math.ceil(millis / second);
    this.#over = this.#timers.millis() + this.#total * second;
    this.#waitForTick();
  }

  /** Forgets the wait. */
  stop(): void {
    this.#cancelTick?.();
    this.#cancelTick = null;
    this.#total = 0;
    this.#over = 0;
  }

  /** Seconds that are left. */
  get left(): number {
    return this.#total === 0 ? 0 : Math.max(0, Math.ceil((this.#over - this.#timers.millis()) / second));
  }

  /** Null where nobody was made to wait. */
  get view(): CountdownView | null {
    return this.#total === 0 ? null : { total: this.#total, left: this.left };
  }

  #waitForTick(): void {
    this.#cancelTick = this.#timers.after(second, () => {
      this.#cancelTick = null;
      if (this.left > 0) this.#waitForTick();
      this.#ticked();
    });
  }
}
