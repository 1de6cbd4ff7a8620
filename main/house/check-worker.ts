import { parentPort, workerData } from 'node:worker_threads';
import { asFailure, Failure } from '../result/failure.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import { checkRecords } from '../store/check/check-records.ts';
import { openToRead } from '../store/open-database.ts';
import type { CheckMessage, CheckWork } from './check-messages.ts';

/*
 * The thread that checks the records of a folder, over a connection of its own that can only read. Any message cancels it; it may be
 * ended at any moment.
 */

const owner = parentPort;
if (owner === null) throw new Error('the check worker runs as a worker thread only');
const port = owner;

const tell = (message: CheckMessage): void => port.postMessage(message);

async function work({ path, sealingKey: bytes, keys, remembered }: CheckWork): Promise<void> {
  using sealingKey = new SecretBytes(bytes);
  const cancelled = new AbortController();
  port.once('message', () => cancelled.abort());
  // Who started it hears of its end: a port that is listened to would keep it alive.
  port.unref();
  const database = openToRead(path);
  try {
    const found = await checkRecords(
      database,
      { ...keys, sealingKey },
      {
        remembered,
        progress: (done, all) => {
          if (cancelled.signal.aborted) throw new Failure('records.check-cancelled');
          tell({ type: 'progress', progress: { done, all } });
        },
      },
    );
    tell({ type: 'ended', found });
  } finally {
    database.close();
  }
}

try {
  await work(workerData as CheckWork);
} catch (thrown) {
  const { code, fields } = asFailure(thrown);
  tell({ type: 'failure', code, fields });
}
