import { startOwnWorker } from '../face/own-worker.ts';
import address from './model-bytes-worker.ts?worker&url';
import { isFileWish, type ModelFile } from './model-files.ts';

/**
 * Hands the model's worker the files that it asks for. Another worker makes bytes of them, and is ended once nothing more is wanted: what it
 * made them of is a third larger, and would stay in memory as long as it runs.
 */
export class FileWorker {
  readonly #model: Worker;
  readonly #asked = new Set<string>();
  #worker: Worker | null = null;

  /** `model`: who asks, and is given them. */
  constructor(model: Worker) {
    this.#model = model;
    model.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (!isFileWish(data)) return;
      if ('filesDone' in data) this.end();
      else this.#ask(data.file);
    });
  }

  end(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#asked.clear();
  }

  #ask(file: string): void {
    this.#asked.add(file);
    this.#worker ??= this.#started();
    this.#worker.postMessage(file);
  }

  #started(): Worker {
    const worker = startOwnWorker(address, 'model-bytes');
    worker.addEventListener('message', ({ data }: MessageEvent<ModelFile>) => this.#hand(data));
    // A script that does not load makes no bytes: whoever waits for them is told.
    worker.addEventListener('error', () => {
      for (const file of this.#asked) this.#hand({ file, bytes: null });
      this.end();
    });
    return worker;
  }

  #hand(file: ModelFile): void {
    this.#asked.delete(file.file);
    this.#model.postMessage(file, file.bytes === null ? [] : [file.bytes.buffer]);
  }
}
