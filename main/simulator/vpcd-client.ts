import type { SimulatedChip } from './chip.ts';

export interface VpcdOptions {
  readonly host: string;
  readonly port: number;
  /** Ends the play; the card is then taken off the reader. */
  readonly signal: AbortSignal;
  /** The reader took the card: it asked for the answer to reset, or powered it. */
  readonly onConnected: () => void;
}

/**
 * Plays a chip into a virtual PC/SC reader (vsmartcard's vpcd). Ends with `closed` when the reader hung up, `torn` when the
 * chip left the field, `stopped` by the signal. Fails with `connection.refused`.
 */
export function playIntoVpcd(_chip: SimulatedChip, _options: VpcdOptions): Promise<'closed' | 'torn' | 'stopped'> {
  throw new Error('being written');
}
