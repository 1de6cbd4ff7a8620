import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = [
  'main/**/*',
  'preload/**/*',
  'renderer/**/*',
  'resources/**/*',
  'electron.vite.config.ts',
  'package-lock.json',
];

function digestOfSources(root: string): string {
  const digest = createHash('sha256');
  for (const file of globSync(sources, { cwd: root }).sort()) {
    const { mtimeMs, size } = statSync(join(root, file));
    digest.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return digest.digest('hex');
}

/** Builds the app where the sources changed since the last build. Ends the process where the build fails. */
export function buildIfStale(root: string, say: (text: string) => void): void {
  const stamp = join(root, 'out', '.built');
  const wanted = digestOfSources(root);
  const built = existsSync(join(root, 'out/main/index.js'));
  if (built && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Building the app...');
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/electron-vite'), ['build'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) {
    say(`${stdout}${stderr}\nThe build failed.`);
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}
