import type { DeliveryView } from '../../preload/contract.ts';
import type { Delivering } from '../fleet/keep-delivering.ts';
import type { House } from '../house/house.ts';

/** What tending the delivery needs of the desk. */
export interface DeliveryOptions {
  readonly house: Pick<House, 'fleet' | 'keyKind'>;
  readonly changed: () => void;
}

/** Delivers to headquarters beside the desk, which never waits for it, and says how far it is. */
export class DeliveryTending {
  readonly #options: DeliveryOptions;
  #delivering: Delivering | null = null;
  #view: DeliveryView | null = null;

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** Begins where the folder is unlocked; else nothing. May be called again, with each change of the desk. */
  start(): void {
    const { house, changed } = this.#options;
    if (this.#delivering !== null || house.keyKind() === 'locked') return;
    this.#look();
    this.#delivering = house.fleet.keepDelivering(() => {
      this.#look();
      changed();
    });
  }

  /** A record was kept: it waits from now on. */
  nudge(): void {
    this.#look();
    this.#delivering?.nudge();
  }

  /** What the strip's corner shows, as it was when it changed last; null where no headquarters is set. */
  view(): DeliveryView | null {
    return this.#view;
  }

  async stop(): Promise<void> {
    await this.#delivering?.close();
  }

  #look(): void {
    try {
      const report = this.#options.house.fleet.report();
      this.#view =
        report === null
          ? null
          : {
              waiting: report.parts.reduce((sum, { part, newest, delivered }) => {
                // A checkpoint goes with its record, and nobody counts it.
                return part === 'checkpoints' ? sum : sum + Math.max(0, newest - delivered);
              }, 0),
              since: report.waitingSince,
              code: report.last?.code ?? null,
            };
    } catch {
      // A folder that is busy or touched now: the last view stands, and whoever judges by it tells.
    }
  }
}
