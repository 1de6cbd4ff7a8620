import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import packageFile from '../package.json' with { type: 'json' };
import type { Machine } from './commands/command.ts';
import { runCommandLine } from './commands/run.ts';
import type { ManagedSettings } from './house/managed-settings.ts';
import { machineClock } from './machine/clock.ts';

// The side door: the same house without a window. Run from source by Node 24.

let stop: AbortController | null = null;

/** Ending signals end the process at once until a command asks to be told; a second signal always does. */
function stopSignal(): AbortSignal {
  if (stop === null) {
    const controller = new AbortController();
    stop = controller;
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(name, () => controller.abort());
  }
  return stop.signal;
}

// One reader of what is piped in: each question takes its next line.
let piped: AsyncIterator<string> | null = null;

async function answerLine(): Promise<string | null> {
  if (process.stdin.isTTY) return typedLine(undefined);
  const { createInterface } = await import('node:readline');
  piped ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const next = await piped.next();
  return next.done === true ? null : next.value;
}

/** A secret as it is typed: at a terminal nothing of it is seen. */
async function answerSecret(prompt: string): Promise<string | null> {
  process.stderr.write(`${prompt}: `);
  if (!process.stdin.isTTY) return answerLine();
  const secret = await typedLine(new Writable({ write: (_chunk, _encoding, done) => done() }));
  process.stderr.write('\n');
  return secret;
}

// With an output that shows nothing, the terminal gives its keys one by one and echoes none.
async function typedLine(output: Writable | undefined): Promise<string | null> {
  const { createInterface } = await import('node:readline');
  const lines = createInterface({ input: process.stdin, ...(output === undefined ? {} : { output, terminal: true }) });
  try {
    for await (const line of lines) return line;
    return null;
  } finally {
    lines.close();
  }
}

// A reader of our output that went away is no reason to fail.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

// Read once, and only where a folder is opened.
let managed: ManagedSettings | null = null;
let settings: typeof import('./house/managed-settings.ts') | null = null;

const machine: Machine = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true && process.stdout.isTTY === true,
  version: packageFile.version,
  resourcesDirectory: fileURLToPath(new URL('../resources', import.meta.url)),
  workerUrl: new URL('./inspection/worker.ts', import.meta.url),
  clock: machineClock,
  ready: async () => {
    settings = await import('./house/managed-settings.ts');
  },
  managed: () => {
    if (settings === null) throw new Error('asked for before a command ran');
    managed ??= settings.readManagedSettings();
    return managed;
  },
  pcsc: async () => (await import('./machine/pcsc-service.ts')).pcscService(),
  answerLine,
  answerSecret,
  patienceMillis: 5_000,
  stopSignal,
};

const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    if (stream.destroyed) resolve();
    else stream.write('', () => resolve());
  });

const status = await runCommandLine(process.argv.slice(2), machine);
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
// PC/SC bindings keep threads that would hold the process.
process.exit(status);
