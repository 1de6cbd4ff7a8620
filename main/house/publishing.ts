import type { LogKeeping } from '../keeping/log/log-keeping.ts';
import type { After } from '../result/after.ts';

/** Brings checkpoints of the log to where they go, beside the cases. */
export interface Publishing {
  /** After a record: begins, or lets what is under way be followed by another turn. Nobody waits for it, and it never fails. */
  readonly soon: () => void;
  /** Waits a little for what is under way, and ends it. */
  readonly close: () => Promise<void>;
}

/** So long a door that closes waits for a file or a witness. */
const patienceMillis = 3000;

/** Over the log of a folder. What fails is seen by `state` of the log's keeping, which doctor tells. */
export function publishing({ publish }: Pick<LogKeeping, 'publish'>, after: After): Publishing {
  const ended = new AbortController();
  let running: Promise<void> | null = null;
  let again = false;
  const turns = async (): Promise<void> => {
    do {
      again = false;
      // Where the folder itself cannot be read the next turn or doctor tells it: the case has its record.
      await publish({ after, signal: ended.signal }).catch(() => []);
    } while (again && !ended.signal.aborted);
    running = null;
  };
  return {
    soon: () => {
      again = true;
      if (!ended.signal.aborted) running ??= turns();
    },
    close: async () => {
      if (running === null) return;
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const cancel = after(patienceMillis, resolve);
      await Promise.race([running, late]);
      cancel();
      ended.abort();
    },
  };
}
