import { describe, expect, it, vi } from 'vitest';
import { type CardWish, watchedReaders } from '../../../main/commands/reader-choice.ts';
import type { CardConnection, ReaderDescription, ReaderEvent, ReaderPort } from '../../../main/reader/port.ts';
import type { ReaderFacts } from '../../../main/reader/reader-facts.ts';
import { rejection } from '../../support/rejection.ts';

function reader(name: string, state: ReaderDescription['state'] = 'empty'): ReaderDescription {
  return { name, kind: 'pcsc', state, inUse: false, atr: state === 'card' ? '3b00' : null };
}

const factsAt = (place: string): ReaderFacts => ({
  vendor: null,
  version: null,
  place,
  maxApduDataSize: null,
  extendedLength: 'unknown',
});

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

  insert(name: string): void {
    this.#listener?.({ type: 'card-inserted', reader: name, atr: '' });
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

  // eid-mw#180, nfc-pcsc#70, web-eid-app#184: a card that always lies in another reader is read instead of the passport.
  it('is that of the newest card, not of one that was there before', async () => {
    const port = new MadePort([reader('A', 'card'), reader('B')]);
    const watched = await watchedReaders(port);
    port.change([reader('A', 'card'), reader('B', 'card')]);
    port.insert('B');
    expect((await watched.connect(wish())).reader).toBe('B');
    expect((await watched.connect(wish({ reader: 'A' }))).reader).toBe('A');
  });

  it('is another when the card on it was no document', async () => {
    const watched = await watchedReaders(new MadePort([reader('A', 'card'), reader('B', 'card')]));
    expect((await watched.connect(wish())).reader).toBe('A');
    expect(await watched.another('A')).toBe(true);
    expect((await watched.connect(wish())).reader).toBe('B');
    expect(await watched.another('B')).toBe(false);
  });

  it('passes a card over only while it lies there', async () => {
    const port = new MadePort([reader('A', 'card')]);
    const watched = await watchedReaders(port);
    expect(await watched.another('A')).toBe(false);
    const found = watched.connect(wish());
    port.insert('A');
    port.change([reader('A', 'card')]);
    expect((await found).reader).toBe('A');
  });

  it('is one that nobody else uses, where several were there from the start', async () => {
    const used = { ...reader('A', 'card'), inUse: true };
    const watched = await watchedReaders(new MadePort([used, reader('B', 'card')]));
    expect((await watched.connect(wish())).reader).toBe('B');
  });

  // pcsc-lite counts readers: `NAME 00 00` is `NAME 01 00` in another socket; the second number is the slot's.
  it('is found again under the name that it has in another socket, slot by slot', async () => {
    const moved = await watchedReaders(new MadePort([reader('ACME 01 00', 'card'), reader('ACME 01 01', 'card')]));
    expect((await moved.connect(wish({ reader: 'ACME 00 01' }))).reader).toBe('ACME 01 01');
    const two = await watchedReaders(new MadePort([reader('ACME 01 00', 'card'), reader('ACME 02 00', 'card')]));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const failure = rejection(two.connect(wish({ reader: 'ACME 00 00' })));
    await vi.advanceTimersByTimeAsync(2_000);
    vi.useRealTimers();
    expect((await failure)?.code).toBe('reader.not-found');
  });

  it('is found by its place, which stays, whatever the service calls it now', async () => {
    const port = new MadePort([reader('ACME 00 00'), reader('ACME 01 00', 'card')]);
    const facts = vi.fn(async () => factsAt('1-3:1.0'));
    const watched = await watchedReaders(Object.assign(port, { facts }));
    const connecting = watched.connect(wish({ reader: 'ACME 00 00 @1-2:1.0' }));
    expect((await connecting).reader).toBe('ACME 01 00');
    expect(facts.mock.calls).toEqual([['ACME 00 00']]);
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
