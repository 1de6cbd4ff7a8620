import type { CardTransport } from '../chip/card-transport.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { ReaderFacts } from './reader-facts.ts';

export type { CardTransport, TransportLimits } from '../chip/card-transport.ts';

/** One reader as the house sees it. The name is the driver's, unique among the readers that are there now. */
export interface ReaderDescription {
  readonly name: string;
  /** `training` is the simulator's own reader: everything read on it is marked as training. */
  readonly kind: 'pcsc' | 'training';
  readonly state: ReaderState;
  /**
   * Whether another program has a connection to the card of state `card`. It may be one that leaves room for ours, or one in
   * a transaction, which lets none through: only `connect` finds out.
   */
  readonly inUse: boolean;
  /** The card's answer to reset in lower-case hex while a card is there; null where the binding does not know it. */
  readonly atr: string | null;
}

/**
 * `unusable`: there but not answering; `in-use`: another program holds the card for itself alone, or was in a transaction
 * when we last tried.
 */
export type ReaderState = 'empty' | 'card' | 'in-use' | 'mute' | 'unusable';

/**
 * What a port tells, in order. `readers` always carries the whole present list. `atr` is empty where the binding does
 * not know it. `service` comes once at the beginning and then with each change.
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

/** The one port of the house for readers: PC/SC by one of its bindings, or the simulator's training reader. */
export interface ReaderPort {
  readonly name: 'pcscd' | 'pcsc-mini' | 'pcsclite' | 'training';
  /** Begins to watch. Events come from now on; a service that is not running is an event, not an error. */
  start(listener: (event: ReaderEvent) => void): Promise<void>;
  readers(): Promise<readonly ReaderDescription[]>;
  /** Whether `start` resolved with every reader known; where a binding names them one by one nobody can say. */
  knowsAll?(): boolean;
  /** After `start`: connects to the card on that reader. Fails with `reader.not-found`, `card.absent`, `reader.shared`, `card.mute`, ... */
  connect(reader: string): Promise<CardConnection>;
  /**
   * What an empty reader tells of itself. Null: it was not asked, since something lies on it, somebody holds it, or the binding
   * cannot; or it did not answer in time. Never fails.
   */
  facts?(reader: string): Promise<ReaderFacts | null>;
  stop(): Promise<void>;
}
