import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What is not among the project's packages, and is fetched by the command alone that needs it. */
interface Beside {
  /** The folder with its package.json and package-lock.json, from the project's root. */
  readonly described: string;
  /** The name of its folder in the cache beside the project's packages. */
  readonly kept: string;
  /** A file that is there once it is installed, from its folder. */
  readonly proof: string;
  /** As it is said to whoever waits. */
  readonly title: string;
}

/** Its folder, installed once from a lock file of its own. Null where npm could not. */
export function installedBeside(root: string, beside: Beside, say: (line: string) => void): string | null {
  const described = join(root, beside.described);
  const digest = createHash('sha256')
    .update(readFileSync(join(described, 'package-lock.json')))
    .digest('hex');
  const folder = join(root, 'node_modules/.cache', beside.kept, digest.slice(0, 16));
  if (existsSync(join(folder, beside.proof))) return folder;
  say(`Fetching ${beside.title} (once)...`);
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(described, file), join(folder, file));
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status === 0 && existsSync(join(folder, beside.proof))) return folder;
  rmSync(folder, { recursive: true, force: true });
  return null;
}
