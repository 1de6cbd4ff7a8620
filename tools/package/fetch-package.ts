import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LockedPackage } from './lock-file.ts';

/**
 * A package of another platform, fetched once by npm and compared with the lock file's digest. Answers its folder; null where
 * it could not be had, has no digest, or is not what the lock file says.
 */
export function fetchPackage(root: string, part: LockedPackage, say: (line: string) => void): string | null {
  const cache = join(root, 'node_modules/.cache/styrk-package');
  const folder = join(cache, `${part.name.replace('/', '+')}-${part.version}`);
  if (existsSync(folder)) return join(folder, 'package');
  if (part.integrity === null) {
    say(`${part.name}: no digest in the lock file, so it is not packed`);
    return null;
  }
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'fetch-'));
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const packed = spawnSync(npm, ['pack', `${part.name}@${part.version}`, '--ignore-scripts', '--silent'], {
      cwd: work,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    const archive = readdirSync(work).find((name) => name.endsWith('.tgz'));
    if (packed.status !== 0 || archive === undefined) {
      say(`${part.name}: could not be fetched`);
      return null;
    }
    const digest = createHash('sha512')
      .update(readFileSync(join(work, archive)))
      .digest('base64');
    if (`sha512-${digest}` !== part.integrity) {
      say(`${part.name}: is not what the lock file says, so it is not packed`);
      return null;
    }
    if (spawnSync('tar', ['-xzf', archive], { cwd: work }).status !== 0) return null;
    renameSync(work, folder);
    return join(folder, 'package');
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
