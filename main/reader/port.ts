import type { CardTransport } from '../chip/card-transport.ts';
import type { FailureCode } from '../result/failure-codes.ts';

export type { CardTransport, TransportLimits } from '../chip/card-transport.ts';

/** One reader as the house sees it. The name is the driver's, unique among the readers that are there now. */
export interface ReaderDescription {
  readonly name: string;
  /** `training` is the simulator's own reader: everything read on it is marked as training. */
  readonly kind: 'pcsc' | 'training';
  readonly state: ReaderState;
  /** The card's answer to reset in lower-case hex while a card is there; null too where another program holds it. */
  readonly atr: string | null;
}

/**
 * `unusable`: there but not answering; `in-use`: another program held the card when PC/SC last spoke of the reader, which
 * on Linux may be a while ago. Only `connect` knows what is so now.
 */
export type ReaderState = 'empty' | 'card' | 'in-use' | 'mute' | 'unusable';

/**
 * What a port tells, in order. `readers` always carries the whole present list. `atr` is empty where another program holds
 * the card that came. `service` comes once at the beginning and then with each change.
 */
export type ReaderEvent =
  | { readonly type: 'readers'; readonly readers: readonly ReaderDescription[] }
  | { readonly type: 'card-inserted'; readonly reader: string; readonly atr: string }
  | { readonly type: 'card-removed'; readonly reader: string }
  | { readonly type: 'service'; readonly available: boolean; readonly code: FailureCode | null };

/** A connection to the card that now lies on a reader. Closing it is always safe, also twice. */
export interface CardConnection extends CardTransport {
  readonly reader: string;
  readonly atr: string;
  /** Leaves the card; `reset` cuts its power so that the next access starts afresh. */
  close(how?: 'leave' | 'reset'): Promise<void>;
}

/** The one port of the house for readers: PC/SC by `pcsc-mini` or `pcsclite`, or the simulator's training reader. */
export interface ReaderPort {
  readonly name: 'pcsc-mini' | 'pcsclite' | 'training';
  /** Begins to watch. Events come from now on; a service that is not running is an event, not an error. */
  start(listener: (event: ReaderEvent) => void): Promise<void>;
  readers(): Promise<readonly ReaderDescription[]>;
  /** After `start`: connects to the card on that reader. Fails with `reader.not-found`, `card.absent`, `reader.shared`, `card.mute`, ... */
  connect(reader: string): Promise<CardConnection>;
  stop(): Promise<void>;
}
