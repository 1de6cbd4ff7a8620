import type { TrustKeeping } from '../keeping/trust-keeping.ts';
import type { Timers } from './timers.ts';

const minute = 60_000;
/** After the start: nobody waits at the desk for what is years old. */
const first = 10 * minute;
const betweenLooks = 6 * 60 * minute;
const whileBusy = minute;
/** Between two short batches. */
const pause = 200;
const mostAtOnce = 20;

export interface RetentionOptions {
  readonly keeping: Pick<TrustKeeping, 'retention'>;
  readonly timers: Pick<Timers, 'after'>;
  readonly isReading: () => boolean;
  /** Records were erased. */
  readonly changed: () => void;
}

/**
 * Erases in the background what is due, in short batches, none while a document is read. A folder that is locked, a clock that
 * nothing speaks for or a doubt about what it rests on erases nothing; `records due` and `doctor` tell, and it is looked at again.
 */
export class RetentionTending {
  readonly #options: RetentionOptions;
  #cancelNext: () => void = () => undefined;
  #stopped = false;
  #done: Promise<void> = Promise.resolve();

  constructor(options: RetentionOptions) {
    this.#options = options;
  }

  start(): void {
    this.#next(first);
  }

  /** Nothing begins any more; the promise ends with the batch that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelNext();
    await this.#done;
  }

  #next(millis: number): void {
    this.#cancelNext();
    if (!this.#stopped)
      this.#cancelNext = this.#options.timers.after(millis, () => {
        this.#done = this.#look();
      });
  }

  async #look(): Promise<void> {
    const { keeping, isReading, changed } = this.#options;
    if (isReading()) return this.#next(whileBusy);
    try {
      if (!keeping.retention.catchUp()) return this.#next(pause);
      const { erased, left, cleaned } = await keeping.retention.eraseDue({ signs: [], most: mostAtOnce });
      if (erased.length > 0) changed();
      this.#next(left > 0 ? pause : cleaned ? betweenLooks : whileBusy);
    } catch {
      // As above: what stands in the way is told where people look for it.
      this.#next(betweenLooks);
    }
  }
}
