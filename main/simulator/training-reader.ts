import type { CardConnection, ReaderDescription, ReaderEvent, ReaderPort, TransportLimits } from '../reader/port.ts';
import type { SimulatedChip } from './chip.ts';

export const trainingReaderName = 'Styrk Training Reader';

/** The simulator's own reader: a specimen's chip is laid on it in process. Everything read on it is training. */
export class TrainingReader implements ReaderPort {
  readonly name = 'training';

  constructor(_limits?: TransportLimits) {}

  start(_listener: (event: ReaderEvent) => void): Promise<void> {
    throw new Error('being written');
  }

  readers(): Promise<readonly ReaderDescription[]> {
    throw new Error('being written');
  }

  connect(_reader: string): Promise<CardConnection> {
    throw new Error('being written');
  }

  stop(): Promise<void> {
    throw new Error('being written');
  }

  /** Lays a chip on the reader; one that lay there is taken away first. */
  lay(_chip: SimulatedChip): void {
    throw new Error('being written');
  }

  /** Takes the chip away. Nothing happens where none lies there. */
  lift(): void {
    throw new Error('being written');
  }
}
