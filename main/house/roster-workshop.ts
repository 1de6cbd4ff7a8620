import { Worker } from 'node:worker_threads';
import type { DataKind } from '../result/data-kind.ts';
import { Failure } from '../result/failure.ts';
import type { RosterKeys } from '../store/open-roster.ts';
import { rosterMessage } from './roster-message-schema.ts';
import type { RosterOrder, RosterProgress, RosterReport, RosterWork } from './roster-messages.ts';

export interface RosterSurroundings {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RosterProgress) => void;
}

const limits = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 12 };

/**
 * Takes a register's file in threads of its own, so that whoever asks goes on with other work. `keys` are handed over: this thread
 * has no copy of them left. Fails as `importRoster`, with `holder.import-lost` where a thread ended by itself, and
 * with `call.malformed` where it told what none tells.
 */
export async function runRosterImport(
  workerUrl: URL,
  folder: { readonly directory: string; readonly kind: DataKind; readonly keys: RosterKeys },
  order: RosterOrder,
  { signal, onProgress }: RosterSurroundings,
): Promise<RosterReport> {
  if (signal.aborted) throw new Failure('holder.import-cancelled');
  const workerData: RosterWork = { role: 'import', ...folder, order };
  const transferList = Object.values(folder.keys).map(({ buffer }) => buffer);
  const worker = new Worker(workerUrl, { name: 'roster', workerData, transferList, resourceLimits: limits });
  const { promise, resolve, reject } = Promise.withResolvers<RosterReport>();
  const cancel = (): void => worker.postMessage('cancel');
  signal.addEventListener('abort', cancel, { once: true });
  worker.on('message', (told: unknown) => {
    const message = rosterMessage(told);
    // Whatever it is by now, it is nothing that can be relied on.
    if (message === null) reject(new Failure('call.malformed'));
    else if (message.type === 'progress') onProgress(message.progress);
    else if (message.type === 'failure') reject(new Failure(message.code, message.fields));
    else resolve(message.report);
  });
  worker.on('error', () => reject(new Failure('holder.import-lost')));
  worker.once('exit', () => reject(new Failure('holder.import-lost')));
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', cancel);
    await worker.terminate();
  }
}
