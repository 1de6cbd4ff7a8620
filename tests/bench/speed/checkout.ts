import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { inspectionActs } from './acts-inspection.ts';
import type { recordActs } from './acts-records.ts';
import type { trustActs } from './acts-trust.ts';

/** What a checkout's process can be told to do; each act answers with milliseconds of its own processor time, or says otherwise. */
type Acts = ReturnType<typeof inspectionActs> & ReturnType<typeof recordActs> & ReturnType<typeof trustActs>;

export interface ActCall {
  readonly name: string;
  readonly args: readonly unknown[];
}
export type ActAnswer = { readonly value: unknown } | { readonly error: string };

const processFile = resolve(import.meta.dirname, 'checkout-process.ts');

/** A process that runs the modules of one checkout. Acts are given one at a time: what is measured has the process to itself. */
export class CheckoutProcess implements AsyncDisposable {
  readonly #directory: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(directory: string) {
    this.#directory = directory;
    // Bytes cross as they are; what the checkout prints does not belong to the table.
    this.#child = fork(processFile, [directory], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#ended = once(this.#child, 'exit');
  }

  async act<Name extends keyof Acts>(
    name: Name,
    ...args: Parameters<Acts[Name]>
  ): Promise<Awaited<ReturnType<Acts[Name]>>> {
    const told = once(this.#child, 'message').then(([answer]) => answer as ActAnswer);
    this.#child.send({ name, args } satisfies ActCall);
    const answer = await Promise.race([told, this.#ended.then((): ActAnswer => ({ error: 'its process ended' }))]);
    if ('error' in answer) throw new Error(`${this.#directory}: ${name}: ${answer.error}`);
    return answer.value as Awaited<ReturnType<Acts[Name]>>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    await this.#ended;
  }
}

/** This checkout, and the other where one is named. */
export interface Checkouts {
  readonly here: string;
  readonly there: string | null;
}

/** What was measured of each checkout, in the order of the runs. */
export interface InTurn<Value> {
  readonly here: readonly Value[];
  readonly there: readonly Value[] | null;
}

/** Both checkouts in turn, so many times: what else the machine does comes to both of them. */
export async function inTurn<Value>(
  { here, there }: Checkouts,
  times: number,
  measure: (checkout: string) => Value | Promise<Value>,
): Promise<InTurn<Value>> {
  const found = { here: [] as Value[], there: [] as Value[] };
  for (let run = 0; run < times; run++) {
    found.here.push(await measure(here));
    if (there !== null) found.there.push(await measure(there));
  }
  return { here: found.here, there: there === null ? null : found.there };
}
