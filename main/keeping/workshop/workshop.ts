import { Worker } from 'node:worker_threads';
import { machineAfter } from '../../machine/clock.ts';
import type { After } from '../../result/after.ts';
import { Failure } from '../../result/failure.ts';
import type { ListSigning } from '../../trust/lists/list-signing.ts';
import type { ImportedFiles } from '../import/import-files.ts';
import type { TrustUpdate } from '../update/update-trust.ts';
import { trustWorkerMessage } from './worker-answer-schema.ts';
import type { TrustProgress, TrustWork, TrustWorkerMessage } from './worker-messages.ts';

export interface WorkSurroundings {
  /** Asks the work to end; what was there before stays whole. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TrustProgress) => void;
}

/** Long work on the trust store, beside the desk: each call has a worker thread of its own. */
export interface TrustWorkshop {
  /**
   * Updates from the source that is set. Fails with `update.source-missing`, `trust.worker-lost` or
   * `call.malformed`; how an update ended is its answer.
   */
  readonly update: (around: WorkSurroundings) => Promise<TrustUpdate>;
  /** Takes chosen files. Fails as `importTrustFiles` does, and with `trust.worker-lost` and `call.malformed`. */
  readonly importFiles: (paths: readonly string[], around: WorkSurroundings) => Promise<ImportedFiles>;
  /** By whom a chosen file is signed; nothing is taken. Fails as `listSigning` does, and with `trust.worker-lost` and `call.malformed`. */
  readonly signingOf: (path: string, around: WorkSurroundings) => Promise<ListSigning>;
  /** Takes the bytes of a station bundle that came another way. Fails as `importFiles` does. */
  readonly takeBundle: (content: Uint8Array, around: WorkSurroundings) => Promise<void>;
  /** Ends what goes on after the answer: the second reading of what was taken. What it has not read waits for the next work. */
  readonly endReading: () => void;
}

/** How long a worker may take to end by itself once it is asked to. */
const patienceMillis = 5_000;
/**
 * No work takes longer than fetching may (half an hour in all, `trust-fetch.ts`) and taking what was fetched: a worker that
 * something hostile caught in a loop is ended, else nothing would ever be updated again.
 */
const longestMillis = 60 * 60_000;
/**
 * Nor does the second reading of what was taken, which goes on after the answer: one that stumbles into a loop is ended. It is
 * ended too where the next work begins.
 */
const longestReadingMillis = 30 * 60_000;
/** Lists are hostile input: a worker that needs more than any list can ends, and the desk does not. */
const resourceLimits = { maxOldGenerationSizeMb: 1024 };

/**
 * The workshop of one data folder; `workerUrl` is the file that its workers run (the front door knows where it lies), `after`
 * the clock by which a worker that comes to no end is ended.
 */
export function trustWorkshop(
  workerUrl: URL,
  folder: Omit<TrustWork, 'task'>,
  after: After = machineAfter,
): TrustWorkshop {
  const reading = new Set<Worker>();
  const endReading = (): void => {
    for (const worker of reading) void worker.terminate();
  };
  // What was told stands, whatever becomes of the worker that told it; nobody's end waits for it.
  const told = (worker: Worker): void => {
    reading.add(worker);
    worker.unref();
    const cancelBound = after(longestReadingMillis, () => void worker.terminate());
    worker.once('exit', () => {
      cancelBound();
      reading.delete(worker);
    });
  };
  const begin: Beginning = { workerUrl, after, told };
  return {
    endReading,
    update: async (around) => {
      endReading();
      const ended = await run(begin, { ...folder, task: { type: 'update' } }, around);
      if (ended.type !== 'updated') throw new Failure('trust.worker-lost');
      return ended.update;
    },
    importFiles: async (paths, around) => {
      endReading();
      const ended = await run(begin, { ...folder, task: { type: 'import', paths } }, around);
      if (ended.type !== 'imported') throw new Failure('trust.worker-lost');
      return ended.imported;
    },
    signingOf: async (path, around) => {
      const ended = await run(begin, { ...folder, task: { type: 'signing', path } }, around);
      if (ended.type !== 'signing') throw new Failure('trust.worker-lost');
      return ended.signing;
    },
    takeBundle: async (content, around) => {
      endReading();
      const ended = await run(begin, { ...folder, task: { type: 'bundle', content } }, around);
      if (ended.type !== 'taken') throw new Failure('trust.worker-lost');
    },
  };
}

type Ended = Extract<TrustWorkerMessage, { readonly type: 'updated' | 'imported' | 'taken' | 'signing' }>;

interface Beginning {
  readonly workerUrl: URL;
  readonly after: After;
  /** Takes over the worker that has told how its work ended. */
  readonly told: (worker: Worker) => void;
}

async function run(
  { workerUrl, after, told: takeOver }: Beginning,
  workerData: TrustWork,
  { signal, onProgress }: WorkSurroundings,
): Promise<Ended> {
  if (signal.aborted) throw new Failure('update.cancelled');
  const { promise, resolve, reject } = Promise.withResolvers<Ended>();
  const worker = new Worker(workerUrl, { name: 'trust', workerData, resourceLimits });
  const endWith = (failure: Failure): void => {
    reject(failure);
    void worker.terminate();
  };
  const cancelBound = after(longestMillis, () => endWith(new Failure('trust.worker-lost', { limit: 'time' })));
  let cancelPatience: () => void = () => undefined;
  const cancel = (): void => {
    worker.postMessage('cancel');
    cancelPatience = after(patienceMillis, () => endWith(new Failure('update.cancelled')));
  };
  worker.on('message', (told: unknown) => {
    const message = trustWorkerMessage(told);
    // Whatever it is by now, it is nothing that can be relied on.
    if (message === null) endWith(new Failure('call.malformed'));
    else if (message.type === 'progress') onProgress(message.progress);
    else if (message.type === 'failure') reject(new Failure(message.code, message.fields));
    else resolve(message);
  });
  worker.on('error', () => reject(new Failure('trust.worker-lost')));
  worker.once('exit', () => reject(new Failure('trust.worker-lost')));
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const ended = await promise;
    takeOver(worker);
    return ended;
  } finally {
    signal.removeEventListener('abort', cancel);
    cancelPatience();
    cancelBound();
  }
}
