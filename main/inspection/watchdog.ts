import type { CardTransport } from '../chip/card-transport.ts';
import type { After } from '../result/after.ts';
import { readingBound } from './reading-bound.ts';

/** How long the worker may take, in milliseconds. */
export interface WorkBound {
  /** Without a word to anybody, while nothing is under way at the card. */
  readonly silence: number;
  /** In all, whatever it tells meanwhile. */
  readonly total: number;
}

/**
 * The worker's own bound on a reading looks at the clock between two commands: who computes without end never comes there
 * (CWE-835). What is computed after the last file takes well below a second; a minute is for the slowest machine.
 */
export const workBound: WorkBound = { silence: 60_000, total: readingBound.millis + 2 * 60_000 };

/** Watches over one piece of the worker's work, on the owner's clock. */
export interface Watchdog {
  /** Aborts once a bound is passed. */
  readonly signal: AbortSignal;
  /** The worker told something. */
  heard(): void;
  /** The same transport: the worker has asked for its command, and waits for the card until the answer is there. */
  watched(transport: CardTransport): CardTransport;
  stop(): void;
}

/** Begins to watch now. */
export function watchdog(after: After, { silence, total }: WorkBound = workBound): Watchdog {
  const bite = new AbortController();
  let waiting = 0;
  let stopped = false;
  let cancelSilence: () => void = () => undefined;
  const hush = (): void => {
    cancelSilence();
    cancelSilence = waiting > 0 || stopped ? () => undefined : after(silence, () => bite.abort());
  };
  const cancelTotal = after(total, () => bite.abort());
  const whileAtCard = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    waiting += 1;
    hush();
    try {
      return await work();
    } finally {
      waiting -= 1;
      hush();
    }
  };
  hush();
  return {
    signal: bite.signal,
    heard: hush,
    watched: (transport) => {
      const { reset } = transport;
      return {
        limits: transport.limits,
        transmit: (command) => whileAtCard(() => transport.transmit(command)),
        ...(reset === undefined ? {} : { reset: () => whileAtCard(() => reset.call(transport)) }),
      };
    },
    stop() {
      stopped = true;
      cancelSilence();
      cancelTotal();
    },
  };
}
