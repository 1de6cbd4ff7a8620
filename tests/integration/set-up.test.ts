import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/side-door.ts';

const root = resolve(import.meta.dirname, '../..');

function onPath(name: string): string {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const found = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  if (found === undefined) throw new Error(`${name} is not on the path`);
  return found;
}

// npm/cli#3341: the lock file does not keep a package's `gypfile: false`, so that npm runs node-gyp for each package that
// has a binding.gyp, and ends in an error where Python, make or a compiler is missing.
it('sets up with node and npm alone on the path: no Python, no make, no compiler', async () => {
  const project = temporaryFolder();
  const path = join(project, 'path');
  mkdirSync(path);
  for (const name of ['node', 'npm', 'sh']) symlinkSync(onPath(name), join(path, name));
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(root, file), join(project, file));
  cpSync(join(root, 'tools/setup'), join(project, 'tools/setup'), { recursive: true });
  const { npm_config_user_agent: _, ...env } = process.env;
  const run = spawnSync(join(path, 'node'), ['tools/setup/set-up.mjs', 'styrk'], {
    cwd: project,
    encoding: 'utf8',
    env: { ...env, PATH: path, npm_config_prefer_offline: 'true' },
  });
  expect(run.stderr).not.toMatch(/gyp|could not install/);
  expect(run.status).toBe(0);
  expect(run.stdout).toBe('');
  // What has a binary must hold it ready.
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: object };
  expect(readdirSync(join(project, 'node_modules'))).toEqual(
    expect.arrayContaining(Object.keys(dependencies).filter((name) => !name.startsWith('@'))),
  );
  const loads = "new (require('better-sqlite3'))(':memory:').prepare('SELECT 1').get(); require('pcsc-mini')";
  const runtime = readdirSync(join(project, 'node_modules')).find((name) => name.startsWith('node-linux-'));
  const node = runtime === undefined ? process.execPath : join(project, 'node_modules', runtime, 'bin/node');
  expect(spawnSync(node, ['-e', loads], { cwd: project, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
}, 400_000);
