import { parentPort } from 'node:worker_threads';
import { asFailure } from '../result/failure.ts';
import type { ToldMessage } from './answer-schema.ts';
import { inspect } from './procedure.ts';
import { transportOverPort } from './transport-channel.ts';
import { trustOverPort } from './trust-channel.ts';
import type { InspectMessage } from './worker-messages.ts';

/*
 * The inspection worker: chip protocols and verification, with no disk, no window and no reader handle. It reaches the
 * card and the trust store through the two ports that come with each inspection, and may be ended at any moment.
 */

const owner = parentPort;
if (owner === null) throw new Error('the inspection worker runs as a worker thread only');

const tell = (message: ToldMessage): void => owner.postMessage(message);

owner.on('message', ({ request, limits, resets, traced, transport, trust }: InspectMessage) => {
  void inspect({
    ...request,
    transport: transportOverPort(transport, limits, resets),
    trust: trustOverPort(trust),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    clock: () => performance.now(),
    onProgress: (progress) => tell({ type: 'progress', progress }),
    ...(traced
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
      transport.close();
      trust.close();
    });
});

tell({ type: 'ready' });
