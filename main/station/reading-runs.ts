import type { House } from '../house/house.ts';
import type { InspectionOrder } from '../inspection/request.ts';
import type { InspectionProgress } from '../inspection/types.ts';
import { type ReadingEnd, readOnce } from './one-reading.ts';
import type { Timers } from './timers.ts';

/** Who follows a run. Nothing is told of a run that was left, but that its card was held. */
export interface RunListener {
  readonly connected: () => void;
  readonly heard: (news: InspectionProgress) => void;
  readonly ended: (end: ReadingEnd) => void;
}

interface Run {
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

/** The readings of one case, one after the other: the next one waits until the last has let go of its card. */
export class ReadingRuns {
  readonly #house: Pick<House, 'readers' | 'inspect'>;
  readonly #timers: Timers;
  #current: Run | null = null;
  #lastEnded: Promise<void> = Promise.resolve();
  #begunAt = 0;
  #seconds = 0;

  constructor(house: Pick<House, 'readers' | 'inspect'>, timers: Timers) {
    this.#house = house;
    this.#timers = timers;
  }

  get busy(): boolean {
    return this.#current !== null;
  }

  /** How long the run has lasted that is under way, or the last one did; nought once it was forgotten. */
  get seconds(): number {
    return this.busy ? this.#sinceBegun() : this.#seconds;
  }

  /** Begins a run on `reader`; `order` is asked for once the run before it has ended. */
  begin(reader: string, order: () => InspectionOrder, listener: RunListener): void {
    this.#begunAt = this.#timers.millis();
    const controller = new AbortController();
    const ending = this.#lastEnded.then(() =>
      readOnce(this.#house, reader, {
        order: order(),
        signal: controller.signal,
        onProgress: (news) => {
          if (!controller.signal.aborted) listener.heard(news);
        },
        onConnected: listener.connected,
      }),
    );
    const run: Run = {
      controller,
      ended: ending.then((end) => {
        if (this.#current !== run) return;
        this.#endCurrent();
        listener.ended(end);
      }),
    };
    this.#current = run;
    this.#lastEnded = run.ended;
  }

  /** Leaves the run that is under way, if any: it is cancelled, and its end is told to nobody. */
  leave(): void {
    this.#current?.controller.abort();
    this.#endCurrent();
  }

  /** Forgets how long the last run took. */
  forget(): void {
    this.#seconds = 0;
  }

  #endCurrent(): void {
    if (this.#current === null) return;
    this.#seconds = this.#sinceBegun();
    this.#current = null;
  }

  #sinceBegun(): number {
    return (this.#timers.millis() - this.#begunAt) / 1000;
  }
}
