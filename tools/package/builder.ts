import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * electron-builder, installed once beside the project's packages from a lock file of its own (tools/package/builder). Null where
 * npm could not.
 */
export function installedBuilder(root: string, say: (line: string) => void): string | null {
  const described = join(root, 'tools/package/builder');
  const digest = createHash('sha256')
    .update(readFileSync(join(described, 'package-lock.json')))
    .digest('hex');
  const folder = join(root, 'node_modules/.cache/styrk-builder', digest.slice(0, 16));
  if (existsSync(join(folder, 'node_modules/electron-builder/cli.js'))) return folder;
  say('Fetching electron-builder (once)...');
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(described, file), join(folder, file));
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status === 0) return folder;
  rmSync(folder, { recursive: true, force: true });
  return null;
}
