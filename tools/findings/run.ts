// `npm run findings [-- NAME..]`: runs the scripts of findings/ one after another, those whose names hold one of the words, and
// prints a table. Exit status 1 where one failed: what it states is no longer so, or the machine lacks what it needs.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';

/** Longest time that a script may take. */
const most = 60_000;
const folder = resolve(import.meta.dirname, '../../findings');

interface Run {
  readonly name: string;
  readonly failed: boolean;
  readonly seconds: string;
}

const wanted = process.argv.slice(2);
const scripts = readdirSync(folder)
  .filter((file) => file.endsWith('.sh'))
  .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
  .sort();
if (scripts.length === 0) {
  process.stderr.write(`No finding is called so: ${wanted.join(' ')}\n`);
  process.exit(2);
}

const runs: Run[] = [];
for (const name of scripts) {
  process.stdout.write(`\n# ${name}\n`);
  const run = await one(name);
  process.stdout.write(`${run.failed ? 'FAILED' : 'as stated'} (${run.seconds} s)\n`);
  runs.push(run);
}
const width = Math.max(...runs.map(({ name }) => name.length));
process.stdout.write('\n');
for (const { name, failed, seconds } of runs)
  process.stdout.write(`${name.padEnd(width)}  ${seconds.padStart(5)} s  ${failed ? 'FAILED' : 'as stated'}\n`);
const failures = runs.filter(({ failed }) => failed).length;
process.stdout.write(`${runs.length - failures} as stated, ${failures} failed\n`);
process.exitCode = failures === 0 ? 0 : 1;

// In a process group of its own, so that what a script has started ends with it when its time is over.
function one(name: string): Promise<Run> {
  const began = performance.now();
  const child = spawn(resolve(folder, name), [], { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  const limit = setTimeout(() => {
    process.stdout.write(`${name} takes more than ${most / 1_000} s\n`);
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  }, most);
  return new Promise((settle) => {
    const end = (failed: boolean): void => {
      clearTimeout(limit);
      settle({ name, failed, seconds: ((performance.now() - began) / 1_000).toFixed(1) });
    };
    child.once('error', (error) => {
      process.stdout.write(`${error.message}\n`);
      end(true);
    });
    child.once('exit', (status) => end(status !== 0));
  });
}
