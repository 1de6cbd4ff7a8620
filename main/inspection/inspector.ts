import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { CardTransport } from '../chip/card-transport.ts';
import type { After } from '../result/after.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { TrustLookup } from '../trust/types.ts';
import { workerMessage } from './answer-schema.ts';
import { abortedInspection } from './assemble.ts';
import type { InspectionEvidence } from './evidence.ts';
import type { InspectionEars, InspectionRequest } from './request.ts';
import { serveTransport } from './transport-channel.ts';
import { serveTrust } from './trust-channel.ts';
import type { Inspection, Judging } from './types.ts';
import { type Watchdog, watchdog } from './watchdog.ts';
import type { InspectMessage, JudgeMessage, OwnerMessage, WarmMessage } from './worker-messages.ts';

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
   * was cancelled, whose worker went away, told nonsense or came to no end (`inspection.too-long`) comes back with every check
   * aborted.
   */
  inspect(request: InspectionRequest, owner: InspectionOwner): Promise<Inspection>;
  /**
   * Judges what was read once more (`checkEvidence`), in its turn: verifying takes longer than the owner may stand still. Fails
   * with `inspection.worker-lost`, `inspection.too-long`, `inspection.cancelled` and `call.malformed`: then nothing is known that was not before.
   */
  judge(evidence: InspectionEvidence, around: Judging & { readonly signal?: AbortSignal }): Promise<Inspection>;
  /**
   * Starts the worker before it is needed and lets it make ready what the first tap would wait for; each worker that takes its
   * place does so once it has nothing else to do.
   */
  warmUp(): void;
  close(): Promise<void>;
}

/**
 * An inspector whose worker runs the file at `workerUrl` (the front door knows where it lies). `after` is the clock by which a
 * worker that comes to no end is ended (`workBound`).
 */
export function createInspector(workerUrl: URL, after: After): Inspector {
  let worker: Worker | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let warms = false;

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
      if (warms) warm(started);
    }
    return worker;
  };

  const end = async (): Promise<void> => {
    const ending = worker;
    worker = null;
    await ending?.terminate();
  };

  // The time of each runs from its turn: who waits behind a long reading is not late.
  const inTurn = (run: (dog: Watchdog) => Promise<Inspection>): Promise<Inspection> => {
    const next = queue.then(async () => {
      const dog = watchdog(after);
      try {
        return await run(dog);
      } finally {
        dog.stop();
      }
    });
    queue = next.catch(() => undefined);
    return next;
  };

  return {
    warmUp: () => {
      if (warms) return;
      warms = true;
      if (worker === null) running();
      else warm(worker);
    },
    close: end,
    inspect: (request, owner) => inTurn((dog) => read({ worker: running(), dog, end }, request, owner)),
    judge: (evidence, around) => inTurn((dog) => judgeEvidence({ worker: running(), dog, end }, evidence, around)),
  };
}

function warm(worker: Worker): void {
  const message: WarmMessage = { type: 'warm' };
  worker.postMessage(message);
}

/** The worker at one piece of work, who watches over it, and how it is ended. */
interface AtWork {
  readonly worker: Worker;
  readonly dog: Watchdog;
  readonly end: () => Promise<void>;
}

async function read(atWork: AtWork, request: InspectionRequest, owner: InspectionOwner): Promise<Inspection> {
  const transport = new MessageChannel();
  const served = serveTransport(atWork.dog.watched(owner.connection), transport.port1);
  try {
    return await withTrust(owner.trust, (trust) => {
      const message: InspectMessage = {
        type: 'inspect',
        request,
        limits: { ...owner.connection.limits },
        resets: owner.connection.reset !== undefined,
        traced: owner.trace !== undefined,
        transport: transport.port2,
        trust,
      };
      return ask(atWork, { message, ports: [transport.port2, trust] }, owner);
    });
  } catch (thrown) {
    return abortedInspection(asFailure(thrown));
  } finally {
    served.stop();
  }
}

function judgeEvidence(
  atWork: AtWork,
  evidence: InspectionEvidence,
  { trust: lookup, signal, ...around }: Judging & { readonly signal?: AbortSignal },
): Promise<Inspection> {
  return withTrust(lookup, (trust) => {
    const message: JudgeMessage = { type: 'judge', evidence, around, trust };
    const ears = { onProgress: () => undefined, ...(signal === undefined ? {} : { signal }) };
    return ask(atWork, { message, ports: [trust] }, ears);
  });
}

async function withTrust(lookup: TrustLookup, work: (port: MessagePort) => Promise<Inspection>): Promise<Inspection> {
  const trust = new MessageChannel();
  serveTrust(lookup, trust.port1);
  try {
    return await work(trust.port2);
  } finally {
    trust.port1.close();
  }
}

/** Sends one message and waits for what it comes to. Fails with what the worker tells, and where it is gone, came to no end or was cancelled. */
async function ask(
  { worker, dog, end }: AtWork,
  { message, ports }: { readonly message: OwnerMessage; readonly ports: readonly MessagePort[] },
  ears: InspectionEars & { readonly signal?: AbortSignal },
): Promise<Inspection> {
  const { promise, resolve, reject } = Promise.withResolvers<Inspection>();
  const listen = (told: unknown): void => {
    dog.heard();
    const answer = workerMessage(told);
    if (answer === null) {
      // Whatever it is by now, it is no inspection that can be relied on.
      reject(new Failure('call.malformed'));
      void end();
    } else if (answer.type === 'progress') ears.onProgress(answer.progress);
    else if (answer.type === 'trace') ears.trace?.(answer.direction, answer.apdu);
    else if (answer.type === 'result') resolve(answer.inspection);
    else if (answer.type === 'failure') reject(new Failure(answer.code, answer.fields));
  };
  const lost = (): void => reject(new Failure('inspection.worker-lost'));
  // The worker may be anywhere, also in a loop that hears nothing: ending it is the only sure way out.
  const endWith = (code: 'inspection.cancelled' | 'inspection.too-long') => (): void => {
    reject(new Failure(code));
    void end();
  };
  const cancel = endWith('inspection.cancelled');

  worker.ref();
  worker.on('message', listen);
  worker.once('exit', lost);
  dog.signal.addEventListener('abort', endWith('inspection.too-long'), { once: true });
  ears.signal?.addEventListener('abort', cancel, { once: true });
  try {
    if (ears.signal?.aborted) throw new Failure('inspection.cancelled');
    worker.postMessage(message, [...ports]);
    return await promise;
  } finally {
    ears.signal?.removeEventListener('abort', cancel);
    worker.off('message', listen);
    worker.off('exit', lost);
    worker.unref();
  }
}
