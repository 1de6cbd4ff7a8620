import type { HeadquartersWorkView } from '../../preload/contract.ts';
import { Failure } from '../result/failure.ts';
import type { DeliveryTending } from './delivery-tending.ts';

/** What a work is given: it ends when `signal` is aborted, and says how far it is. */
interface WorkAround {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

/**
 * What somebody at this desk has done with headquarters: one work at a time, each after those before it, in turns with the desk and
 * never beside the delivery in the background.
 */
export class HeadquartersWork {
  readonly #delivery: Pick<DeliveryTending, 'between'>;
  readonly #told: { readonly changed: () => void; readonly progressed: () => void };
  #last: Promise<unknown> = Promise.resolve();
  #shown: HeadquartersWorkView | null = null;
  #end = new AbortController();
  #stopped = false;

  constructor(
    delivery: Pick<DeliveryTending, 'between'>,
    told: { readonly changed: () => void; readonly progressed: () => void },
  ) {
    this.#delivery = delivery;
    this.#told = told;
  }

  underWay(): HeadquartersWorkView | null {
    return this.#shown;
  }

  /**
   * Does a work that is `all` long (null: nobody knows), or one that is over at once and not shown (`begun` null). Fails as the work
   * does, and with `service.cancelled`.
   */
  run<Answer>(
    begun: Pick<HeadquartersWorkView, 'kind' | 'all'> | null,
    act: (around: WorkAround) => Promise<Answer>,
  ): Promise<Answer> {
    const done = this.#last.catch(() => undefined).then(() => this.#run(begun, act));
    this.#last = done;
    return done;
  }

  /** Asks what is under way to end. */
  cancel(): void {
    this.#end.abort();
  }

  /** The promise ends when what is under way has ended; nothing begins any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.cancel();
    await this.#last.catch(() => undefined);
  }

  async #run<Answer>(
    begun: Pick<HeadquartersWorkView, 'kind' | 'all'> | null,
    act: (around: WorkAround) => Promise<Answer>,
  ): Promise<Answer> {
    if (this.#stopped) throw new Failure('service.cancelled');
    const end = new AbortController();
    this.#end = end;
    const show = (done: number): void => {
      if (begun === null) return;
      const { kind, all } = begun;
      // More may have come meanwhile than waited when it began.
      this.#shown = { kind, done, all: all === null ? null : Math.max(all, done) };
    };
    show(0);
    this.#told.changed();
    const onProgress = (done: number): void => {
      show(done);
      this.#told.progressed();
    };
    try {
      return await this.#delivery.between(() => act({ signal: end.signal, onProgress }), end.signal);
    } finally {
      this.#shown = null;
      this.#told.changed();
    }
  }
}
