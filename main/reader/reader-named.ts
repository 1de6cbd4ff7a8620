import type { ReaderDescription, ReaderPort } from './port.ts';
import type { ReaderFacts } from './reader-facts.ts';
import { nameAndPlace, nameAt, samePlace } from './reader-place.ts';
import { readerModel } from './reader-table.ts';

/** What a reader that was asked told. `facts` null: it did not answer, or could not be asked. */
interface Answer {
  readonly facts: ReaderFacts | null;
}

/** Finds the reader of a name that somebody set among those that are there, by where each is plugged in, as far as it was asked. */
export class NamedReader {
  readonly #facts: ReaderPort['facts'];
  readonly #answers = new Map<string, Answer>();
  readonly #asking = new Map<string, Promise<void>>();

  constructor(port: Pick<ReaderPort, 'facts'>) {
    this.#facts = port.facts === undefined ? undefined : (reader) => port.facts?.(reader) ?? Promise.resolve(null);
  }

  /** Takes in which readers are there: one that left is asked when it comes again, and one that did not answer when its card was lifted. */
  see(all: readonly ReaderDescription[], before: readonly ReaderDescription[]): void {
    for (const [name, { facts }] of this.#answers) {
      const state = all.find((reader) => reader.name === name)?.state;
      const was = before.find((reader) => reader.name === name)?.state;
      if (state === undefined || (facts === null && state === 'empty' && was !== 'empty')) this.#answers.delete(name);
    }
  }

  /** Asks each empty reader that the name may mean and that was not asked, none where the name has no place. Whether one was. Never fails. */
  async ask(given: string, all: readonly ReaderDescription[]): Promise<boolean> {
    const { name, place } = nameAndPlace(given);
    return place !== null && (await this.#askAlike(name, all));
  }

  /**
   * The name by which this reader is found again: with its place where another is like it, without a serial number of its own, and it
   * says where it is. Never fails.
   */
  async staying(name: string, all: readonly ReaderDescription[]): Promise<string> {
    if (alikeOf(name, all).filter((reader) => serialOf(reader.name) === serialOf(name)).length < 2) return name;
    await this.#askAlike(name, all);
    const place = this.#placeOf(name);
    return place === null ? name : nameAt(name, place);
  }

  /**
   * The reader of this name, or the one that it has become: a reader that is plugged in elsewhere gets another number before
   * that of its slot (pcsc-lite: `NAME 01 00`; Windows: `NAME 1`), and keeps its serial number. A name with a place is that of the
   * reader there; one that says that it is elsewhere is another. Null where it is away, yet to say where it is, or where two could be
   * meant.
   */
  find(given: string, all: readonly ReaderDescription[]): ReaderDescription | null {
    const { name, place } = nameAndPlace(given);
    if (place === null) return byName(name, all);
    const alike = alikeOf(name, all);
    const there = alike.filter((reader) => samePlace(this.#placeOf(reader.name) ?? '', place));
    if (there.length > 0) return there.length === 1 ? (there[0] ?? null) : null;
    if (alike.some((reader) => this.#isToAnswer(reader))) return null;
    return byName(
      name,
      alike.filter((reader) => this.#placeOf(reader.name) === null),
    );
  }

  #placeOf(name: string): string | null {
    return this.#answers.get(name)?.facts?.place ?? null;
  }

  #isToAnswer({ name, state }: ReaderDescription): boolean {
    return this.#facts !== undefined && state === 'empty' && !this.#answers.has(name);
  }

  async #askAlike(name: string, all: readonly ReaderDescription[]): Promise<boolean> {
    const toAsk = alikeOf(name, all).filter((each) => this.#isToAnswer(each));
    for (const reader of toAsk) {
      const asking = this.#asking.get(reader.name) ?? this.#askOne(reader.name);
      this.#asking.set(reader.name, asking);
      await asking;
    }
    return toAsk.length > 0;
  }

  async #askOne(name: string): Promise<void> {
    this.#answers.set(name, { facts: (await this.#facts?.(name)) ?? null });
    this.#asking.delete(name);
  }
}

/** The reader of this name, as `NamedReader.find` has it where no reader was asked for its place. */
function byName(name: string, all: readonly ReaderDescription[]): ReaderDescription | null {
  const exact = all.find((reader) => reader.name === name);
  if (exact !== undefined) return exact;
  const alike = alikeOf(name, all);
  const same = alike.filter((reader) => serialOf(reader.name) === serialOf(name));
  return only(serialOf(name) !== null && same.length > 0 ? same : alike);
}

function only(readers: readonly ReaderDescription[]): ReaderDescription | null {
  return readers.length === 1 ? (readers[0] ?? null) : null;
}

// pcsc-lite ends a name with two numbers, of the reader and of the slot; Windows with that of the reader alone.
function alikeOf(name: string, all: readonly ReaderDescription[]): readonly ReaderDescription[] {
  return all.filter((reader) => readerModel(reader.name) === readerModel(name) && slotOf(reader.name) === slotOf(name));
}

function slotOf(name: string): string | null {
  return /\s[0-9A-Fa-f]{2}\s+([0-9A-Fa-f]{2})$/.exec(name)?.[1] ?? null;
}

// Before its numbers pcsc-lite puts the device's serial number in parentheses, where it has one.
function serialOf(name: string): string | null {
  return /\(([^()]+)\)\s+[0-9A-Fa-f]{2}\s+[0-9A-Fa-f]{2}$/.exec(name)?.[1] ?? null;
}
