import { Worker } from 'node:worker_threads';
import type { RowNote } from '../holders/import/read-rows.ts';
import { Failure } from '../result/failure.ts';
import type { SealedPiece } from '../store/roster/seal-piece.ts';
import type { SealingJob, SealingWork } from './roster-messages.ts';

/** A piece that a thread has read and sealed. */
export interface PieceDone {
  readonly piece: SealedPiece;
  readonly faults: readonly RowNote[];
  readonly remarks: readonly RowNote[];
}

interface Waiting {
  readonly resolve: (done: PieceDone) => void;
  readonly reject: (failure: Failure) => void;
}

/** Threads that read and seal pieces beside each other. */
export class RosterPool {
  readonly #threads: { readonly worker: Worker; readonly waiting: Waiting[] }[];

  constructor(workerUrl: URL, count: number, work: SealingWork) {
    this.#threads = Array.from({ length: count }, () => {
      const workerData: SealingWork = { ...work, layer: work.layer.slice(), token: work.token.slice() };
      const transferList = [workerData.layer.buffer, workerData.token.buffer];
      const worker = new Worker(workerUrl, { name: 'roster-seal', workerData, transferList });
      const waiting: Waiting[] = [];
      worker.on('message', (done: PieceDone) => waiting.shift()?.resolve(done));
      const lost = (): void => {
        for (const each of waiting.splice(0)) each.reject(new Failure('holder.import-lost'));
      };
      worker.on('error', lost);
      worker.on('exit', lost);
      return { worker, waiting };
    });
  }

  /** As many as may wait at once without any thread being idle. */
  get room(): number {
    return this.#threads.length * 2;
  }

  do(job: SealingJob): Promise<PieceDone> {
    const [thread] = [...this.#threads].sort((a, b) => a.waiting.length - b.waiting.length);
    const { promise, resolve, reject } = Promise.withResolvers<PieceDone>();
    thread?.waiting.push({ resolve, reject });
    thread?.worker.postMessage(job, job.type === 'rows' ? [job.bytes.buffer] : []);
    return promise;
  }

  async close(): Promise<void> {
    for (const { worker } of this.#threads) worker.postMessage('end');
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }
}
