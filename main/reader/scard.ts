/**
 * The few things that this house asks of a PC/SC binding, with the names of PC/SC part 5 (`SCard...`). A binding fills
 * this and stays as thin as it can: judgement, time-outs and recovery live in `scard-port.ts`, once for all bindings.
 */
export interface ScardBinding {
  readonly name: 'pcscd' | 'pcsc-mini' | 'pcsclite';
  /**
   * Establishes a context, says so by `onReady`, and watches all readers on it, first of all telling the state of each
   * reader that is there: `whole` where all of them are told of in the same turn. There is always a word, `onReady` or
   * `onEnd`, in a time that is bounded. May throw a `ScardError` when there is no context to be had. After `onEnd` the watch
   * is over.
   */
  watch(
    onState: (change: ScardReaderState) => void,
    onEnd: (error: ScardError) => void,
    onReady: (whole: boolean) => void,
  ): ScardWatch;
  /** SCardConnect with protocol T=0 or T=1. Fails with a `ScardError`. */
  connect(reader: string, mode: ScardShareMode): Promise<ScardCard>;
  /** Connects to the reader itself, whatever lies on it (SCARD_SHARE_DIRECT): no card is powered or spoken to. Fails with a `ScardError`. */
  direct?(reader: string): Promise<ScardCard>;
  /** Gives up every call that is under way, where the binding can: the port stops. */
  abandon?(): void;
}

export interface ScardWatch {
  /** Ends the watch and releases its context. Never fails. */
  stop(): Promise<void>;
}

export type ScardShareMode = 'exclusive' | 'shared';

/**
 * `flags` are SCARD_READERSTATE.dwEventState, whose upper 16 bits count insertions and removals; null once the reader is
 * gone. `atr` is empty where there is no card and where nobody could be asked for it.
 */
export interface ScardReaderState {
  readonly reader: string;
  readonly flags: number | null;
  readonly atr: Uint8Array;
}

/** One connected card. All fail with a `ScardError`. */
export interface ScardCard {
  atr(): Promise<Uint8Array>;
  /** SCardTransmit; a response may have up to `maxResponse` bytes. The answer is a copy. */
  transmit(command: Uint8Array, maxResponse: number): Promise<Uint8Array>;
  /** SCardControl with the function code as CM_IOCTL counts them (3400 asks for the reader's features), or a whole code. */
  control(code: { readonly ioctl: number } | { readonly whole: number }): Promise<Uint8Array>;
  /** SCardGetAttrib; fails where the binding or the driver does not know the attribute. */
  attribute(id: number): Promise<Uint8Array>;
  disconnect(disposition: 'leave' | 'unpower'): Promise<void>;
}

/** SCARD_STATE_ flags (PC/SC part 5, `SCARD_READERSTATE`). */
export const scardState = {
  unavailable: 0x0008,
  empty: 0x0010,
  present: 0x0020,
  exclusive: 0x0080,
  inUse: 0x0100,
  mute: 0x0200,
} as const;

/** An error of the PC/SC layer. `status` is its number (`0x80100069`), null where the binding itself refused. */
export class ScardError extends Error {
  readonly status: number | null;

  constructor(status: number | null, cause?: unknown) {
    super(statusText(status), cause === undefined ? undefined : { cause });
    this.name = 'ScardError';
    this.status = status;
  }
}

/** A PC/SC status as the documents print it: `0x80100069`. */
export function statusText(status: number | null): string {
  return status === null ? 'binding' : `0x${status.toString(16).padStart(8, '0')}`;
}
