import { MessageChannel, Worker } from 'node:worker_threads';
import type { CardTransport } from '../chip/card-transport.ts';
import { Failure } from '../result/failure.ts';
import type { TrustLookup } from '../trust/types.ts';
import { workerMessage } from './answer-schema.ts';
import { abortedInspection } from './assemble.ts';
import type { InspectionEars, InspectionRequest } from './request.ts';
import { serveTransport } from './transport-channel.ts';
import { serveTrust } from './trust-channel.ts';
import type { Inspection } from './types.ts';
import type { InspectMessage } from './worker-messages.ts';

/** What an inspection needs of its owner beside the request: the card, the trust store, and who hears of it. */
export interface InspectionOwner extends InspectionEars {
  readonly connection: CardTransport;
  readonly trust: TrustLookup;
  readonly signal?: AbortSignal;
}

/** The owner's side of the inspection worker. */
export interface Inspector {
  /**
   * Runs one inspection; a second one waits for it. Never throws for what a chip or the worker does: an inspection that
   * was cancelled, whose worker went away or told nonsense comes back with every check aborted.
   */
  inspect(request: InspectionRequest, owner: InspectionOwner): Promise<Inspection>;
  /** Starts the worker before it is needed, so that the first tap does not wait for it. */
  warmUp(): void;
  close(): Promise<void>;
}

/** An inspector whose worker runs the file at `workerUrl` (the front door knows where it lies). */
export function createInspector(workerUrl: URL): Inspector {
  let worker: Worker | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  const running = (): Worker => {
    if (worker === null) {
      const started = new Worker(workerUrl, { name: 'inspection' });
      // Without a listener an error in the worker would end the whole app; whoever waits hears of it through `exit`.
      started.on('error', () => undefined);
      started.once('exit', () => {
        if (worker === started) worker = null;
      });
      started.unref();
      worker = started;
    }
    return worker;
  };

  const end = async (): Promise<void> => {
    const ending = worker;
    worker = null;
    await ending?.terminate();
  };

  return {
    warmUp: () => void running(),
    close: end,
    inspect(request, owner) {
      const next = queue.then(() => runOne(running(), request, owner, end));
      queue = next.catch(() => undefined);
      return next;
    },
  };
}

async function runOne(
  worker: Worker,
  request: InspectionRequest,
  owner: InspectionOwner,
  end: () => Promise<void>,
): Promise<Inspection> {
  const { promise, resolve } = Promise.withResolvers<Inspection>();
  const transport = new MessageChannel();
  const trust = new MessageChannel();
  const served = serveTransport(owner.connection, transport.port1);
  serveTrust(owner.trust, trust.port1);

  const listen = (told: unknown): void => {
    const message = workerMessage(told);
    if (message === null) {
      // Whatever it is by now, it is no inspection that can be relied on.
      resolve(abortedInspection(new Failure('call.malformed')));
      void end();
    } else if (message.type === 'progress') owner.onProgress(message.progress);
    else if (message.type === 'trace') owner.trace?.(message.direction, message.apdu);
    else if (message.type === 'result') resolve(message.inspection);
    else if (message.type === 'failure') resolve(abortedInspection(message));
  };
  const lost = (): void => resolve(abortedInspection(new Failure('inspection.worker-lost')));
  // The worker may be anywhere, also in a loop that hears nothing: ending it is the only sure way out.
  const cancel = (): void => {
    resolve(abortedInspection(new Failure('inspection.cancelled')));
    void end();
  };

  worker.ref();
  worker.on('message', listen);
  worker.once('exit', lost);
  owner.signal?.addEventListener('abort', cancel, { once: true });
  try {
    if (owner.signal?.aborted) return abortedInspection(new Failure('inspection.cancelled'));
    const message: InspectMessage = {
      request,
      limits: { ...owner.connection.limits },
      resets: owner.connection.reset !== undefined,
      traced: owner.trace !== undefined,
      transport: transport.port2,
      trust: trust.port2,
    };
    worker.postMessage(message, [transport.port2, trust.port2]);
    return await promise;
  } finally {
    owner.signal?.removeEventListener('abort', cancel);
    worker.off('message', listen);
    worker.off('exit', lost);
    worker.unref();
    served.stop();
    trust.port1.close();
  }
}
