import { setImmediate as turn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { fileOfBytes } from '../keeping/import/trust-file.ts';
import type { TrustKeeping } from '../keeping/trust-keeping.ts';
import type { ToldTrustMessage } from '../keeping/workshop/worker-answer-schema.ts';
import type { TrustWork } from '../keeping/workshop/worker-messages.ts';
import { machineClock } from '../machine/clock.ts';
import { asFailure, Failure } from '../result/failure.ts';
import { nothingManaged, readManagedSettings } from './managed-settings.ts';
import { openKeeping } from './open-keeping.ts';

/*
 * The trust worker: lists are fetched, proved and taken beside the desk, over a connection to the store of its own. Any message
 * cancels it. It may be ended at any moment: what it changes is one transaction. When it has told how its work ended, it reads a
 * second time what is new, for nobody to wait for.
 */

const owner = parentPort;
if (owner === null) throw new Error('the trust worker runs as a worker thread only');

const cancelled = new AbortController();
owner.once('message', () => cancelled.abort());
// Who started it hears of its end: a port that is listened to would keep it alive.
owner.unref();

const tell = (message: ToldTrustMessage): void => owner.postMessage(message);

async function work({ task, ...folder }: TrustWork): Promise<void> {
  const { signal } = cancelled;
  const managed = folder.kind === 'ordinary' ? readManagedSettings() : nothingManaged;
  const keeping = await openKeeping({ ...folder, clock: machineClock, managed });
  try {
    tell(await done(task, keeping));
    // Who looks at a signer has changed nothing.
    if (task.type === 'signing') return;
    // What keeps it from its end is no failure of the work: what was not read twice waits for the next time, and is told so.
    await keeping.readTwice({ signal, masterLists: [] }).catch(() => undefined);
  } finally {
    keeping.close();
  }
}

async function done(task: TrustWork['task'], keeping: TrustKeeping): Promise<ToldTrustMessage> {
  const { signal } = cancelled;
  if (task.type === 'bundle') {
    const nobody = { signer: null, pin: false, names: [] };
    await keeping.imports.take([fileOfBytes(task.content)], nobody, () => undefined);
    return { type: 'taken' };
  }
  if (task.type === 'signing') return { type: 'signing', signing: await keeping.imports.signingOf(task.path) };
  if (task.type === 'import') {
    const onProgress = (progress: { readonly part: number; readonly file: string }): void =>
      tell({ type: 'progress', progress });
    return { type: 'imported', imported: await keeping.imports.takeChosen(task.paths, { signal, onProgress }) };
  }
  const update = await keeping.upkeep.update({
    from: null,
    signal,
    onProgress: async () => {
      await turn();
      if (signal.aborted) throw new Failure('update.cancelled');
    },
  });
  return { type: 'updated', update };
}

try {
  await work(workerData as TrustWork);
} catch (thrown) {
  const { code, fields } = asFailure(thrown);
  tell({ type: 'failure', code, fields });
}
