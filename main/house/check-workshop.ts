import { Worker } from 'node:worker_threads';
import { Failure } from '../result/failure.ts';
import type { RecordsCheck } from '../store/check/check-records.ts';
import { type CheckProgress, type CheckWork, checkMessage } from './check-messages.ts';

/** Who hears of a check and may end it. */
export interface CheckSurroundings {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CheckProgress) => void;
}

/** For whom nobody waits: it is not ended, and nobody hears how far it is. */
export const unheard: CheckSurroundings = { signal: new AbortController().signal, onProgress: () => undefined };

const limits = { maxOldGenerationSizeMb: 512 };

/**
 * Checks records in a thread of its own; the copy of the key is handed over. Fails as `checkRecords` does, with
 * `records.check-cancelled`, with `records.check-lost` where the thread ended by itself, and with `call.malformed` where it told
 * what none tells.
 */
export async function runRecordsCheck(
  workerUrl: URL,
  work: CheckWork,
  { signal, onProgress }: CheckSurroundings,
): Promise<RecordsCheck> {
  if (signal.aborted) throw new Failure('records.check-cancelled');
  const worker = new Worker(workerUrl, {
    name: 'check',
    workerData: work,
    transferList: [work.sealingKey.buffer as ArrayBuffer],
    resourceLimits: limits,
  });
  const { promise, resolve, reject } = Promise.withResolvers<RecordsCheck>();
  const cancel = (): void => worker.postMessage('cancel');
  signal.addEventListener('abort', cancel, { once: true });
  worker.on('message', (told: unknown) => {
    const message = checkMessage(told);
    // Whatever it is by now, it is nothing that can be relied on.
    if (message === null) reject(new Failure('call.malformed'));
    else if (message.type === 'progress') onProgress(message.progress);
    else if (message.type === 'failure') reject(new Failure(message.code, message.fields));
    else resolve(message.found);
  });
  worker.on('error', () => reject(new Failure('records.check-lost')));
  worker.once('exit', () => reject(new Failure('records.check-lost')));
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', cancel);
    await worker.terminate();
  }
}
