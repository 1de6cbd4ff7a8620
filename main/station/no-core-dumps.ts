import { spawnSync } from 'node:child_process';

/**
 * No dump of the memory of this process and of those that it starts, with what it holds of people and keys: Linux writes one, or
 * hands it to systemd-coredump, where its size may be more than nothing (core(5)). Node sets no limits: `prlimit` of util-linux
 * lowers ours. Windows is told by the installer; Electron's own reporter of crashes is never started. False where it could not be.
 */
export function forbidCoreDumps(program = '/usr/bin/prlimit'): boolean {
  if (process.platform !== 'linux') return true;
  const { status } = spawnSync(program, ['--pid', String(process.pid), '--core=0:0'], {
    stdio: 'ignore',
    timeout: 5_000,
  });
  return status === 0;
}
