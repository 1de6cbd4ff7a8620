import { Worker } from 'node:worker_threads';
import { Failure } from '../result/failure.ts';
import type { ImportedFiles } from './trust-import-files.ts';
import type { TrustUpdate } from './trust-update.ts';
import type { TrustProgress, TrustWork, TrustWorkerMessage } from './trust-worker-messages.ts';

export interface WorkSurroundings {
  /** Asks the work to end; what was there before stays whole. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TrustProgress) => void;
}

/** Long work on the trust store, beside the desk: each call has a worker thread of its own. */
export interface TrustWorkshop {
  /** Updates from the source that is set. Fails with `update.source-missing` or `trust.worker-lost`; how an update ended is its answer. */
  readonly update: (around: WorkSurroundings) => Promise<TrustUpdate>;
  /** Takes chosen files. Fails as `importTrustFiles` does, and with `trust.worker-lost`. */
  readonly importFiles: (paths: readonly string[], around: WorkSurroundings) => Promise<ImportedFiles>;
}

/** How long a worker may take to end by itself once it is asked to. */
const patienceMillis = 5_000;
/** Lists are hostile input: a worker that needs more than any list can ends, and the desk does not. */
const resourceLimits = { maxOldGenerationSizeMb: 1024 };

/** The workshop of one data folder; `workerUrl` is the file that its workers run (the front door knows where it lies). */
export function trustWorkshop(workerUrl: URL, folder: Omit<TrustWork, 'task'>): TrustWorkshop {
  return {
    update: async (around) => {
      const ended = await run(workerUrl, { ...folder, task: { type: 'update' } }, around);
      if (ended.type !== 'updated') throw new Failure('trust.worker-lost');
      return ended.update;
    },
    importFiles: async (paths, around) => {
      const ended = await run(workerUrl, { ...folder, task: { type: 'import', paths } }, around);
      if (ended.type !== 'imported') throw new Failure('trust.worker-lost');
      return ended.imported;
    },
  };
}

type Ended = Extract<TrustWorkerMessage, { readonly type: 'updated' | 'imported' }>;

async function run(workerUrl: URL, workerData: TrustWork, { signal, onProgress }: WorkSurroundings): Promise<Ended> {
  if (signal.aborted) throw new Failure('update.cancelled');
  const { promise, resolve, reject } = Promise.withResolvers<Ended>();
  const worker = new Worker(workerUrl, { name: 'trust', workerData, resourceLimits });
  let patience: NodeJS.Timeout | undefined;
  const cancel = (): void => {
    worker.postMessage('cancel');
    patience = setTimeout(() => {
      reject(new Failure('update.cancelled'));
      void worker.terminate();
    }, patienceMillis);
  };
  worker.on('message', (message: TrustWorkerMessage) => {
    if (message.type === 'progress') onProgress(message.progress);
    else if (message.type === 'failure') reject(new Failure(message.code, message.fields));
    else resolve(message);
  });
  worker.on('error', () => reject(new Failure('trust.worker-lost')));
  worker.once('exit', () => reject(new Failure('trust.worker-lost')));
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', cancel);
    clearTimeout(patience);
  }
}
