import { isInterruption } from '../inspection/outcome.ts';
import { CardChoice } from '../reader/card-choice.ts';
import type { CardConnection, ReaderDescription, ReaderPort } from '../reader/port.ts';
import { NamedReader } from '../reader/reader-named.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';

/** So long the service may take to name its readers, one by one, and so long a pause means that it has named all. */
const namingMillis = 2_000;
const quietMillis = 300;

/** A port that is being watched. */
export interface WatchedReaders {
  /** The readers, once the service has named them. Fails with `reader.service-stopped` and its kin. */
  readonly readers: () => Promise<readonly ReaderDescription[]>;
  /**
   * Connects to the card on a reader, or on any; waits for one. Fails with `reader.none`, `reader.not-found`,
   * `card.absent` after the wait, `inspection.cancelled`, and as `ReaderPort.connect` does.
   */
  readonly connect: (wish: CardWish) => Promise<CardConnection>;
  /** Passes over the card on a reader from now on; whether a card lies on another. */
  readonly another: (than: string) => Promise<boolean>;
}

export interface CardWish {
  /** Null: the newest card that was not passed over. */
  readonly reader: string | null;
  readonly waitMillis: number;
  readonly signal: AbortSignal;
  /** Whether a card that is gone when it is connected to, as one just torn away may be, is waited for again. */
  readonly patient: boolean;
  /** Called once when there is a reader and no card yet. */
  readonly onWaiting: () => void;
}

/** Begins to watch a port. Fails with `reader.service-stopped` and its kin where the PC/SC service does not answer. */
export async function watchedReaders(port: ReaderPort): Promise<WatchedReaders> {
  let service: FailureCode | null = null;
  const choice = new CardChoice();
  const named = new NamedReader(port);
  let seen: readonly ReaderDescription[] = [];
  let wake = (): void => undefined;
  const changed = (): Promise<'changed'> =>
    new Promise((resolve) => {
      wake = () => resolve('changed');
    });
  const now = async (): Promise<readonly ReaderDescription[]> => {
    if (service !== null) throw new Failure(service);
    return port.readers();
  };

  await port.start((event) => {
    choice.hear(event);
    if (event.type === 'service') service = event.available ? null : (event.code ?? 'reader.service-stopped');
    wake();
  });
  await now();
  choice.begin();

  return {
    async another(than) {
      choice.passOver(than);
      return choice.withCards(await now()).length > 0;
    },
    async readers() {
      using named = timer('named', namingMillis);
      for (let next = port.knowsAll?.() === true ? 'named' : 'changed'; next === 'changed'; ) {
        using quiet = timer('quiet', quietMillis);
        next = await Promise.race([changed(), quiet.over, named.over]);
      }
      return now();
    },
    async connect({ reader, waitMillis, signal, patient, onWaiting }) {
      using naming = timer('named', namingMillis);
      using patience = timer('card.absent', waitMillis);
      using cancelled = aborted(signal);
      const over = [patience.over, cancelled.over] as const;
      for (let told = false; ; ) {
        const change = changed();
        const all = await now();
        named.see(all, seen);
        seen = all;
        if (reader !== null) await named.ask(reader, all);
        const found = lookFor(reader, all, { choice, named });
        if (found.kind === 'card') {
          try {
            return await port.connect(found.reader);
          } catch (thrown) {
            if (!patient || !isInterruption(asFailure(thrown).code)) throw thrown;
          }
        }
        if (found.kind !== 'missing' && !told) {
          told = true;
          onWaiting();
        }
        const next = await Promise.race(found.kind === 'missing' ? [change, naming.over, ...over] : [change, ...over]);
        if (found.kind === 'missing' && next === 'named') throw found.failure;
        if (next === 'card.absent' || next === 'inspection.cancelled') throw new Failure(next);
      }
    },
  };
}

type Found =
  | { readonly kind: 'card'; readonly reader: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'missing'; readonly failure: Failure };

function lookFor(
  name: string | null,
  all: readonly ReaderDescription[],
  { choice, named }: { readonly choice: CardChoice; readonly named: NamedReader },
): Found {
  if (all.length === 0) return { kind: 'missing', failure: new Failure('reader.none') };
  if (name !== null) {
    const set = named.find(name, all);
    if (set === null) return { kind: 'missing', failure: new Failure('reader.not-found', { reader: name }) };
    return set.state === 'empty' ? { kind: 'empty' } : { kind: 'card', reader: set.name };
  }
  // What lies on a reader and does not answer, or is held by another program, is named when it is connected to.
  const found =
    choice.withCards(all)[0] ?? all.find((each) => each.state !== 'empty' && !choice.isPassedOver(each.name));
  return found === undefined ? { kind: 'empty' } : { kind: 'card', reader: found.name };
}

interface Waiting<Word> extends Disposable {
  readonly over: Promise<Word>;
}

function timer<const Word extends string>(word: Word, millis: number): Waiting<Word> {
  const { promise, resolve } = Promise.withResolvers<Word>();
  const handle = setTimeout(() => resolve(word), millis);
  return { over: promise, [Symbol.dispose]: () => clearTimeout(handle) };
}

function aborted(signal: AbortSignal): Waiting<'inspection.cancelled'> {
  const { promise, resolve } = Promise.withResolvers<'inspection.cancelled'>();
  const stop = (): void => resolve('inspection.cancelled');
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  return { over: promise, [Symbol.dispose]: () => signal.removeEventListener('abort', stop) };
}
