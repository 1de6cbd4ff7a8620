import { basename } from 'node:path';
import type { House } from '../house/house.ts';
import { Failure } from '../result/failure.ts';

type Order = Parameters<House['importRoster']>[0];
type Around = Parameters<House['importRoster']>[1];

/** How far an import of the register is. */
export type RosterProgress = Parameters<Around['onProgress']>[0];
/** How one ended. */
export type RosterReport = Awaited<ReturnType<House['importRoster']>>;

/** What is done to the register now. */
export interface RosterWorkUnderWay extends RosterProgress {
  /** Nothing is taken: somebody wants to know what would come of it. */
  readonly trial: boolean;
}

const begun: RosterProgress = { stage: 'looking', part: 0, people: 0, perSecond: 0, secondsLeft: null };

/**
 * Imports of the register that the office asks for, one at a time and beside the desk: its threads read and seal, cases go on and
 * records are kept meanwhile. The chosen file's path stays here; pages know its name.
 */
export class RosterTending {
  readonly #house: Pick<House, 'importRoster'>;
  readonly #changed: () => void;
  readonly #progressed: () => void;
  #chosen: string | null = null;
  #work: { readonly shown: RosterWorkUnderWay; readonly end: AbortController } | null = null;
  #done: Promise<unknown> = Promise.resolve();

  constructor(
    house: Pick<House, 'importRoster'>,
    told: { readonly changed: () => void; readonly progressed: () => void },
  ) {
    this.#house = house;
    this.#changed = told.changed;
    this.#progressed = told.progressed;
  }

  underWay(): RosterWorkUnderWay | null {
    return this.#work?.shown ?? null;
  }

  /** Remembers which file is meant from now on; answers its name. Fails with `holder.import-running`. */
  choose(path: string): string {
    this.refuseIfBusy();
    this.#chosen = path;
    return basename(path);
  }

  /** The chosen file. Fails with `call.malformed` where there is none: no page of ours asks then. */
  chosen(): string {
    if (this.#chosen === null) throw new Failure('call.malformed');
    return this.#chosen;
  }

  /** Fails with `holder.import-running` while one is under way. */
  refuseIfBusy(): void {
    if (this.#work !== null) throw new Failure('holder.import-running');
  }

  /** Fails as `House.importRoster` does. */
  async take(order: Omit<Order, 'path' | 'encoding'>): Promise<RosterReport> {
    this.refuseIfBusy();
    const path = this.chosen();
    const end = new AbortController();
    const onProgress = (progress: RosterProgress): void => {
      if (this.#work?.end !== end) return;
      this.#work = { ...this.#work, shown: { ...progress, trial: order.dryRun } };
      this.#progressed();
    };
    this.#work = { shown: { ...begun, trial: order.dryRun }, end };
    this.#changed();
    const done = this.#house.importRoster({ ...order, path, encoding: null }, { signal: end.signal, onProgress });
    this.#done = done;
    try {
      return await done;
    } finally {
      this.#work = null;
      this.#changed();
    }
  }

  /** Asks what is under way to end; the same file goes on where it was. */
  cancel(): void {
    this.#work?.end.abort();
  }

  /** The promise ends when what is under way has ended. */
  async stop(): Promise<void> {
    this.cancel();
    await this.#done.catch(() => undefined);
  }
}
