import { Worker } from 'node:worker_threads';
import type { RecordsCheck } from '../store/check/check-records.ts';
import { type CheckProgress, type CheckWork, checkMessage } from './check-messages.ts';
import { inThread, type ThreadSurroundings } from './thread-work.ts';

export type CheckSurroundings = ThreadSurroundings<CheckProgress>;

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
  around: CheckSurroundings,
): Promise<RecordsCheck> {
  const start = (): Worker =>
    new Worker(workerUrl, {
      name: 'check',
      workerData: work,
      transferList: [work.sealingKey.buffer as ArrayBuffer],
      resourceLimits: limits,
    });
  const ends = { cancelled: 'records.check-cancelled', lost: 'records.check-lost' } as const;
  return (await inThread({ start, read: checkMessage, ...ends }, around)).found;
}
