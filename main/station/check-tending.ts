import type { House } from '../house/house.ts';

type Progress = Parameters<NonNullable<NonNullable<Parameters<House['checkRecords']>[0]>['onProgress']>>[0];
type Found = Awaited<ReturnType<House['checkRecords']>>;

/** The check of past cases that somebody asks for at the desk: one at a time, in a thread beside, told as it goes on. */
export class CheckTending {
  readonly #house: Pick<House, 'checkRecords'>;
  readonly #told: { readonly changed: () => void; readonly progressed: () => void };
  #work: { readonly done: Promise<Found>; readonly end: AbortController } | null = null;
  #shown: Progress = { done: 0, all: 0 };

  constructor(
    house: Pick<House, 'checkRecords'>,
    told: { readonly changed: () => void; readonly progressed: () => void },
  ) {
    this.#house = house;
    this.#told = told;
  }

  /** How many records of how many are done; null where nothing is checked now. */
  underWay(): Progress | null {
    return this.#work === null ? null : this.#shown;
  }

  /** Whoever asks while one is under way hears how that one ends. Fails as `House.checkRecords` does. */
  async check(): Promise<Found> {
    if (this.#work !== null) return this.#work.done;
    const end = new AbortController();
    const onProgress = (progress: Progress): void => {
      this.#shown = progress;
      this.#told.progressed();
    };
    this.#shown = { done: 0, all: 0 };
    const done = this.#house.checkRecords({ signal: end.signal, onProgress });
    this.#work = { done, end };
    this.#told.changed();
    try {
      return await done;
    } finally {
      this.#work = null;
      this.#told.changed();
    }
  }

  /** Asks what is under way to end: then nothing is known of it. */
  cancel(): void {
    this.#work?.end.abort();
  }

  /** The promise ends when what is under way has ended. */
  async stop(): Promise<void> {
    this.cancel();
    await this.#work?.done.catch(() => undefined);
  }
}
