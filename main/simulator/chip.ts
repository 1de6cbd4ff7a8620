import type { RandomSource } from '../crypto/random.ts';
import type { ChipFaults } from './faults.ts';
import type { Specimen } from './specimen.ts';

/** A chip that plays a specimen. It keeps its state between commands, as a card does while it has power. */
export interface SimulatedChip {
  /** The answer to reset. */
  readonly atr: Uint8Array;
  /** Whether it lies in the field. */
  readonly present: boolean;
  /** A new presentation: the chip comes (back) into the field and starts afresh. */
  enterField(): void;
  /** Power off and on: session and selection are gone, the presentation goes on. */
  reset(): void;
  /** The response APDU; null when the chip left the field, from then on until `enterField`. */
  transmit(command: Uint8Array): Uint8Array | null;
}

/** Makes the chip of a specimen, lying in the field. */
export function createChip(
  _specimen: Pick<Specimen, 'chip'>,
  _options: { readonly random: RandomSource; readonly faults?: ChipFaults },
): SimulatedChip {
  throw new Error('being written');
}
