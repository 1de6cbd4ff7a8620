import { parentPort } from 'node:worker_threads';
import { asFailure } from '../result/failure.ts';
import { inspect } from './procedure.ts';
import { transportOverPort } from './transport-channel.ts';
import { trustOverPort } from './trust-channel.ts';
import type { InspectMessage, WorkerMessage } from './worker-messages.ts';

/*
 * The inspection worker: chip protocols and verification, with no disk, no window and no reader handle. It reaches the
 * card and the trust store through the two ports that come with each inspection, and may be ended at any moment.
 */

const owner = parentPort;
if (owner === null) throw new Error('the inspection worker runs as a worker thread only');

const tell = (message: WorkerMessage): void => owner.postMessage(message);

owner.on('message', (message: InspectMessage) => {
  void inspect({
    transport: transportOverPort(message.transport, message.limits),
    accessKey: message.accessKey,
    at: message.at,
    time: message.time,
    trust: trustOverPort(message.trust),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    clock: () => performance.now(),
    extendedLength: message.extendedLength,
    dataGroups: message.dataGroups,
    ...(message.lengthStep === null ? {} : { lengthStep: message.lengthStep }),
    resume: message.resume,
    onProgress: (progress) => tell({ type: 'progress', progress }),
    ...(message.traced
      ? { trace: (direction: 'command' | 'response', apdu: Uint8Array) => tell({ type: 'trace', direction, apdu }) }
      : {}),
  })
    .then(
      (inspection) => tell({ type: 'result', inspection }),
      (thrown: unknown) => {
        const { code, fields } = asFailure(thrown);
        tell({ type: 'failure', code, fields });
      },
    )
    .finally(() => {
      message.transport.close();
      message.trust.close();
    });
});

tell({ type: 'ready' });
