import { describe, expect, it, vi } from 'vitest';
import { type CardWish, watchedReaders } from '../../../main/commands/reader-choice.ts';
import type { CardConnection, ReaderDescription, ReaderEvent, ReaderPort } from '../../../main/reader/port.ts';
import { rejection } from '../../support/rejection.ts';

function reader(name: string, state: ReaderDescription['state'] = 'empty'): ReaderDescription {
  return { name, kind: 'pcsc', state, inUse: false, atr: state === 'card' ? '3b00' : null };
}

class MadePort implements ReaderPort {
  readonly name = 'pcsc-mini';
  all: readonly ReaderDescription[] = [];
  #listener: ((event: ReaderEvent) => void) | null = null;
  readonly #code: Extract<ReaderEvent, { type: 'service' }>['code'];

  constructor(all: readonly ReaderDescription[], code: Extract<ReaderEvent, { type: 'service' }>['code'] = null) {
    this.all = all;
    this.#code = code;
  }

  async start(listener: (event: ReaderEvent) => void): Promise<void> {
    this.#listener = listener;
    listener({ type: 'service', available: this.#code === null, code: this.#code });
  }

  async readers(): Promise<readonly ReaderDescription[]> {
    return this.all;
  }

  async connect(name: string): Promise<CardConnection> {
    return { reader: name } as CardConnection;
  }

  async stop(): Promise<void> {
    this.#listener = null;
  }

  change(all: readonly ReaderDescription[]): void {
    this.all = all;
    this.#listener?.({ type: 'readers', readers: all });
  }
}

const wish = (part: Partial<CardWish> = {}): CardWish => ({
  reader: null,
  waitMillis: 10_000,
  patient: false,
  signal: new AbortController().signal,
  onWaiting: () => undefined,
  ...part,
});

describe('the reader of a tap', () => {
  it('is the one on which a card lies', async () => {
    const watched = await watchedReaders(new MadePort([reader('A'), reader('B', 'card')]));
    expect((await watched.connect(wish())).reader).toBe('B');
  });

  it('is asked for its card where another program holds it, so that it says so', async () => {
    const watched = await watchedReaders(new MadePort([reader('A'), reader('B', 'in-use')]));
    expect((await watched.connect(wish())).reader).toBe('B');
  });

  it('is waited for, and so is its card', async () => {
    const port = new MadePort([]);
    const watched = await watchedReaders(port);
    const onWaiting = vi.fn();
    const connecting = watched.connect(wish({ reader: 'A', onWaiting }));
    port.change([reader('B', 'card')]);
    port.change([reader('B', 'card'), reader('A')]);
    await vi.waitFor(() => expect(onWaiting).toHaveBeenCalledOnce());
    port.change([reader('B', 'card'), reader('A', 'card')]);
    expect((await connecting).reader).toBe('A');
  });

  it('none, and not that one, are told apart', async () => {
    const none = await watchedReaders(new MadePort([]));
    const other = await watchedReaders(new MadePort([reader('B', 'card')]));
    const ends = await Promise.all([rejection(none.connect(wish())), rejection(other.connect(wish({ reader: 'A' })))]);
    expect(ends.map((end) => end?.code)).toEqual(['reader.none', 'reader.not-found']);
  });

  it('without a card the wait ends in card.absent', async () => {
    const watched = await watchedReaders(new MadePort([reader('A')]));
    expect((await rejection(watched.connect(wish({ waitMillis: 1 }))))?.code).toBe('card.absent');
  });

  it('a wait can be cancelled', async () => {
    const stop = new AbortController();
    const watched = await watchedReaders(new MadePort([reader('A')]));
    const connecting = rejection(watched.connect(wish({ signal: stop.signal, onWaiting: () => stop.abort() })));
    expect((await connecting)?.code).toBe('inspection.cancelled');
  });

  it('a service that does not run is said at once', async () => {
    expect((await rejection(watchedReaders(new MadePort([], 'reader.service-stopped'))))?.code).toBe(
      'reader.service-stopped',
    );
  });
});
