import type { ReaderDescription, ReaderEvent, ReaderPort, ReaderState } from '../reader/port.ts';
import { asFailure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';

/**
 * The readers and the card service as they are now, kept from the port's events. `arrivals` counts how often a card
 * became readable: a reading that was torn goes on when the count has grown.
 */
export class ReaderWatch {
  readonly #changed: () => void;
  #readers: readonly ReaderDescription[] = [];
  #service: { readonly available: boolean; readonly code: FailureCode | null } = { available: true, code: null };
  #arrivals = 0;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Watches a port. One that cannot begin (its binding is missing) is told as a service that is not there. */
  async start(port: ReaderPort): Promise<void> {
    try {
      await port.start((event) => this.#hear(event));
      this.#replace(await port.readers());
    } catch (thrown) {
      this.#service = { available: false, code: asFailure(thrown).code };
    }
    this.#changed();
  }

  get readers(): readonly ReaderDescription[] {
    return this.#readers;
  }

  get service(): { readonly available: boolean; readonly code: FailureCode | null } {
    return this.#service;
  }

  get arrivals(): number {
    return this.#arrivals;
  }

  /** The reader that the desk uses: the first with a card, else the first; null where there is none. */
  get chosen(): ReaderDescription | null {
    return this.#readers.find((reader) => reader.state === 'card') ?? this.#readers[0] ?? null;
  }

  /** What keeps every reader from being read now; null where one is there and free. */
  get hindrance(): FailureCode | null {
    if (!this.#service.available) return this.#service.code ?? 'reader.service-stopped';
    const chosen = this.chosen;
    if (chosen === null) return 'reader.none';
    if (chosen.state === 'in-use') return 'reader.shared';
    return chosen.state === 'unusable' ? 'reader.unusable' : null;
  }

  #hear(event: ReaderEvent): void {
    if (event.type === 'readers') this.#replace(event.readers);
    else if (event.type === 'card-inserted') this.#setState(event.reader, 'card', event.atr);
    else if (event.type === 'card-removed') this.#setState(event.reader, 'empty', null);
    else {
      this.#service = { available: event.available, code: event.code };
      // Without its service no reader can be reached: what comes back with it counts as newly arrived.
      if (!event.available) this.#readers = [];
    }
    this.#changed();
  }

  #setState(name: string, state: ReaderState, atr: string | null): void {
    this.#replace(this.#readers.map((reader) => (reader.name === name ? { ...reader, state, atr } : reader)));
  }

  #replace(readers: readonly ReaderDescription[]): void {
    for (const reader of readers) {
      const before = this.#readers.find((known) => known.name === reader.name);
      if (reader.state === 'card' && before?.state !== 'card') this.#arrivals += 1;
    }
    this.#readers = readers;
  }
}
