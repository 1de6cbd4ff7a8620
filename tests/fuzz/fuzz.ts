import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { keep, writeFinding } from './corpus.ts';
import { targets } from './targets.ts';
import { openWatch, watchMemory } from './watch.ts';
import type { WorkerMessage, WorkerSettings } from './worker.ts';

/*
 * `npm run fuzz -- [--minutes N] [--target NAME] [--seed S] [--keep] [--findings DIR]`: mutated input for every parser and for
 * whole inspections, guided by what V8 says was reached. Exit status: 0 nothing found, 1 something found (its input is
 * written), 2 unusable arguments.
 */

const watchEveryMillis = 1_000;
/** One input may hold the worker so long: several times what the slowest takes on a busy machine. */
const hangAfterMillis = 90_000;
/** Longer inputs do not go into the repository. */
const longestKept = 1_500;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    target: { type: 'string' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'boolean', default: false },
    findings: { type: 'string', default: resolve(import.meta.dirname, '../../out/fuzz-findings') },
  },
});

const minutes = Number(values.minutes);
const seed = Number(values.seed);
const target = values.target ?? null;
const names = targets.map(({ name }) => name);
if (!(minutes > 0) || !Number.isSafeInteger(seed) || (target !== null && !names.includes(target))) {
  process.stderr.write(`Unusable: --minutes N --seed WHOLE-NUMBER --target ${names.join('|')}\n`);
  process.exit(2);
}

const memory = watchMemory();
const settings: WorkerSettings = { seed, target, until: Date.now() + minutes * 60_000, watch: memory };
const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: settings });
const watch = openWatch(memory);
let findings = 0;

function report(name: string, input: Uint8Array, problem: string): void {
  findings++;
  const path = writeFinding(values.findings, name, input);
  process.stdout.write(`FOUND ${name}: ${problem}\n  ${path}\n`);
}

worker.on('message', (message: WorkerMessage) => {
  if (message.type === 'found') report(message.target, message.input, message.problem);
  else if (message.type === 'reached') {
    if (values.keep && message.input.length <= longestKept) keep(message.target, message.input);
  } else {
    for (const { target: name, inputs, kept } of message.targets)
      process.stdout.write(`${name.padEnd(24)} ${String(inputs).padStart(9)} inputs, ${kept} reached something new\n`);
    const inputs = message.targets.reduce((sum, one) => sum + one.inputs, 0);
    process.stdout.write(
      `seed ${seed}, ${message.rounds} rounds, ${inputs} inputs, ${message.functions} functions reached, ${findings} found\n`,
    );
  }
});

let last = 0;
let since = Date.now();
const watchdog = setInterval(() => {
  if (watch.count !== last) {
    last = watch.count;
    since = Date.now();
  } else if (last > 0 && Date.now() - since > hangAfterMillis) {
    const { target: name, input } = watch.current();
    report(name, input, `hang: no end after ${hangAfterMillis / 1_000} s`);
    void worker.terminate();
  }
}, watchEveryMillis);

worker.on('error', (error: Error) => {
  const { target: name, input } = watch.current();
  report(name, input, `the process itself: ${error.message}`);
});
worker.on('exit', () => {
  clearInterval(watchdog);
  process.exitCode = findings > 0 ? 1 : 0;
});
