import type { Timers } from './timers.ts';

/** Progress of a reading reaches the page at most this often. */
const shortestInterval = 80;

/**
 * Tells listeners that the state changed. What a person did is told at once; progress is gathered. The revision grows
 * with every change, told or gathered.
 */
export class Snapshots<State> {
  readonly #timers: Timers;
  readonly #take: (revision: number) => State;
  readonly #listeners = new Set<(state: State) => void>();
  #revision = 0;
  #cancelPending: (() => void) | null = null;

  constructor(timers: Timers, take: (revision: number) => State) {
    this.#timers = timers;
    this.#take = take;
  }

  state(): State {
    return this.#take(this.#revision);
  }

  /** The answer stops it. */
  listen(listener: (state: State) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(): void {
    this.#revision += 1;
    this.#tell();
  }

  progressed(): void {
    this.#revision += 1;
    this.#cancelPending ??= this.#timers.after(shortestInterval, () => this.#tell());
  }

  /** No listener hears of anything from now on. */
  stop(): void {
    this.#cancelPending?.();
    this.#cancelPending = null;
    this.#listeners.clear();
  }

  #tell(): void {
    this.#cancelPending?.();
    this.#cancelPending = null;
    const state = this.state();
    for (const listener of this.#listeners) listener(state);
  }
}
