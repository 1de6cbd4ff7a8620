import type { Timers } from './timers.ts';

/** How often it is looked what other processes on the folder did, in milliseconds. */
const lookMillis = 3_000;

export interface ElsewhereOptions {
  readonly timers: Pick<Timers, 'after'>;
  /** What of the folder the desk shows and other processes change, as the desk takes note of it now. */
  readonly look: () => unknown;
  /** It is something else than at the look before. */
  readonly changed: () => void;
}

/**
 * Looks by itself what other processes on the folder did: the side door names the first operator, another desk refers a case or decides
 * one. Nobody has to act at this desk for it to follow.
 */
export class Elsewhere {
  readonly #options: ElsewhereOptions;
  #seen = '';
  #cancel: () => void = () => undefined;

  constructor(options: ElsewhereOptions) {
    this.#options = options;
  }

  start(): void {
    this.#seen = this.#now();
    this.#next();
  }

  stop(): void {
    this.#cancel();
  }

  #next(): void {
    this.#cancel = this.#options.timers.after(lookMillis, () => {
      const now = this.#now();
      const isOther = now !== this.#seen;
      this.#seen = now;
      this.#next();
      if (isOther) this.#options.changed();
    });
  }

  // A folder that is busy or locked now is looked at again.
  #now(): string {
    try {
      return JSON.stringify(this.#options.look());
    } catch {
      return this.#seen;
    }
  }
}
