import { Worker } from 'node:worker_threads';
import { Failure } from '../result/failure.ts';
import type { PieceDone, SealingJob, SealingWork } from './roster-messages.ts';
import { pieceTold } from './roster-piece-schema.ts';

interface Waiting {
  readonly resolve: (done: PieceDone) => void;
  readonly reject: (failure: Failure) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Waiting[];
  /** Why it takes no more work; null while it does. */
  lost: Failure | null;
}

/** What lives long are the words of names; of the rest a small room is emptied more often, and each thread has its own. */
const resourceLimits = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 12 };

/** Threads that read and seal pieces beside each other. */
export class RosterPool {
  readonly #threads: readonly Thread[];

  constructor(workerUrl: URL, count: number, work: SealingWork) {
    this.#threads = Array.from({ length: count }, () => {
      const workerData: SealingWork = { ...work, layer: work.layer.slice(), token: work.token.slice() };
      const transferList = [workerData.layer.buffer, workerData.token.buffer];
      const worker = new Worker(workerUrl, { name: 'roster-seal', workerData, transferList, resourceLimits });
      const thread: Thread = { worker, waiting: [], lost: null };
      const lose = (code: 'holder.import-lost' | 'call.malformed'): void => {
        thread.lost ??= new Failure(code);
        for (const each of thread.waiting.splice(0)) each.reject(thread.lost);
      };
      worker.on('message', (told: unknown) => {
        const done = pieceTold(told);
        const next = done === null ? undefined : thread.waiting.shift();
        // Whatever it is by now, none of its pieces can be relied on.
        if (done === null || next === undefined) lose('call.malformed');
        else if ('failure' in done) next.reject(new Failure(done.failure.code, done.failure.fields));
        else next.resolve(done);
      });
      worker.on('error', () => lose('holder.import-lost'));
      worker.on('exit', () => lose('holder.import-lost'));
      return thread;
    });
  }

  /** As many as may wait at once without any thread being idle. */
  get room(): number {
    return this.#threads.length * 2;
  }

  /**
   * Fails as the thread told, with `holder.import-lost` where it ended by itself, and with `call.malformed` where it told what none
   * tells.
   */
  do(job: SealingJob): Promise<PieceDone> {
    const [thread] = [...this.#threads].sort((a, b) => a.waiting.length - b.waiting.length);
    if (thread === undefined || thread.lost !== null)
      return Promise.reject(thread?.lost ?? new Failure('holder.import-lost'));
    const { promise, resolve, reject } = Promise.withResolvers<PieceDone>();
    thread.waiting.push({ resolve, reject });
    thread.worker.postMessage(job, job.type === 'rows' ? [job.bytes.buffer] : []);
    return promise;
  }

  async close(): Promise<void> {
    for (const { worker } of this.#threads) worker.postMessage('end');
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }
}
