import { CardChoice } from '../reader/card-choice.ts';
import type { ReaderDescription, ReaderEvent, ReaderPort, ReaderState } from '../reader/port.ts';
import { NamedReader } from '../reader/reader-named.ts';
import { nameAndPlace } from '../reader/reader-place.ts';
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
  readonly #choice = new CardChoice();
  #set: string | null;
  #named = new NamedReader({});

  /** `set` is the reader that staff set before the app was started last. */
  constructor(changed: () => void, set: string | null = null) {
    this.#changed = changed;
    this.#set = set;
  }

  /** Watches a port. One that cannot begin (its binding is missing) is told as a service that is not there. */
  async start(port: ReaderPort): Promise<void> {
    this.#named = new NamedReader(port);
    try {
      await port.start((event) => this.#hear(event));
      this.#replace(await port.readers());
      this.#choice.begin();
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

  /** The reader that staff set, by its name as it is now, else as it was set without its place; null where the desk chooses. */
  get set(): string | null {
    if (this.#set === null) return null;
    const { name, place } = nameAndPlace(this.#set);
    return place === null ? name : (this.#named.find(this.#set, this.#readers)?.name ?? name);
  }

  /** The name by which this reader is found again, after a restart too. Never fails. */
  stayingName(name: string): Promise<string> {
    return this.#named.staying(name, this.#readers);
  }

  /** Reads on this reader alone from now on, or (null) where the document lies. */
  setReader(name: string | null): void {
    this.#set = name;
    this.#askPlaces();
    this.#choice.lookAgain();
    // What lies on it may be read at once, as if it had just come.
    this.#arrivals += 1;
    this.#changed();
  }

  /** The card on this reader is no document: another is looked for while it lies there. */
  passOver(reader: string): void {
    this.#choice.passOver(reader);
  }

  /** The card on this reader is not to be had: another is looked for until the program that holds it lets go. */
  isHeld(reader: string): void {
    this.#choice.isHeld(reader);
  }

  /** Every card is looked at again. */
  lookAgain(): void {
    this.#choice.lookAgain();
  }

  /** A document was read on this reader. */
  wasRead(reader: string): void {
    this.#choice.wasRead(reader);
  }

  /**
   * The reader on which a document is awaited: the one that is set, where it is there; else that of the newest card; else one
   * whose card another program holds or that does not answer, since it may be the document; else a free one. Null where
   * there is none.
   */
  get chosen(): ReaderDescription | null {
    return this.#choose(true);
  }

  /** The reader that the desk names while no document is awaited: a card that is not to be had is then nobody's trouble. */
  get chosenIdle(): ReaderDescription | null {
    return this.#choose(false);
  }

  #choose(awaited: boolean): ReaderDescription | null {
    if (this.#set !== null) return this.#named.find(this.#set, this.#readers);
    const free = this.#readers.filter(({ name }) => !this.#choice.isPassedOver(name));
    const first = (state: ReaderState) => free.find((each) => each.state === state);
    const held = free.find(({ name, state }) => state === 'in-use' && !this.#choice.layBeside(name));
    const card = this.#choice.withCards(this.#readers)[0];
    const hidden = awaited ? (held ?? first('mute')) : undefined;
    return card ?? hidden ?? first('empty') ?? free[0] ?? this.#readers[0] ?? null;
  }

  /** What keeps every reader from being read now; null where one is there and free. */
  get hindrance(): FailureCode | null {
    if (!this.#service.available) return this.#service.code ?? 'reader.service-stopped';
    const chosen = this.chosen;
    if (chosen === null) return this.#set === null || this.#readers.length === 0 ? 'reader.none' : 'reader.not-found';
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
      if (!event.available) this.#replace([]);
    }
    this.#changed();
  }

  #setState(name: string, state: ReaderState, atr: string | null): void {
    this.#replace(this.#readers.map((reader) => (reader.name === name ? { ...reader, state, atr } : reader)));
  }

  #replace(readers: readonly ReaderDescription[]): void {
    for (const { name } of this.#readers) {
      if (!readers.some((reader) => reader.name === name && lies(reader))) this.#choice.left(name);
    }
    for (const reader of readers) {
      const before = this.#readers.find((known) => known.name === reader.name);
      if (reader.state === 'card' && before?.state !== 'card') this.#arrivals += 1;
      if (reader.state === 'card' && before?.state === 'in-use') this.#choice.letGo(reader.name);
      // One that another program has just let go was there all the time.
      if (lies(reader) && (before === undefined || !lies(before))) this.#choice.came(reader.name);
    }
    this.#named.see(readers, this.#readers);
    this.#readers = readers;
    this.#askPlaces();
  }

  // Which reader the set one is may hang on the answers; what lies on it then may be read at once.
  #askPlaces(): void {
    if (this.#set === null) return;
    void this.#named.ask(this.#set, this.#readers).then((asked) => {
      if (!asked) return;
      this.#arrivals += 1;
      this.#changed();
    });
  }
}

function lies({ state }: ReaderDescription): boolean {
  return state === 'card' || state === 'in-use';
}
