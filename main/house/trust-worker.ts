import { setImmediate as turn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { asFailure, Failure } from '../result/failure.ts';
import { machineAfter, machineClock } from './clock.ts';
import { openFolder } from './folder.ts';
import { loadResources } from './resources.ts';
import { readRevocationStates } from './revocation-places.ts';
import type { ToldTrustMessage } from './trust-answer-schema.ts';
import { importTrustFiles } from './trust-import-files.ts';
import { readSource } from './trust-source.ts';
import { updateTrust } from './trust-update.ts';
import type { TrustWork } from './trust-worker-messages.ts';

/*
 * The trust worker: lists are fetched, proved and taken beside the desk, over a connection to the store of its own. Any message
 * cancels it. It may be ended at any moment: what it changes is one transaction.
 */

const owner = parentPort;
if (owner === null) throw new Error('the trust worker runs as a worker thread only');

const cancelled = new AbortController();
owner.once('message', () => cancelled.abort());
// Who started it hears of its end: a port that is listened to would keep it alive.
owner.unref();

const tell = (message: ToldTrustMessage): void => owner.postMessage(message);

async function work({ directory, kind, resourcesDirectory, task }: TrustWork): Promise<ToldTrustMessage> {
  const { signal } = cancelled;
  const { ownPolicies } = loadResources(resourcesDirectory);
  const store = await openFolder({ directory, kind, clock: machineClock });
  try {
    if (task.type === 'import') {
      const onProgress = (progress: { readonly part: number; readonly file: string }): void =>
        tell({ type: 'progress', progress });
      const imported = await importTrustFiles(task.paths, {
        store,
        clock: machineClock,
        ownPolicies,
        signal,
        onProgress,
      });
      return { type: 'imported', imported };
    }
    const source = readSource(store.settings);
    if (source === null && readRevocationStates(store.settings).length === 0)
      throw new Failure('update.source-missing');
    const update = await updateTrust(source, {
      store,
      clock: machineClock,
      ownPolicies,
      signal,
      after: machineAfter,
      onProgress: async () => {
        await turn();
        if (signal.aborted) throw new Failure('update.cancelled');
      },
    });
    return { type: 'updated', update };
  } finally {
    store.close();
  }
}

try {
  tell(await work(workerData as TrustWork));
} catch (thrown) {
  const { code, fields } = asFailure(thrown);
  tell({ type: 'failure', code, fields });
}
