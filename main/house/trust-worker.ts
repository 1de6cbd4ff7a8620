import { setImmediate as turn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { importTrustFiles } from '../keeping/import/import-files.ts';
import { loadOwnPolicies } from '../keeping/policies/own-policies.ts';
import { readRevocationStates } from '../keeping/update/revocation-places.ts';
import { readSource } from '../keeping/update/source.ts';
import { updateTrust } from '../keeping/update/update-trust.ts';
import type { ToldTrustMessage } from '../keeping/workshop/worker-answer-schema.ts';
import type { TrustWork } from '../keeping/workshop/worker-messages.ts';
import { machineAfter, machineClock } from '../machine/clock.ts';
import { resourcesIn } from '../machine/resources.ts';
import { asFailure, Failure } from '../result/failure.ts';
import { openFolder, refusedPublicKeys } from './folder.ts';

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
  const ownPolicies = loadOwnPolicies(resourcesIn(resourcesDirectory));
  const store = await openFolder({ directory, kind, clock: machineClock });
  try {
    if (task.type === 'import') {
      const onProgress = (progress: { readonly part: number; readonly file: string }): void =>
        tell({ type: 'progress', progress });
      const imported = await importTrustFiles(task.paths, {
        store,
        clock: machineClock,
        ownPolicies,
        refusedPublicKeys: refusedPublicKeys(kind),
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
      refusedPublicKeys: refusedPublicKeys(kind),
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
