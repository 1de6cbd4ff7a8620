import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const processFile = resolve(import.meta.dirname, 'killed-register-process.ts');
/** Of what a process says before it ends by itself so much is shown. */
const mostSaid = 20_000;

/** Where an import ends itself, as a kill does: at that part of a stage, from 0 to 1, or in a later stage. */
interface Aim {
  readonly stage: 'looking' | 'taking' | 'indexing';
  readonly part: number;
  /** Called while it stands still, before it is killed; null kills it without. */
  readonly look: ((pid: number) => void) | null;
}

/** How an import ended; `said` is its standard error. */
interface Ended {
  readonly killed: boolean;
  /** What it told last, and before that. */
  readonly last: string;
  readonly before: string;
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly said: string;
}

/**
 * Runs an import of `file` into `directory`, in runs of so many postings, to its end or to where it is killed. Whatever it writes
 * that is temporary goes to `temporary`.
 */
export async function runImport(
  {
    file,
    directory,
    temporary,
    runPostings,
  }: Record<'file' | 'directory' | 'temporary', string> & {
    readonly runPostings: number;
  },
  aim: Aim | null,
): Promise<Ended> {
  const where = aim === null ? [] : [aim.stage, String(aim.part), aim.look === null ? 'SIGKILL' : 'SIGSTOP'];
  const own = { TMPDIR: temporary, TMP: temporary, TEMP: temporary, SQLITE_TMPDIR: temporary };
  const child: ChildProcess = spawn(process.execPath, [processFile, file, directory, String(runPostings), ...where], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...own },
  });
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  if (child.stdout === null || child.stderr === null || child.pid === undefined) throw new Error('no process');
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-mostSaid);
  });
  let last = '';
  let before = '';
  for await (const line of createInterface({ input: child.stdout })) {
    [before, last] = [last, line];
    if (line !== 'killed' || aim?.look == null) continue;
    try {
      aim.look(child.pid);
    } finally {
      child.kill('SIGKILL');
    }
  }
  const [status, signal] = await exited;
  return { killed: last === 'killed' && signal === 'SIGKILL', last, before, status, signal, said };
}
