import { MessageChannel, Worker } from 'node:worker_threads';
import type { AccessKey } from '../chip/access-key.ts';
import type { CardTransport } from '../chip/card-transport.ts';
import type { ExtendedLengthUse } from '../chip/read-file.ts';
import type { LengthStep } from '../chip/read-lengths.ts';
import type { OptionalGroup } from '../document/optional-groups.ts';
import { Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { StationTime, TrustLookup } from '../trust/types.ts';
import { abortedInspection } from './assemble.ts';
import type { ResumeState } from './resume.ts';
import { serveTransport } from './transport-channel.ts';
import { serveTrust } from './trust-channel.ts';
import type { Inspection, InspectionProgress } from './types.ts';
import type { InspectMessage, WorkerMessage } from './worker-messages.ts';

/** One inspection as its owner asks for it. */
export interface InspectorRequest {
  readonly connection: CardTransport;
  readonly accessKey: AccessKey | null;
  readonly at: PlainDate;
  readonly time: StationTime;
  readonly trust: TrustLookup;
  readonly extendedLength: ExtendedLengthUse;
  /** Groups that the policy wants beside those that every inspection reads; none where it is left out. */
  readonly dataGroups?: readonly OptionalGroup[];
  /** The step on which the ladder of lengths begins: the first unless something is known of the reader. */
  readonly lengthStep?: LengthStep;
  /** `resume` of an inspection that broke off; used only where the same chip comes back. */
  readonly resume?: ResumeState | null;
  readonly signal?: AbortSignal;
  readonly onProgress: (progress: InspectionProgress) => void;
  readonly trace?: (direction: 'command' | 'response', apdu: Uint8Array) => void;
}

/** The owner's side of the inspection worker. */
export interface Inspector {
  /**
   * Runs one inspection; a second one waits for it. Never throws for what a chip or the worker does: an inspection that
   * was cancelled or whose worker went away comes back with every check aborted.
   */
  inspect(request: InspectorRequest): Promise<Inspection>;
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
    inspect(request) {
      const next = queue.then(() => runOne(running(), request, end));
      queue = next.catch(() => undefined);
      return next;
    },
  };
}

async function runOne(worker: Worker, request: InspectorRequest, end: () => Promise<void>): Promise<Inspection> {
  const { promise, resolve } = Promise.withResolvers<Inspection>();
  const transport = new MessageChannel();
  const trust = new MessageChannel();
  const served = serveTransport(request.connection, transport.port1);
  serveTrust(request.trust, trust.port1);

  const listen = (message: WorkerMessage): void => {
    if (message.type === 'progress') request.onProgress(message.progress);
    else if (message.type === 'trace') request.trace?.(message.direction, message.apdu);
    else if (message.type === 'result') resolve(message.inspection);
    else if (message.type === 'failure') resolve(abortedInspection(new Failure(message.code, message.fields)));
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
  request.signal?.addEventListener('abort', cancel, { once: true });
  try {
    if (request.signal?.aborted) return abortedInspection(new Failure('inspection.cancelled'));
    const message: InspectMessage = {
      type: 'inspect',
      accessKey: request.accessKey,
      at: request.at,
      time: request.time,
      extendedLength: request.extendedLength,
      dataGroups: request.dataGroups ?? [],
      lengthStep: request.lengthStep ?? null,
      resume: request.resume ?? null,
      limits: { ...request.connection.limits },
      traced: request.trace !== undefined,
      transport: transport.port2,
      trust: trust.port2,
    };
    worker.postMessage(message, [transport.port2, trust.port2]);
    return await promise;
  } finally {
    request.signal?.removeEventListener('abort', cancel);
    worker.off('message', listen);
    worker.off('exit', lost);
    worker.unref();
    served.stop();
    trust.port1.close();
  }
}
