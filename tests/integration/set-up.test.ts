import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
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

// Seen with npm 9.2.0 on Debian 13: "ENOENT: Cannot cd into .../node_modules/zod" after a slow answer; the next call succeeded.
it.each([
  { ends: [1, 0], status: 'a second try', calls: 2 },
  { ends: [1, 1], status: 'two tries at most', calls: 2 },
])('npm that ends badly gets $status', ({ ends, calls }) => {
  const project = temporaryFolder();
  const path = join(project, 'path');
  mkdirSync(path);
  for (const name of ['node', 'sh']) symlinkSync(onPath(name), join(path, name));
  const told = join(project, 'calls');
  writeFileSync(told, '');
  // An npm that only counts: its packages never come, which is told as such.
  const npm = `#!/bin/sh\necho "$*" >> '${told}'\ncase $(wc -l < '${told}') in 1) exit ${ends[0]};; *) exit ${ends[1]};; esac\n`;
  symlinkSync(onPath('wc'), join(path, 'wc'));
  writeFileSync(join(path, 'npm'), npm, { mode: 0o755 });
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(root, file), join(project, file));
  cpSync(join(root, 'tools/setup'), join(project, 'tools/setup'), { recursive: true });
  const run = spawnSync(join(path, 'node'), ['tools/setup/set-up.mjs', 'styrk'], {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  });
  expect(readFileSync(told, 'utf8').split('\n').filter(Boolean)).toHaveLength(calls);
  expect(run.status).toBe(1);
  expect(run.stderr).toContain('trying once more');
  expect(run.stderr).toMatch(ends[1] === 0 ? /installed no Node 24/ : /could not install the packages/);
});

/** An npm that installs Node 24 each time, and the binary of this machine from the given call on. */
function projectWithNpm(binaryFromCall: number) {
  const project = temporaryFolder();
  const path = join(project, 'path');
  mkdirSync(path);
  for (const name of ['node', 'sh', 'wc', 'mkdir']) symlinkSync(onPath(name), join(path, name));
  const runtime = `node-linux-${process.arch}`;
  const here = { os: [process.platform], cpu: [process.arch], optional: true };
  const packages = {
    [`node_modules/${runtime}`]: { ...here, os: process.platform },
    'node_modules/@some/reader-here': { ...here, libc: ['glibc'] },
    'node_modules/some/node_modules/not-here': { ...here, os: [`!${process.platform}`] },
    'node_modules/@some/reader-musl': { ...here, libc: ['musl'] },
    'node_modules/@some/reader-elsewhere': { ...here, cpu: ['s390x'] },
    'node_modules/optional-for-all': { optional: true },
  };
  writeFileSync(join(project, 'package.json'), JSON.stringify({ optionalDependencies: { [runtime]: '24.0.0' } }));
  writeFileSync(join(project, 'package-lock.json'), JSON.stringify({ packages }));
  const told = join(project, 'calls');
  const laid = (name: string, version: string) =>
    `mkdir -p node_modules/${name}/bin; echo '{"version":"${version}"}' > node_modules/${name}/package.json; : > node_modules/${name}/bin/node`;
  const npm = `#!/bin/sh\necho call >> '${told}'\n${laid(runtime, '24.0.0')}\n[ $(wc -l < '${told}') -lt ${binaryFromCall} ] || { ${laid('@some/reader-here', '1.0.0')}; }\n`;
  writeFileSync(join(path, 'npm'), npm, { mode: 0o755 });
  cpSync(join(root, 'tools/setup'), join(project, 'tools/setup'), { recursive: true });
  const run = () =>
    spawnSync(join(path, 'node'), ['tools/setup/set-up.mjs', 'styrk'], {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, PATH: path },
    });
  return { run, calls: () => readFileSync(told, 'utf8').split('\n').filter(Boolean).length };
}

// Seen with npm 11, which tells the C library by the text of /usr/bin/ldd: where that says nothing it left out six binaries, and ended with
// 0; then `npm test` had neither its linter nor its builder, and the card reader's binding was missing. One that cannot be fetched is left
// out as quietly, and there a second try helps.
it('a binary of this machine that npm left out is fetched by a second try', () => {
  const { run, calls } = projectWithNpm(2);
  expect(run()).toMatchObject({
    status: 0,
    stdout: '',
    stderr: expect.stringContaining('left out @some/reader-here:'),
  });
  expect(calls()).toBe(2);
  expect(run()).toMatchObject({ status: 0, stderr: '' });
  expect(calls()).toBe(2);
});

it('a binary of this machine that npm leaves out again is named, and the set-up is not done', () => {
  const { run, calls } = projectWithNpm(4);
  expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('left out @some/reader-here. Check') });
  expect(calls()).toBe(2);
  expect(run().status).toBe(0);
  expect(calls()).toBe(4);
});

// Otherwise an installation that was broken off goes on by itself, and the next one ends in ENOTEMPTY.
it('an npm that is under way ends with the set-up', async () => {
  const project = temporaryFolder();
  const path = join(project, 'path');
  mkdirSync(path);
  for (const name of ['node', 'sh']) symlinkSync(onPath(name), join(path, name));
  // An npm that says its number and lasts until it is ended.
  const npm =
    '#!/usr/bin/env node\nprocess.stderr.write("npm " + process.pid + "\\n");\nsetInterval(() => {}, 1000);\n';
  writeFileSync(join(path, 'npm'), npm.replace('/usr/bin/env node', onPath('node')), { mode: 0o755 });
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(root, file), join(project, file));
  cpSync(join(root, 'tools/setup'), join(project, 'tools/setup'), { recursive: true });
  const setUp = spawn(join(path, 'node'), ['tools/setup/set-up.mjs', 'styrk'], {
    cwd: project,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => setUp.once('exit', resolve));
  const told = await new Promise<number>((resolve) => {
    let text = '';
    setUp.stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const [, number] = /npm (\d+)\n/.exec(text) ?? [];
      if (number !== undefined) resolve(Number(number));
    });
  });
  setUp.kill('SIGTERM');
  expect(await ended).toBe(1);
  // Signal 0 asks whether the process is there.
  expect(() => process.kill(told, 0)).toThrow('ESRCH');
});
