import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a command line cost: processor time of all its threads, and the most memory that it held. */
export interface ProcessFigures {
  readonly cpuMillis: number;
  readonly peakBytes: number;
}

// Told by the process itself at its end: nothing else sees another process's own time on every platform.
const teller = `data:text/javascript,${encodeURIComponent(`
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  writeFileSync(process.env.STYRK_BENCH_FIGURES, JSON.stringify({ cpuMillis: (user + system) / 1000, peakBytes }));
});`)}`;

/** Runs `styrk WORDS` of a checkout as its `npm run styrk` does, from its sources. Throws where the command does not end well. */
export function measured(checkout: string, words: readonly string[]): ProcessFigures {
  return figuresOf(checkout, [...scriptOf(checkout), ...words]);
}

/** What follows `node` in the checkout's script: options of the runtime, the launcher, the entry. */
function scriptOf(checkout: string): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
    readonly scripts: { readonly styrk: string };
  };
  const [program, ...words] = scripts.styrk.split(' ');
  if (program !== 'node') throw new Error(`${checkout}: npm run styrk begins with ${program}`);
  return words;
}

/** The runtime alone, with nothing to run. */
export function measuredBare(): ProcessFigures {
  return figuresOf(tmpdir(), ['--eval', '0']);
}

function figuresOf(directory: string, words: readonly string[]): ProcessFigures {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-figures-'));
  const figures = join(folder, 'figures.json');
  try {
    const { status, stderr } = spawnSync(process.execPath, ['--import', teller, ...words], {
      cwd: directory,
      encoding: 'utf8',
      env: { ...process.env, STYRK_BENCH_FIGURES: figures },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) throw new Error(`${directory}: ${words.slice(0, 4).join(' ')} ended with ${status}: ${stderr}`);
    return JSON.parse(readFileSync(figures, 'utf8')) as ProcessFigures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
