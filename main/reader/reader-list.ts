import { toHex } from '../result/bytes.ts';
import type { ReaderDescription, ReaderEvent, ReaderState } from './port.ts';
import { type ScardReaderState, scardState } from './scard.ts';

interface Entry {
  readonly name: string;
  flags: number;
  atr: string;
  /** A call of ours does not come back: its card is silent, or another program lets none through. */
  stuck: Stuck | null;
  /** Our own connection. `released` until PC/SC has had two words on it: its word lags behind. */
  held: 'no' | 'held' | 'released' | 'released-and-heard';
}

/** Why a call of ours does not come back. */
export type Stuck = 'silent' | 'shared';

const ofOthers = scardState.exclusive | scardState.inUse;

/** The readers that are there, and what to tell when that changes. Holds no handle and waits for nothing. */
export class ReaderList {
  readonly #entries = new Map<string, Entry>();
  readonly #held = new Set<string>();

  /** Takes one word of PC/SC and answers with the events that follow from it. */
  apply({ reader, flags, atr }: ScardReaderState): readonly ReaderEvent[] {
    const entry = this.#entries.get(reader);
    if (flags === null) {
      if (entry === undefined) return [];
      this.#entries.delete(reader);
      return [...(hasCard(entry) ? [removed(reader)] : []), this.#all()];
    }
    const atrHex = toHex(atr);
    if (entry === undefined) {
      const held = this.#held.has(reader) ? 'held' : 'no';
      const added: Entry = { name: reader, flags, atr: atrHex, stuck: null, held };
      this.#entries.set(reader, added);
      return [this.#all(), ...(hasCard(added) ? [inserted(added)] : [])];
    }
    return this.#change(entry, () => {
      // PC/SC counts insertions and removals: the card may have left and another come between two looks.
      const swapped = (entry.flags ^ flags) >>> 16 !== 0;
      entry.flags = flags;
      entry.atr = atrHex;
      if (entry.held !== 'held') entry.held = (flags & ofOthers) === 0 ? 'no' : lagAfter[entry.held];
      return swapped;
    });
  }

  /** Nothing is known of any reader any more: the service has gone. */
  clear(): readonly ReaderEvent[] {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    return entries.length === 0 ? [] : [...entries.filter(hasCard).map((entry) => removed(entry.name)), this.#all()];
  }

  /** Says that our own connection to this reader begins or ends, so that it is not taken for another program's. */
  setHeld(reader: string, held: boolean): readonly ReaderEvent[] {
    if (held) this.#held.add(reader);
    else this.#held.delete(reader);
    const entry = this.#entries.get(reader);
    if (entry === undefined) return [];
    return this.#change(entry, () => {
      const lagging = !held && (entry.flags & ofOthers) !== 0;
      entry.held = held ? 'held' : lagging ? 'released' : 'no';
      return false;
    });
  }

  /** Says that the connection that we asked for was refused: what PC/SC says of others is not about us, and does not lag. */
  setRefused(reader: string): readonly ReaderEvent[] {
    this.#held.delete(reader);
    const entry = this.#entries.get(reader);
    if (entry === undefined) return [];
    return this.#change(entry, () => {
      entry.held = 'no';
      return false;
    });
  }

  /** Says that a call of ours on this reader does not come back, or (null) did so at last. */
  setStuck(reader: string, stuck: Stuck | null): readonly ReaderEvent[] {
    const entry = this.#entries.get(reader);
    if (entry === undefined) return [];
    return this.#change(entry, () => {
      entry.stuck = stuck;
      return false;
    });
  }

  /** Whether another program has a connection to the card on a reader, as far as PC/SC has said. */
  usedByOthers(reader: string): boolean {
    return ((this.#entries.get(reader)?.flags ?? 0) & ofOthers) !== 0;
  }

  has(reader: string): boolean {
    return this.#entries.has(reader);
  }

  descriptions(): readonly ReaderDescription[] {
    return [...this.#entries.values()].map(describe).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  #all(): ReaderEvent {
    return { type: 'readers', readers: this.descriptions() };
  }

  #change(entry: Entry, alter: () => boolean): readonly ReaderEvent[] {
    const [before, had] = [describe(entry), hasCard(entry)];
    const swapped = alter();
    const [after, has] = [describe(entry), hasCard(entry)];
    const events: ReaderEvent[] = [];
    if (had && (!has || swapped)) events.push(removed(entry.name));
    const same = before.state === after.state && before.inUse === after.inUse && before.atr === after.atr;
    if (!same) events.push(this.#all());
    if (has && (!had || swapped)) events.push(inserted(entry));
    return events;
  }
}

const lagAfter = { no: 'no', released: 'released-and-heard', 'released-and-heard': 'no' } as const;

function hasCard({ flags }: Entry): boolean {
  return (flags & scardState.present) !== 0 && (flags & scardState.mute) === 0;
}

function describe(entry: Entry): ReaderDescription {
  return {
    name: entry.name,
    kind: 'pcsc',
    state: stateOf(entry),
    inUse: stateOf(entry) === 'card' && (entry.flags & scardState.inUse) !== 0 && entry.held === 'no',
    atr: hasCard(entry) && entry.atr !== '' ? entry.atr : null,
  };
}

function stateOf(entry: Entry): ReaderState {
  const { flags, stuck, held } = entry;
  if (stuck === 'silent') return 'unusable';
  if ((flags & scardState.present) !== 0) {
    if ((flags & scardState.mute) !== 0) return 'mute';
    if (stuck === 'shared') return 'in-use';
    return (flags & scardState.exclusive) !== 0 && held === 'no' ? 'in-use' : 'card';
  }
  return (flags & scardState.empty) !== 0 ? 'empty' : 'unusable';
}

function removed(reader: string): ReaderEvent {
  return { type: 'card-removed', reader };
}

function inserted(entry: Entry): ReaderEvent {
  return { type: 'card-inserted', reader: entry.name, atr: entry.atr };
}
