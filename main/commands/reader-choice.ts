import type { CardConnection, ReaderDescription, ReaderPort } from '../reader/port.ts';
import { Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';

/** A port that is being watched. */
export interface WatchedReaders {
  readonly readers: () => Promise<readonly ReaderDescription[]>;
  /** Connects to the card on that reader, or on any; waits for one so long. See `connectToCard`. */
  readonly connect: (wish: CardWish) => Promise<CardConnection>;
}

export interface CardWish {
  /** Null: whichever reader has a card first. */
  readonly reader: string | null;
  readonly waitMillis: number;
  readonly signal: AbortSignal;
  /** Called once when there is something to wait for. */
  readonly onWaiting: (readers: readonly ReaderDescription[]) => void;
}

/** Begins to watch a port. Fails with `reader.service-stopped` and its kin where the PC/SC service does not answer. */
export async function watchedReaders(port: ReaderPort): Promise<WatchedReaders> {
  let service: FailureCode | null = null;
  let wake = (): void => undefined;
  await port.start((event) => {
    if (event.type === 'service') service = event.available ? null : (event.code ?? 'reader.service-stopped');
    wake();
  });
  const readers = async (): Promise<readonly ReaderDescription[]> => {
    if (service !== null) throw new Failure(service);
    return port.readers();
  };
  await readers().catch(async (thrown: unknown) => {
    await port.stop();
    throw thrown;
  });

  const changed = (): Promise<'changed'> =>
    new Promise((resolve) => {
      wake = () => resolve('changed');
    });

  const withCard = async (name: string | null): Promise<ReaderDescription | null> => {
    const all = await readers();
    if (all.length === 0) throw new Failure('reader.none');
    const chosen = name === null ? all : all.filter((reader) => reader.name === name);
    if (chosen.length === 0) throw new Failure('reader.not-found', { reader: name });
    return chosen.find(({ state }) => state === 'card') ?? chosen.find(({ state }) => state !== 'empty') ?? null;
  };

  return {
    readers,
    async connect({ reader, waitMillis, signal, onWaiting }) {
      using waiting = patience(waitMillis, signal);
      for (let told = false; ; ) {
        const change = changed();
        const found = await withCard(reader);
        if (found !== null) return port.connect(found.name);
        if (!told) onWaiting(await readers());
        told = true;
        const next = await Promise.race([change, waiting.over]);
        if (next !== 'changed') throw new Failure(next);
      }
    },
  };
}

function patience(
  millis: number,
  signal: AbortSignal,
): Disposable & { readonly over: Promise<'card.absent' | 'inspection.cancelled'> } {
  const { promise, resolve } = Promise.withResolvers<'card.absent' | 'inspection.cancelled'>();
  const timer = setTimeout(() => resolve('card.absent'), millis);
  const stop = (): void => resolve('inspection.cancelled');
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  return {
    over: promise,
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    },
  };
}
