// Runs a TypeScript entry on the packaged Node 24, whatever Node the machine has: `node tools/run.mjs FILE [ARGUMENT...]`.
import { spawn } from 'node:child_process';
import module from 'node:module';
import { delimiter, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeRuntime } from './setup/node-runtime.mjs';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const [file, ...rest] = process.argv.slice(2);
const runtime = nodeRuntime(root);
if (runtime === null || file === undefined) {
  process.stderr.write('Node 24 is missing among the packages: run `npm ci` first.\n');
  process.exit(1);
}
// A command's time is mostly that of reading its sources: what was compiled is kept beside the packages, by content. Never in
// the folder for temporary files, where another user could put something else.
const compiled = file === 'main/cli.ts' ? resolve(root, 'node_modules/.cache/styrk-compiled') : null;
const pinned = process.versions.node.startsWith('24.');
if (pinned) {
  if (compiled !== null) module.enableCompileCache(compiled);
  process.argv.splice(1, 2, resolve(root, file));
  await import(pathToFileURL(resolve(root, file)).href);
} else {
  const child = spawn(runtime, ['--disable-warning=ExperimentalWarning', resolve(root, file), ...rest], {
    stdio: 'inherit',
    env: {
      ...process.env,
      ...(compiled === null ? {} : { NODE_COMPILE_CACHE: compiled }),
      PATH: `${dirname(runtime)}${delimiter}${process.env.PATH ?? ''}`,
    },
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', () => process.exit(1));
  child.on('exit', (status, signal) => process.exit(status ?? (signal === null ? 1 : 128)));
}
