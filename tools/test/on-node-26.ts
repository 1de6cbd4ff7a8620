import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { installedBeside } from '../setup/installed-beside.ts';

/*
 * `npm run test:node-26 [-- FILE...]`: types and unit tests on Node 26, which Electron 46 brings. The runtime and its types are fetched
 * once, from a lock file of their own. What the tests start runs on it too, but for `tools/run.mjs`, which hands over to Node 24.
 * Exit status: 0 all of it passes, 1 something does not, 3 Node 26 could not be had for this machine.
 */

const root = resolve(import.meta.dirname, '../..');
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const runtime = `node-${process.platform}-${process.arch}`;
const wanted = {
  described: 'tools/test/node-26',
  kept: 'styrk-node-26',
  proof: `node_modules/${runtime}/bin/node`,
  title: 'Node 26 and its types',
};
const folder = installedBeside(root, wanted, say);
if (folder === null) {
  say(`Node 26 could not be fetched by npm for ${process.platform}-${process.arch}: nothing was tried.`);
  process.exit(3);
}
const packages = join(folder, 'node_modules');
const node = join(folder, wanted.proof);

/** Runs one of the project's programs on Node 26, with what is compiled kept apart from Node 24's. */
function runs(program: string, ...words: string[]): boolean {
  const { status } = spawnSync(node, [join(root, 'node_modules', program), ...words], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
      NODE_COMPILE_CACHE: join(packages, '.cache'),
    },
  });
  return status === 0;
}

/** The checkout by links, but for the runtime's types among its packages. */
function withItsTypes(into: string): void {
  const link = (from: string, names: readonly string[], to: string): void => {
    mkdirSync(to);
    for (const name of names) symlinkSync(join(from, name), join(to, name));
  };
  const visible = (from: string, ...without: string[]): readonly string[] =>
    readdirSync(from).filter((name) => !name.startsWith('.') && !without.includes(name));
  const own = join(root, 'node_modules');
  const tree = join(into, 'tree');
  link(root, visible(root, 'node_modules'), tree);
  link(own, visible(own, '@types', 'undici-types'), join(tree, 'node_modules'));
  link(join(own, '@types'), visible(join(own, '@types'), 'node'), join(tree, 'node_modules/@types'));
  for (const name of ['@types/node', 'undici-types'])
    symlinkSync(join(packages, name), join(tree, 'node_modules', name));
}

const work = mkdtempSync(join(tmpdir(), 'styrk-node-26-'));
let types = false;
try {
  withItsTypes(work);
  types = runs('typescript/bin/tsc', '-p', join(work, 'tree'), '--preserveSymlinks');
} finally {
  rmSync(work, { recursive: true });
}
say(`Types: ${types ? 'they hold' : 'they do not hold'} with those of Node 26.`);
const tests = runs(
  'vitest/vitest.mjs',
  'run',
  '--project',
  'unit',
  '--project',
  'unit-alone',
  '--maxWorkers',
  '1',
  ...process.argv.slice(2),
);
say(`Unit tests: ${tests ? 'they pass' : 'not all pass'} on Node 26.`);
process.exitCode = types && tests ? 0 : 1;
