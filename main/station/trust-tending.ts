import type { ImportedFiles } from '../keeping/import/import-files.ts';
import type { TrustKeeping } from '../keeping/trust-keeping.ts';
import type { TrustUpdate } from '../keeping/update/update-trust.ts';
import type { TrustProgress } from '../keeping/workshop/worker-messages.ts';
import type { TrustWorkshop } from '../keeping/workshop/workshop.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { ListSigning } from '../trust/lists/list-signing.ts';
import type { Timers } from './timers.ts';

const minute = 60_000;
// Stations that are switched on together do not ask together.
const first = { least: minute, spread: 4 * minute };
const betweenUpdates = 6 * 60 * minute;
const betweenLooks = 15 * minute;
/** After a failure; doubled with each further one, up to the time between updates. */
const afterFailure = 15 * minute;
const whileReading = minute;

/** What is done to the trust store now. `background` is work that nobody at the desk asked for. */
export interface TrustWorkUnderWay extends TrustProgress {
  readonly kind: 'update' | 'import';
  readonly background: boolean;
}

export interface TendingOptions {
  readonly keeping: Pick<TrustKeeping, 'upkeep'>;
  readonly workshop: TrustWorkshop;
  readonly timers: Timers;
  /** Whether a document is being read now. */
  readonly isReading: () => boolean;
  /** Called when work begins or ends, and as it goes on. */
  readonly changed: () => void;
  readonly progressed: () => void;
  /** From 0 to 1: where in its span this station makes its first update. */
  readonly spread: () => number;
}

/**
 * Keeps the trust store fresh in the background and does what the office asks for: one work at a time, none begun while a
 * document is read. A failed update is kept with its reason, leaves what was there, and is repeated later and later.
 */
export class TrustTending {
  readonly #options: TendingOptions;
  #work: { readonly shown: TrustWorkUnderWay; readonly end: AbortController } | null = null;
  #done: Promise<unknown> = Promise.resolve();
  #cancelNext: () => void = () => undefined;
  #failures = 0;
  #stopped = false;

  constructor(options: TendingOptions) {
    this.#options = options;
  }

  start(): void {
    this.#next(first.least + this.#options.spread() * first.spread);
  }

  /** Nothing begins any more; the promise ends when what is under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelNext();
    this.cancel();
    this.#options.workshop.endReading();
    await this.#done.catch(() => undefined);
  }

  underWay(): TrustWorkUnderWay | null {
    return this.#work?.shown ?? null;
  }

  /** Fails with `trust.busy`, `update.source-missing`. How the update ended is its answer. */
  async update(): Promise<TrustUpdate> {
    this.refuseIfBusy();
    if (this.#options.keeping.upkeep.places() === null) throw new Failure('update.source-missing');
    this.#cancelNext();
    return this.#update(false);
  }

  /** Takes chosen files; fails with `trust.busy` and as the import of files does. */
  async importFiles(paths: readonly string[]): Promise<ImportedFiles> {
    this.refuseIfBusy();
    return this.#run('import', false, (around) => this.#options.workshop.importFiles(paths, around));
  }

  /** By whom a chosen file is signed; nothing is taken. Fails with `trust.busy` and as the workshop's `signingOf`. */
  async signingOf(path: string): Promise<ListSigning> {
    this.refuseIfBusy();
    return this.#run('import', false, (around) => this.#options.workshop.signingOf(path, around));
  }

  /** Takes a bundle that headquarters issued, by the gates of a chosen file; fails as `importFiles` does. */
  async takeBundle(content: Uint8Array): Promise<void> {
    this.refuseIfBusy();
    return this.#run('import', true, (around) => this.#options.workshop.takeBundle(content, around));
  }

  /** Asks what is under way to end; nothing is changed then. */
  cancel(): void {
    this.#work?.end.abort();
  }

  /** Fails with `trust.busy` while work is under way or a document is read. */
  refuseIfBusy(): void {
    if (this.#work !== null || this.#stopped || this.#options.isReading()) throw new Failure('trust.busy');
  }

  #next(millis: number): void {
    this.#cancelNext();
    if (!this.#stopped) this.#cancelNext = this.#options.timers.after(millis, () => void this.#due());
  }

  async #due(): Promise<void> {
    if (this.#work !== null || this.#options.isReading()) return this.#next(whileReading);
    if (!this.#hasSource()) return this.#next(betweenLooks);
    // A disk that keeps no result tells it no later either: the next try is planned all the same.
    await this.#update(true).catch(() => undefined);
  }

  #hasSource(): boolean {
    try {
      return this.#options.keeping.upkeep.places() !== null;
    } catch {
      // A source that cannot be used is told by the update that tries it.
      return true;
    }
  }

  async #update(background: boolean): Promise<TrustUpdate> {
    const { workshop, keeping } = this.#options;
    let failed = true;
    try {
      const update = await this.#run('update', background, (around) => workshop.update(around)).catch(
        (thrown: unknown) => keeping.upkeep.failed(asFailure(thrown).code),
      );
      failed = update.outcome === 'failed';
      return update;
    } finally {
      this.#failures = failed ? this.#failures + 1 : 0;
      this.#next(failed ? Math.min(betweenUpdates, afterFailure * 2 ** (this.#failures - 1)) : betweenUpdates);
    }
  }

  async #run<Result>(
    kind: TrustWorkUnderWay['kind'],
    background: boolean,
    work: (around: Parameters<TrustWorkshop['update']>[0]) => Promise<Result>,
  ): Promise<Result> {
    const end = new AbortController();
    const onProgress = (progress: TrustProgress): void => {
      if (this.#work?.end !== end) return;
      this.#work = { ...this.#work, shown: { ...this.#work.shown, ...progress } };
      this.#options.progressed();
    };
    this.#work = { shown: { kind, background, part: null, file: null }, end };
    const done = work({ signal: end.signal, onProgress });
    this.#done = done;
    this.#options.changed();
    try {
      return await done;
    } finally {
      this.#work = null;
      this.#options.changed();
    }
  }
}
