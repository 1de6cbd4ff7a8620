import { toHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { createCardConnection } from './card-connection.ts';
import type { CardConnection, ReaderEvent, ReaderPort } from './port.ts';
import { type ReaderFacts, readFacts } from './reader-facts.ts';
import { readLengths } from './reader-lengths.ts';
import { ReaderList, type Stuck } from './reader-list.ts';
import { watchReaders } from './reader-watch.ts';
import { type ScardBinding, type ScardCard, ScardError, type ScardShareMode, type ScardWatch } from './scard.ts';
import { scardFailure } from './scard-failures.ts';
import { pause, type Scheduler, systemScheduler, withinTime } from './scheduler.ts';

/** Times in milliseconds. All have defaults. */
export interface ScardPortOptions {
  /** How long a card may take over one command, or over being connected to (15 000). */
  readonly transmitTimeoutMillis?: number;
  /** How long to wait for the watch's word on what a failed transfer meant (1000). */
  readonly settleMillis?: number;
  /** How long `start` waits for the first word on readers before it holds that there are none (500). */
  readonly firstListMillis?: number;
  /** Waits between tries for a card that another program holds for itself, one per further try (100, 200, 300, 300). */
  readonly sharedRetryMillis?: readonly number[];
  /** How long a connection may take to a card that another program has in use: longer, and it is in a transaction (1000). */
  readonly sharedMillis?: number;
  /** Wait before the service is asked again, given the failures in a row (250 doubling to 5000). */
  readonly serviceRetryMillis?: (failures: number) => number;
  readonly scheduler?: Scheduler;
  /** The platform whose driver it is (this machine's). */
  readonly platform?: string;
}

/** Where calls that never come back hold a thread of the process each, of which there are four: no more than this many. */
const maxStuckCalls = 2;
/** What a reader tells of itself its driver knows: one that takes longer tells nothing. */
const factsMillis = 2000;
const late = Symbol('late');

/**
 * A `ReaderPort` over any PC/SC binding. `start` fails with `reader.binding-missing` or `reader.binding-abi` where the
 * binding cannot be loaded; every other trouble is an event or the failure of one connection.
 *
 * Cards are connected exclusively, so that no other program can slip a command into secure messaging, and without a
 * transaction: Windows resets a card whose transaction idles for five seconds. Where another program keeps the card open
 * in shared mode, as middleware of bank and identity cards does, the connection is shared too; interference then ends
 * secure messaging in a named failure. Where another program holds it exclusively, `reader.shared` after a few tries.
 */
export function createScardPort(
  name: ScardBinding['name'],
  loadBinding: () => Promise<ScardBinding>,
  options: ScardPortOptions = {},
): ReaderPort {
  const scheduler = options.scheduler ?? systemScheduler;
  const transmitTimeoutMillis = options.transmitTimeoutMillis ?? 15_000;
  const settleMillis = options.settleMillis ?? 1000;
  const sharedRetryMillis = options.sharedRetryMillis ?? [100, 200, 300, 300];
  const sharedMillis = options.sharedMillis ?? 1000;
  const list = new ReaderList();
  const connections = new Map<string, CardConnection | 'opening'>();
  const stuckReaders = new Map<string, Stuck>();
  /** Told of every event: waits for what a failed transfer meant, and `start`. */
  const observers = new Set<(event: ReaderEvent) => void>();
  let serviceCode: FailureCode | null = null;
  let watch: ScardWatch | null = null;
  let knowsAll = false;
  let binding: Promise<ScardBinding> | null = null;

  const load = (): Promise<ScardBinding> => {
    binding ??= loadBinding().catch((thrown: unknown) => {
      binding = null;
      throw thrown;
    });
    return binding;
  };
  const tell = (events: readonly ReaderEvent[]): void => {
    for (const event of events) for (const observer of [...observers]) observer(event);
  };
  const whatHappened = (reader: string): Promise<FailureCode | null> => {
    if (watch === null) return Promise.resolve(null);
    const { promise, resolve } = Promise.withResolvers<FailureCode>();
    // The service's end takes the readers with it; it is the reason, and told before them.
    const judge = (event: ReaderEvent): void => {
      if (event.type === 'service' && event.code !== null) resolve(event.code);
      if (event.type === 'readers' && serviceCode === null && !list.has(reader)) resolve('reader.lost');
      if (event.type === 'card-removed' && event.reader === reader && list.has(reader)) resolve('card.removed');
    };
    if (serviceCode !== null) return Promise.resolve(serviceCode);
    observers.add(judge);
    return withinTime(scheduler, settleMillis, promise, null).finally(() => observers.delete(judge));
  };
  const markStuck = (reader: string, stuck: Stuck, returned: Promise<void>): void => {
    stuckReaders.set(reader, stuck);
    tell(list.setStuck(reader, stuck));
    void returned.then(() => {
      stuckReaders.delete(reader);
      tell(list.setStuck(reader, null));
    });
  };
  const inTime = async <T>(
    reader: string,
    call: Promise<T>,
    disposeOf: (result: T) => Promise<void> = async () => {},
    millis = transmitTimeoutMillis,
  ): Promise<T> => {
    const result = await withinTime(scheduler, millis, call, late);
    if (result !== late) return result;
    markStuck(
      reader,
      'silent',
      call.then(disposeOf).catch(() => {}),
    );
    throw new Failure('card.mute', { reader, millis: transmitTimeoutMillis });
  };
  // While another program is in a transaction no connection comes back, for as long as it lasts (pcsc-lite waits for the end
  // of it before it looks at anything else). The call is left to itself: when it returns, the reader is free again.
  const connectInTime = async (scard: ScardBinding, reader: string, mode: ScardShareMode): Promise<ScardCard> => {
    const call = scard.connect(reader, mode);
    const leave = (card: ScardCard): Promise<void> => card.disconnect('leave');
    const soon = Math.min(sharedMillis, transmitTimeoutMillis);
    const card = await withinTime(scheduler, soon, call, late);
    if (card !== late) return card;
    if (!list.usedByOthers(reader)) return inTime(reader, call, leave, transmitTimeoutMillis - soon);
    tell(list.setHeld(reader, false));
    markStuck(
      reader,
      'shared',
      call.then(leave).catch(() => {}),
    );
    throw new Failure('reader.shared', { reader });
  };
  const open = async (reader: string): Promise<ScardCard> => {
    const scard = await load();
    for (let attempt = 0; ; attempt++) {
      // Where others use the card it cannot be ours alone, and a call that we give up must not keep them out later.
      const modes = list.usedByOthers(reader) ? (['shared'] as const) : (['exclusive', 'shared'] as const);
      for (const mode of modes) {
        try {
          tell(list.setHeld(reader, true));
          return await connectInTime(scard, reader, mode);
        } catch (thrown) {
          const failure = thrown instanceof ScardError ? scardFailure(thrown, 'connect', { reader }) : null;
          const refused = failure?.code === 'reader.shared';
          const millis = refused ? sharedRetryMillis[attempt] : undefined;
          // Between two tries nothing is told: what PC/SC says of the card then may be about the last one.
          if (refused && mode === 'exclusive') continue;
          if (refused && millis !== undefined) {
            await pause(scheduler, millis);
            continue;
          }
          tell(refused ? list.setRefused(reader) : list.setHeld(reader, false));
          throw failure ?? thrown;
        }
      }
    }
  };
  const connect = async (reader: string): Promise<CardConnection> => {
    const card = await open(reader);
    const onReleased = (): void => {
      connections.delete(reader);
      tell(list.setHeld(reader, false));
    };
    try {
      const atr = toHex(await inTime(reader, card.atr()));
      const limits = await inTime(reader, readLengths(reader, options.platform ?? process.platform, card));
      return createCardConnection({
        card,
        reconnect: () => open(reader),
        reader,
        atr,
        limits,
        scheduler,
        transmitTimeoutMillis,
        whatHappened: () => whatHappened(reader),
        onStuck: (returned) => markStuck(reader, 'silent', returned),
        onReleased,
      });
    } catch (thrown) {
      void card.disconnect('leave').then(onReleased, onReleased);
      throw thrown instanceof ScardError ? scardFailure(thrown, 'connect', { reader }) : thrown;
    }
  };

  // Nobody connects to a card to look at a machine: only where none lies, and no longer than it takes to answer.
  const facts = async (reader: string): Promise<ReaderFacts | null> => {
    const empty = list.descriptions().some(({ name: each, state }) => each === reader && state === 'empty');
    if (!empty || connections.has(reader) || stuckReaders.has(reader)) return null;
    const direct = await load().then(
      (scard) => scard.direct,
      () => undefined,
    );
    if (direct === undefined) return null;
    const asked = direct(reader).then((card) =>
      readFacts(reader, options.platform ?? process.platform, card).finally(() =>
        card.disconnect('leave').catch(() => undefined),
      ),
    );
    return withinTime(
      scheduler,
      factsMillis,
      asked.catch(() => null),
      null,
    );
  };

  return {
    name,
    facts,
    async start(listener) {
      if (watch !== null) throw new Failure('internal.unexpected', { reason: 'started' });
      const scard = await load();
      observers.add(listener);
      const answered = Promise.withResolvers<void>();
      const known = Promise.withResolvers<void>();
      const firstWord = (): void => known.resolve();
      watch = watchReaders({
        binding: scard,
        scheduler,
        retryDelayMillis: options.serviceRetryMillis ?? ((failures) => Math.min(250 * 2 ** failures, 5000)),
        onState: (change) => {
          tell(list.apply(change));
          // The other readers' first words come in the same breath.
          scheduler(50, firstWord);
        },
        onEnd: () => tell(list.clear()),
        onService: (available, code) => {
          serviceCode = code;
          tell([{ type: 'service', available, code }]);
          if (!available) {
            answered.resolve();
            firstWord();
          }
        },
        onReady: (whole) => {
          knowsAll = whole;
          answered.resolve();
          // What is there is told in this same turn.
          if (whole) queueMicrotask(firstWord);
        },
      });
      await answered.promise;
      await withinTime(scheduler, options.firstListMillis ?? 500, known.promise, undefined);
    },
    readers: () => Promise.resolve(list.descriptions()),
    knowsAll: () => knowsAll,
    async connect(reader) {
      if (stuckReaders.get(reader) === 'shared') throw new Failure('reader.shared', { reader });
      const threads = (await load()).abandon === undefined ? maxStuckCalls : Number.POSITIVE_INFINITY;
      if (stuckReaders.has(reader) || stuckReaders.size >= threads) throw new Failure('reader.unusable', { reader });
      if (connections.has(reader)) throw new Failure('reader.shared', { reader, own: true });
      connections.set(reader, 'opening');
      try {
        const connection = await connect(reader);
        connections.set(reader, connection);
        return connection;
      } catch (thrown) {
        connections.delete(reader);
        const unknown = thrown instanceof Failure && thrown.code === 'reader.not-found';
        throw unknown && serviceCode !== null ? new Failure(serviceCode, { reader }, thrown) : thrown;
      }
    },
    async stop() {
      observers.clear();
      await Promise.all([...connections.values()].map((each) => (each === 'opening' ? undefined : each.close())));
      await watch?.stop();
      await binding?.then(
        (scard) => scard.abandon?.(),
        () => {},
      );
      watch = null;
      serviceCode = null;
      list.clear();
    },
  };
}
