import type { ReaderWatch } from './reader-watch.ts';
import type { Timers } from './timers.ts';

/** After so long without an answer the desk asks what was laid down. */
const noChipAfter = 10_000;

/** The wait for a chip that may not come. Its ten seconds run only while a free reader could be answered by a chip. */
export class ChipWait {
  readonly #watch: Pick<ReaderWatch, 'hindrance' | 'chosen'>;
  readonly #timers: Timers;
  readonly #noChip: (code: 'card.mute' | 'card.absent') => void;
  #cancel: (() => void) | null = null;

  constructor(
    watch: Pick<ReaderWatch, 'hindrance' | 'chosen'>,
    timers: Timers,
    noChip: (code: 'card.mute' | 'card.absent') => void,
  ) {
    this.#watch = watch;
    this.#timers = timers;
    this.#noChip = noChip;
  }

  /** Begins to wait, or goes on, as the readers are now. */
  follow(): void {
    if (this.#watch.hindrance !== null) this.stop();
    else {
      this.#cancel ??= this.#timers.after(noChipAfter, () => {
        this.#cancel = null;
        this.#noChip(this.#watch.chosen?.state === 'mute' ? 'card.mute' : 'card.absent');
      });
    }
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
