import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const downloadMillis = 30_000;

/** Electron's binary, or why it is not to be had here. */
export type ElectronBinary = { readonly path: string } | { readonly reason: string };

/**
 * Finds Electron's binary; where it is missing, tries the download once, for at most 30 seconds. A failure is remembered,
 * so that later starts do not wait again; `retry` forgets it.
 */
export function electronBinary(root: string, retry: boolean, say: (text: string) => void): ElectronBinary {
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    return { reason: 'Electron does not run its sandbox for the user root' };
  }
  const found = installed(root);
  if (found !== null) return { path: found };
  const memory = join(root, '.styrk', 'electron-download.json');
  if (retry) rmSync(memory, { force: true });
  if (existsSync(memory)) {
    const { reason, day } = JSON.parse(readFileSync(memory, 'utf8')) as { reason: string; day: string };
    return { reason: `${reason} on ${day}; "npm start -- --retry-electron" tries again` };
  }
  say('Fetching Electron (once, at most 30 s)...');
  const run = spawnSync(process.execPath, [join(root, 'node_modules/electron/install.js')], {
    cwd: root,
    timeout: downloadMillis,
    stdio: 'ignore',
  });
  const fetched = installed(root);
  if (fetched !== null) return { path: fetched };
  const reason = run.signal === null ? 'its download failed' : 'its download took longer than 30 s';
  mkdirSync(join(root, '.styrk'), { recursive: true });
  writeFileSync(memory, JSON.stringify({ reason, day: new Date().toISOString().slice(0, 10) }));
  return { reason };
}

function installed(root: string): string | null {
  const folder = join(root, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}
