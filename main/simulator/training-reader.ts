import type { CardConnection, ReaderDescription, ReaderEvent, ReaderPort, TransportLimits } from '../reader/port.ts';
import { toHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import type { SimulatedChip } from './chip/chip.ts';

export const trainingReaderName = 'Styrk Training Reader';

const extendedLimits: TransportLimits = { extendedLength: true, maxCommand: 65_544, maxResponse: 65_538 };

/** As long as a card on a PC/SC reader may take over one command. */
const transmitTimeoutMillis = 15_000;

/** The simulator's own reader: a specimen's chip is laid on it in process. Everything read on it is training. */
export class TrainingReader implements ReaderPort {
  readonly name = 'training';
  readonly #limits: TransportLimits;
  readonly #pause: (millis: number) => Promise<void>;
  #listener: ((event: ReaderEvent) => void) | null = null;
  #chip: SimulatedChip | null = null;
  // Told with the card, so that a connection of an earlier presentation never reaches a later one.
  #presentation = 0;

  /** `pause` waits as long as a chip holds an answer back; left out, that time passes at once. */
  constructor(
    limits: TransportLimits = extendedLimits,
    pause: (millis: number) => Promise<void> = async () => undefined,
  ) {
    this.#limits = limits;
    this.#pause = pause;
  }

  async start(listener: (event: ReaderEvent) => void): Promise<void> {
    this.#listener = listener;
    listener({ type: 'service', available: true, code: null });
    listener({ type: 'readers', readers: [this.#description] });
    if (this.#chip !== null) this.#tellInserted(this.#chip);
  }

  async readers(): Promise<readonly ReaderDescription[]> {
    return [this.#description];
  }

  async connect(reader: string): Promise<CardConnection> {
    if (reader !== trainingReaderName) throw new Failure('reader.not-found', { reader });
    const chip = this.#chip;
    if (chip === null) throw new Failure('card.absent', { reader });
    chip.reset();
    return this.#connection(chip, this.#presentation);
  }

  async stop(): Promise<void> {
    this.#listener = null;
  }

  /** Lays a chip on the reader; one that lay there is taken away first. */
  lay(chip: SimulatedChip): void {
    this.lift();
    chip.enterField();
    this.#chip = chip;
    this.#presentation++;
    this.#tellReaders();
    this.#tellInserted(chip);
  }

  /** Takes the chip away. Nothing happens where none lies there. */
  lift(): void {
    if (this.#chip === null) return;
    this.#chip = null;
    this.#tellReaders();
    this.#listener?.({ type: 'card-removed', reader: trainingReaderName });
  }

  get #description(): ReaderDescription {
    const atr = this.#chip === null ? null : toHex(this.#chip.atr);
    return { name: trainingReaderName, kind: 'training', state: atr === null ? 'empty' : 'card', inUse: false, atr };
  }

  #tellReaders(): void {
    this.#listener?.({ type: 'readers', readers: [this.#description] });
  }

  #tellInserted(chip: SimulatedChip): void {
    this.#listener?.({ type: 'card-inserted', reader: trainingReaderName, atr: toHex(chip.atr) });
  }

  #connection(chip: SimulatedChip, presentation: number): CardConnection {
    let open = true;
    const lies = (): boolean => open && this.#chip === chip && this.#presentation === presentation;
    return {
      reader: trainingReaderName,
      atr: toHex(chip.atr),
      limits: this.#limits,
      transmit: async (command) => {
        if (!lies()) throw new Failure('card.removed');
        const { maxCommand } = this.#limits;
        if (command.length > maxCommand) throw new Failure('reader.communication', { bytes: command.length });
        const response = chip.transmit(command);
        if (response === null) {
          this.lift();
          throw new Failure('card.removed');
        }
        const held = chip.heldMillis;
        if (held > 0) await this.#pause(Math.min(held, transmitTimeoutMillis));
        if (held > transmitTimeoutMillis) {
          open = false;
          throw new Failure('card.mute', { reader: trainingReaderName, millis: transmitTimeoutMillis });
        }
        if (!lies()) throw new Failure('card.removed');
        return response;
      },
      reset: async () => {
        if (!lies()) throw new Failure('card.removed');
        chip.reset();
      },
      close: async (how = 'leave') => {
        if (lies() && how === 'reset') chip.reset();
        open = false;
      },
    };
  }
}
