import type { DeliveryView } from '../../preload/contract.ts';
import { issueKinds } from '../fleet/issue.ts';
import type { Delivering } from '../fleet/keep-delivering.ts';
import type { House } from '../house/house.ts';
import { Failure } from '../result/failure.ts';
import { waitingOf } from './headquarters-view.ts';

/** What tending the delivery needs of the desk. */
export interface DeliveryOptions {
  readonly house: Pick<House, 'fleet' | 'keyKind' | 'parcels'>;
  readonly changed: () => void;
  /** Cases may have come from other stations, or gone there. */
  readonly exchanged: () => void;
  /** Whether nobody is at the desk and nothing else is done to the lists: what headquarters issued is taken then alone. */
  readonly isFree: () => boolean;
  /** Takes a bundle beside the desk. */
  readonly takeTrust: (content: Uint8Array) => Promise<void>;
}

/**
 * Delivers to headquarters, fetches from there and exchanges referred cases with other stations, beside the desk, which never waits for
 * it; and says how far it is.
 */
export class DeliveryTending {
  readonly #options: DeliveryOptions;
  #delivering: Delivering | null = null;
  #pulling: Delivering | null = null;
  #exchanging: Delivering | null = null;
  /** A pull was due while a case was open. */
  #pullWaits = false;
  #view: DeliveryView | null = null;

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** Begins where the folder is unlocked; else nothing. May be called again, with each change of the desk. */
  start(): void {
    const { house, changed, exchanged, isFree, takeTrust } = this.#options;
    if (this.#delivering !== null || house.keyKind() === 'locked') return;
    this.#look();
    const told = (): void => {
      this.#look();
      changed();
    };
    this.#delivering = house.fleet.keepDelivering(told);
    const asFree = (): boolean => {
      this.#pullWaits = !isFree();
      return !this.#pullWaits;
    };
    this.#pulling = house.fleet.keepPulling({ isFree: asFree, takeTrust }, told);
    // Also while a case is open: the queue changes nothing of it.
    this.#exchanging = house.parcels.keepExchanging(() => {
      this.#look();
      exchanged();
    });
  }

  /** A record was kept: it waits from now on, and so may its case, or the end of one. */
  nudge(): void {
    this.#look();
    this.#delivering?.nudge();
    this.#exchanging?.nudge();
    if (this.#pullWaits) this.#pulling?.nudge();
  }

  /** As `Delivering.between`, of both ways: what is told meanwhile is of this work alone. Fails with `storage.locked`. */
  async between<Answer>(act: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    this.start();
    const [delivering, pulling] = [this.#delivering, this.#pulling];
    if (delivering === null || pulling === null) throw new Failure('storage.locked');
    try {
      return await delivering.between(() => pulling.between(act, signal), signal);
    } finally {
      this.#look();
      this.#options.changed();
      this.#exchanging?.nudge();
    }
  }

  /** Headquarters was set, or taken back: what waits goes now, and what is there is fetched. */
  begin(): void {
    this.#look();
    this.#delivering?.nudge();
    this.#pulling?.nudge();
    this.#exchanging?.nudge();
  }

  /** What the strip's corner shows, as it was when it changed last; null where no headquarters is set. */
  view(): DeliveryView | null {
    return this.#view;
  }

  async stop(): Promise<void> {
    await Promise.all([this.#delivering?.close(), this.#pulling?.close(), this.#exchanging?.close()]);
  }

  #look(): void {
    try {
      const report = this.#options.house.fleet.report();
      this.#view =
        report === null
          ? null
          : {
              waiting: waitingOf(report),
              since: report.waitingSince,
              code: report.last?.code ?? null,
              pull: {
                code: report.lastPull?.code ?? null,
                newest: newestOf(report.pulled),
                refused: issueKinds.filter((kind) => report.lastPull?.refused.some((each) => each.kind === kind)),
              },
              parcels: { code: report.parcels.last?.code ?? report.parcels.refused[0]?.code ?? null },
            };
    } catch {
      // A folder that is busy or touched now: the last view stands, and whoever judges by it tells.
    }
  }
}

/** When the newest of what headquarters issued was taken; null where nothing was. */
function newestOf(pulled: readonly { readonly takenAt: string }[]): string | null {
  return (
    pulled
      .map(({ takenAt }) => takenAt)
      .sort()
      .at(-1) ?? null
  );
}
