// Runs a TypeScript entry on the packaged Node 24, whatever Node the machine has: `node tools/run.mjs FILE [ARGUMENT...]`.
import module from 'node:module';
import { delimiter, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeRuntime } from './setup/node-runtime.mjs';
import { bundledSideDoor } from './side-door/bundle.mjs';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const [file, ...rest] = process.argv.slice(2);
const runtime = nodeRuntime(root);
if (runtime === null || file === undefined) {
  process.stderr.write(
    'Node 24 is missing among the packages: begin with a command of `npm run`, which fetches them.\n',
  );
  process.exit(1);
}
const isSideDoor = file === 'main/cli.ts';
const shellWatchMillis = 200;
let listens = false;
let told = false;
const pinned = process.versions.node.startsWith('24.');
if (pinned) {
  endWithShell(process);
  if (isSideDoor) keepCompiled();
  const entry = (isSideDoor ? bundledSideDoor(root) : null) ?? resolve(root, file);
  process.argv.splice(1, 2, resolve(root, file));
  await import(pathToFileURL(entry).href);
} else {
  const { spawn } = await import('node:child_process');
  const itself = resolve(root, 'tools/run.mjs');
  // How much memory V8 takes before it collects what is young can be said at its start alone.
  const memory = process.execArgv.filter((option) => option.startsWith('--max-semi-space-size='));
  const child = spawn(runtime, [...memory, '--disable-warning=ExperimentalWarning', itself, file, ...rest], {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${dirname(runtime)}${delimiter}${process.env.PATH ?? ''}` },
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    process.on(signal, () => {
      told = true;
      child.kill(signal);
    });
  }
  endWithShell(child);
  child.on('error', () => process.exit(1));
  child.on('exit', (status, signal) => {
    if (signal === null) process.exit(status ?? 1);
    // Ended by a signal, as the command was.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/**
 * A command's time is mostly that of reading its sources: what was compiled is kept beside the packages, by content. Never in
 * the folder for temporary files, where another user could put something else. By the environment it reaches the workers too.
 */
function keepCompiled() {
  const compiled = resolve(root, 'node_modules/.cache/styrk-compiled');
  process.env.NODE_COMPILE_CACHE ??= compiled;
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
}

/**
 * npm gives an ending signal to the shell in which it runs a command. Debian's (dash) ends of SIGTERM and leaves the command
 * running. So under npm the command ends, as by SIGTERM, once its shell is gone, which ends before its command for no other
 * reason. Nobody tells of it: the parent's number is looked at. A terminal's SIGINT and SIGHUP reach the whole group and need
 * none of this; sent to npm alone, they do not come so far (npm gives SIGHUP to nobody, and the shell waits on with SIGINT).
 */
function endWithShell(command) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const shell = process.ppid;
  // npm is the first process of a container, where a shell like bash gives way to its command: that npm does not end before it. A
  // shell that had ended already cannot be told from it.
  if (shell === 1) return;
  const watch = setInterval(() => {
    // A command that listens for the signal hears it once: one that has heard it already is ending.
    if (process.listenerCount('SIGTERM') > 0) listens = true;
    else if (listens) told = true;
    if (process.ppid === shell) return;
    clearInterval(watch);
    if (told) return;
    if (command === process) process.kill(process.pid, 'SIGTERM');
    else command.kill('SIGTERM');
  }, shellWatchMillis);
  watch.unref();
}
