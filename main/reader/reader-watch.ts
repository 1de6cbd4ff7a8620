import type { FailureCode } from '../result/failure-codes.ts';
import { type ScardBinding, ScardError, type ScardReaderState, type ScardWatch } from './scard.ts';
import { scardFailure } from './scard-failures.ts';
import type { Scheduler } from './scheduler.ts';

export interface ReaderWatchOptions {
  readonly binding: ScardBinding;
  readonly scheduler: Scheduler;
  /** Milliseconds before the next try, given how many tries in a row have failed (0 after the first). */
  readonly retryDelayMillis: (failures: number) => number;
  readonly onState: (change: ScardReaderState) => void;
  /** The context is gone and with it all that was known of readers. */
  readonly onEnd: () => void;
  /** Once per change: the service answers, or it does not and `code` says why. */
  readonly onService: (available: boolean, code: FailureCode | null) => void;
  /** The service answered; `whole` where all its readers are told of in the same turn. */
  readonly onReady: (whole: boolean) => void;
}

/**
 * Watches readers for ever: when the service stops, refuses or was never there, it is asked again and again until it
 * answers or `stop` is called. Windows stops it with the last reader and expects just that.
 */
export function watchReaders(options: ReaderWatchOptions): ScardWatch {
  const { binding, scheduler, retryDelayMillis, onState, onEnd, onService, onReady } = options;
  let stopped = false;
  // A binding may tell of the end of a watch that has been replaced since.
  let active: object | null = null;
  let watch: ScardWatch | null = null;
  let cancelRetry = (): void => {};
  let failures = 0;
  let told: FailureCode | 'available' | null = null;

  const tell = (now: FailureCode | 'available'): void => {
    if (told === now) return;
    told = now;
    onService(now === 'available', now === 'available' ? null : now);
  };
  const retry = (): void => {
    cancelRetry = scheduler(retryDelayMillis(failures), begin);
    failures += 1;
  };
  const end = (error: ScardError, begun: boolean): void => {
    void watch?.stop();
    watch = null;
    // Without a status the binding gave up on its own account; the service may well be there.
    if (error.status !== null) tell(scardFailure(error, begun ? 'watching' : 'watch').code);
    onEnd();
    retry();
  };
  const begin = (): void => {
    const current = {};
    let begun = false;
    active = current;
    try {
      watch = binding.watch(
        (change) => {
          if (stopped || active !== current) return;
          failures = 0;
          onState(change);
        },
        (error) => {
          if (stopped || active !== current) return;
          active = null;
          end(error, begun);
        },
        (whole) => {
          if (stopped || active !== current) return;
          begun = true;
          failures = 0;
          tell('available');
          onReady(whole);
        },
      );
    } catch (thrown) {
      active = null;
      if (!(thrown instanceof ScardError)) throw thrown;
      end(thrown, false);
    }
  };
  begin();
  return {
    async stop() {
      if (stopped) return;
      stopped = true;
      cancelRetry();
      await watch?.stop();
      watch = null;
    },
  };
}
