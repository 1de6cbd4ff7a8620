import type { Readable, Writable } from 'node:stream';

/** Parameters and results of the DevTools protocol as they come: objects of JSON. */
export type Fields = Readonly<Record<string, unknown>>;

export interface DevToolsEvent {
  readonly method: string;
  readonly params: Fields;
  /** The target that it belongs to; null for the browser itself. */
  readonly sessionId: string | null;
}

interface Waiting {
  readonly resolve: (result: Fields) => void;
  readonly reject: (error: Error) => void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Fields;
  readonly result?: Fields;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

/** The DevTools protocol over a pipe: messages of JSON, each ended by a zero byte. */
export class DevToolsPipe {
  readonly #output: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(event: DevToolsEvent) => void>();
  #parts: Buffer[] = [];
  #lastId = 0;
  #closed = false;

  constructor(input: Readable, output: Writable) {
    this.#output = output;
    input.on('data', (chunk: Buffer) => this.#receive(chunk));
    input.once('close', () => this.#close());
    // The browser ended while something was read or written: whoever waits hears of it through `close`.
    input.on('error', () => this.#close());
    output.on('error', () => this.#close());
  }

  /** Sends a command, to a target's session or to the browser. Rejects with the browser's words, or when it is gone. */
  send(method: string, params: Fields = {}, sessionId: string | null = null): Promise<Fields> {
    if (this.#closed) return Promise.reject(new Error(`the browser is gone: ${method}`));
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<Fields>();
    this.#waiting.set(id, { resolve, reject: (error) => reject(new Error(`${method}: ${error.message}`)) });
    this.#output.write(`${JSON.stringify({ id, method, params, ...(sessionId === null ? {} : { sessionId }) })}\0`);
    return promise;
  }

  /** The answer stops it. */
  listen(listener: (event: DevToolsEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #receive(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, from)) {
      const text = Buffer.concat([...this.#parts, chunk.subarray(from, end)]).toString('utf8');
      this.#parts = [];
      from = end + 1;
      this.#hear(JSON.parse(text) as Message);
    }
    if (from < chunk.length) this.#parts.push(chunk.subarray(from));
  }

  #hear(message: Message): void {
    if (message.id === undefined) {
      const { method = '', params = {}, sessionId = null } = message;
      for (const listener of this.#listeners) listener({ method, params, sessionId });
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error === undefined) waiting?.resolve(message.result ?? {});
    else waiting?.reject(new Error(message.error.message));
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { reject } of this.#waiting.values()) reject(new Error('the browser is gone'));
    this.#waiting.clear();
  }
}
