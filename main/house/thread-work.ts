import type { Worker } from 'node:worker_threads';
import { Failure, type PlainFailure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';

/** Who hears how far a piece of work is, and may end it. */
export interface ThreadSurroundings<Progress> {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** What a thread tells that does one piece of work: how far it is, then how it ended. */
type ThreadMessage =
  | { readonly type: 'progress'; readonly progress: unknown }
  | ({ readonly type: 'failure' } & PlainFailure)
  | { readonly type: 'ended' };

type Progress<Message> =
  Extract<Message, { readonly type: 'progress' }> extends { readonly progress: infer Told } ? Told : never;
type Ended<Message> = Extract<Message, { readonly type: 'ended' }>;

/** One kind of such work. */
interface ThreadWork<Message> {
  readonly start: () => Worker;
  /** What the thread told; null where it is nothing that one tells. */
  readonly read: (told: unknown) => Message | null;
  /** Told where it was ended before it began, and where the thread ended by itself. */
  readonly cancelled: FailureCode;
  readonly lost: FailureCode;
}

/**
 * Does one piece of work in a thread of its own, which is gone when the answer is there. Fails as the thread tells, with `cancelled`
 * and `lost`, and with `call.malformed` where it told what none tells.
 */
export async function inThread<Message extends ThreadMessage>(
  { start, read, cancelled, lost }: ThreadWork<Message>,
  { signal, onProgress }: ThreadSurroundings<Progress<Message>>,
): Promise<Ended<Message>> {
  if (signal.aborted) throw new Failure(cancelled);
  const worker = start();
  const { promise, resolve, reject } = Promise.withResolvers<Ended<Message>>();
  const cancel = (): void => worker.postMessage('cancel');
  signal.addEventListener('abort', cancel, { once: true });
  worker.on('message', (told: unknown) => {
    const message = read(told);
    // Whatever it is by now, it is nothing that can be relied on.
    if (message === null) reject(new Failure('call.malformed'));
    else if (message.type === 'progress') onProgress(message.progress as Progress<Message>);
    else if (message.type === 'failure') reject(new Failure(message.code, message.fields));
    else resolve(message as Ended<Message>);
  });
  worker.on('error', () => reject(new Failure(lost)));
  worker.once('exit', () => reject(new Failure(lost)));
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', cancel);
    await worker.terminate();
  }
}
