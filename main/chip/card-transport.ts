/**
 * The one thing that a chip protocol needs of a reader: bytes of a command APDU in, bytes of the response APDU out
 * (data followed by SW1 SW2, so never shorter than two bytes). One command at a time.
 *
 * Fails with a `Failure`: `card.removed`, `card.reset`, `card.mute`, `reader.lost`, `reader.shared`, `reader.service-stopped`,
 * `reader.communication`.
 */
export interface CardTransport {
  transmit(command: Uint8Array): Promise<Uint8Array>;
  /**
   * Cuts the card's power and brings it back: nothing is selected then, and no session stands. Fails as `transmit` does;
   * absent where the transport cannot.
   */
  reset?(): Promise<void>;
  /** What the reader and its driver bear, as far as known. */
  readonly limits: TransportLimits;
}

/** Lengths in bytes. `maxCommand` and `maxResponse` count whole APDUs; 261 and 258 are those of short APDUs. */
export interface TransportLimits {
  readonly extendedLength: boolean;
  readonly maxCommand: number;
  readonly maxResponse: number;
  /** The reader and its driver say nothing of lengths: these are an assumption, to be tried with care. */
  readonly untold?: true;
}
