import { parentPort } from 'node:worker_threads';
import { asFailure } from '../result/failure.ts';
import type { TrustLookup } from '../trust/types.ts';
import type { ToldMessage } from './answer-schema.ts';
import { checkEvidence } from './check-evidence.ts';
import { inspect } from './procedure.ts';
import { transportOverPort } from './transport-channel.ts';
import { type RevocationShelf, trustOverPort } from './trust-channel.ts';
import type { Inspection } from './types.ts';
import { warmingSteps } from './warming.ts';
import type { InspectMessage, OwnerMessage } from './worker-messages.ts';

/*
 * The inspection worker: chip protocols and verification, with no disk, no window and no reader handle. It reaches the
 * card and the trust store through the two ports that come with each inspection, and may be ended at any moment.
 */

const owner = parentPort;
if (owner === null) throw new Error('the inspection worker runs as a worker thread only');

const tell = (message: ToldMessage): void => owner.postMessage(message);

const revocationLists: RevocationShelf = new Map();

const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));

let atWork = 0;
let steps: (() => void)[] = [];
let stepComes = false;

// One step for each turn of the event loop: a message that came meanwhile is heard after it, and while there is work none is taken.
function warmOn(): void {
  stepComes = false;
  if (atWork > 0) return;
  steps.shift()?.();
  if (steps.length > 0) goOnWarming();
  else tell({ type: 'warm' });
}

function goOnWarming(): void {
  if (steps.length === 0 || stepComes) return;
  stepComes = true;
  setImmediate(warmOn);
}

owner.on('message', (message: OwnerMessage) => {
  if (message.type === 'warm') {
    steps = [...warmingSteps(random)];
    goOnWarming();
    return;
  }
  atWork++;
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
      atWork--;
      goOnWarming();
    });
});

function read({ request, limits, resets, traced, transport }: InspectMessage, trust: TrustLookup): Promise<Inspection> {
  return inspect({
    ...request,
    transport: transportOverPort(transport, limits, resets),
    trust,
    random,
    clock: () => performance.now(),
    onProgress: (progress) => tell({ type: 'progress', progress }),
    ...(traced
      ? { trace: (direction: 'command' | 'response', apdu: Uint8Array) => tell({ type: 'trace', direction, apdu }) }
      : {}),
  });
}

tell({ type: 'ready' });
