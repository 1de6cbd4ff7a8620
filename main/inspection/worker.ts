import { parentPort } from 'node:worker_threads';
import { asFailure } from '../result/failure.ts';
import type { TrustLookup } from '../trust/types.ts';
import type { ToldMessage } from './answer-schema.ts';
import { checkEvidence } from './check-evidence.ts';
import { inspect } from './procedure.ts';
import { transportOverPort } from './transport-channel.ts';
import { type RevocationShelf, trustOverPort } from './trust-channel.ts';
import type { Inspection } from './types.ts';
import type { InspectMessage, OwnerMessage } from './worker-messages.ts';

/*
 * The inspection worker: chip protocols and verification, with no disk, no window and no reader handle. It reaches the
 * card and the trust store through the two ports that come with each inspection, and may be ended at any moment.
 */

const owner = parentPort;
if (owner === null) throw new Error('the inspection worker runs as a worker thread only');

const tell = (message: ToldMessage): void => owner.postMessage(message);

const revocationLists: RevocationShelf = new Map();

owner.on('message', (message: OwnerMessage) => {
  const trust = trustOverPort(message.trust, revocationLists);
  const made =
    message.type === 'judge' ? checkEvidence(message.evidence, { ...message.around, trust }) : read(message, trust);
  void made
    .then(
      (inspection) => tell({ type: 'result', inspection }),
      (thrown: unknown) => {
        const { code, fields } = asFailure(thrown);
        tell({ type: 'failure', code, fields });
      },
    )
    .finally(() => {
      if (message.type === 'inspect') message.transport.close();
      message.trust.close();
    });
});

function read({ request, limits, resets, traced, transport }: InspectMessage, trust: TrustLookup): Promise<Inspection> {
  return inspect({
    ...request,
    transport: transportOverPort(transport, limits, resets),
    trust,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    clock: () => performance.now(),
    onProgress: (progress) => tell({ type: 'progress', progress }),
    ...(traced
      ? { trace: (direction: 'command' | 'response', apdu: Uint8Array) => tell({ type: 'trace', direction, apdu }) }
      : {}),
  });
}

tell({ type: 'ready' });
