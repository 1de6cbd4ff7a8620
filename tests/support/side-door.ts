import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Machine } from '../../main/commands/command.ts';
import { runCommandLine } from '../../main/commands/run.ts';
import { machineClock } from '../../main/machine/clock.ts';

const root = resolve(import.meta.dirname, '../..');

/** How a command ended. */
export interface CommandEnd {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as one JSON object; throws where it is anything else. */
  readonly json: () => Answer;
}

/** An answer whose parts a test looks at by name. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it takes out of an answer.
  readonly [name: string]: any;
}

function endOf(status: number | null, stdout: string, stderr: string): CommandEnd {
  return {
    status,
    stdout,
    stderr,
    json: () => {
      if (!stdout.endsWith('}\n') || stdout.slice(0, -1).includes('\n')) throw new Error(`not one line: ${stdout}`);
      return JSON.parse(stdout) as Answer;
    },
  };
}

/** A folder of the test's own, removed after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-side-door-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a command in this process, with a machine that tests may change. */
export async function runHere(argv: readonly string[], machine: Partial<Machine> = {}): Promise<CommandEnd> {
  let stdout = '';
  let stderr = '';
  const status = await runCommandLine(argv, {
    out: (text) => {
      stdout += text;
    },
    error: (text) => {
      stderr += text;
    },
    isTerminal: false,
    version: '0.0.0-test',
    resourcesDirectory: join(root, 'resources'),
    workerUrl: pathToFileURL(join(root, 'main/inspection/worker.ts')),
    clock: machineClock,
    answerLine: async () => 'yes',
    answerSecret: async () => null,
    patienceMillis: 10,
    stopSignal: () => new AbortController().signal,
    ...machine,
  });
  return endOf(status, stdout, stderr);
}

/** A command in a process of its own. */
export interface RunningCommand {
  readonly child: ChildProcess;
  /** Resolves once so much of standard output is there; rejects when the process ends before. */
  readonly printed: (fits: (stdout: string) => boolean) => Promise<string>;
  /** Resolves once the words stand on standard error; rejects when the process ends before. */
  readonly told: (words: string) => Promise<void>;
  readonly ended: Promise<CommandEnd>;
}

/** Starts `styrk` in a process of its own, from source. */
export function startStyrk(argv: readonly string[], env: Readonly<Record<string, string>> = {}): RunningCommand {
  return startNode([join(root, 'main/cli.ts'), ...argv], { env });
}

/** Starts a file with its words by this Node, in a process of its own. */
export function startNode(
  argv: readonly string[],
  { cwd, env }: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> },
): RunningCommand {
  const child = spawn(process.execPath, argv, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, ...env },
  });
  let stdout = '';
  let stderr = '';
  let wake = (): void => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    wake();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    wake();
  });
  let over = false;
  const ended = new Promise<CommandEnd>((resolveEnd, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      over = true;
      wake();
      resolveEnd(endOf(status, stdout, stderr));
    });
  });
  const until = async (there: () => boolean): Promise<void> => {
    while (!there()) {
      if (over) throw new Error(`ended before: ${stdout}${stderr}`);
      await new Promise<void>((resolveWait) => {
        wake = resolveWait;
      });
    }
  };
  return {
    child,
    ended,
    told: (words) => until(() => stderr.includes(words)),
    printed: async (fits) => {
      await until(() => fits(stdout));
      return stdout;
    },
  };
}

/** Runs `styrk` in a process of its own to its end. */
export function styrk(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CommandEnd> {
  return startStyrk(argv, env).ended;
}

/** The entry of a check in an answer. */
export function checkIn(answer: Answer, id: string): Answer {
  const found = (answer.checks as Answer[]).find((check) => check.id === id);
  if (found === undefined) throw new Error(`no check ${id}`);
  return found;
}
