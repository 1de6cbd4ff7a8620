import { parentPort, workerData } from 'node:worker_threads';
import { keptInputs } from './corpus.ts';
import { BlockCoverage } from './coverage.ts';
import { type SessionListener, TargetSession } from './session.ts';
import { targets } from './targets.ts';
import { openWatch, type WatchMemory } from './watch.ts';

export interface WorkerSettings {
  readonly seed: number;
  readonly target: string | null;
  readonly until: number;
  readonly watch: WatchMemory;
}

export type WorkerMessage =
  | { readonly type: 'found'; readonly target: string; readonly input: Uint8Array; readonly problem: string }
  | { readonly type: 'reached'; readonly target: string; readonly input: Uint8Array }
  | {
      readonly type: 'ended';
      readonly rounds: number;
      readonly functions: number;
      readonly targets: readonly TargetSum[];
    };

export interface TargetSum {
  readonly target: string;
  readonly inputs: number;
  readonly kept: number;
}

const settings = workerData as WorkerSettings;
const watch = openWatch(settings.watch);
const post = (message: WorkerMessage): void => parentPort?.postMessage(message);

const listener: SessionListener = {
  trying: (target, input) => watch.begin(target, input),
  found: (finding) => post({ type: 'found', ...finding }),
  reached: (target, input) => post({ type: 'reached', target, input: input.slice() }),
};

const coverage = new BlockCoverage(new URL('../../main/', import.meta.url).href);
const sessions = targets
  .filter(({ name }) => settings.target === null || name === settings.target)
  .map(
    (target) =>
      new TargetSession(target, {
        seed: settings.seed,
        corpus: keptInputs(target.name).map(({ input }) => input),
        coverage,
        listener,
      }),
  );

for (const session of sessions) await session.begin();
let rounds = 0;
while (Date.now() < settings.until) {
  rounds++;
  for (const session of sessions) {
    if (Date.now() >= settings.until) break;
    await session.round();
  }
}
watch.end();
post({
  type: 'ended',
  rounds,
  functions: coverage.functions,
  targets: sessions.map(({ target, inputs, kept }) => ({ target: target.name, inputs, kept })),
});
coverage.close();
