import { homedir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { DataKind } from '../result/data-kind.ts';
import { Failure } from '../result/failure.ts';

/**
 * Where the platform wants an app's data; training data lie in a folder of their own beside it. `XDG_DATA_HOME` on Linux,
 * `LOCALAPPDATA` on Windows, `Application Support` on macOS. Never a path that depends on the folder in which the process
 * was started: a relative one is passed over, as the XDG Base Directory Specification demands, and an empty `HOME` gives
 * way to the home that the system knows. Fails with `storage.no-home` where there is none.
 */
export function defaultDataDirectory(kind: DataKind): string {
  const name = kind === 'training' ? 'styrk-training' : 'styrk';
  if (process.platform === 'win32') return join(given('LOCALAPPDATA') ?? join(home(), 'AppData', 'Local'), name);
  if (process.platform === 'darwin') return join(home(), 'Library', 'Application Support', name);
  return join(given('XDG_DATA_HOME') ?? join(home(), '.local', 'share'), name);
}

function given(variable: string): string | null {
  const path = process.env[variable] ?? '';
  return isAbsolute(path) ? path : null;
}

function home(): string {
  for (const look of [homedir, () => userInfo().homedir]) {
    try {
      const path = look();
      if (isAbsolute(path)) return path;
    } catch {
      // Neither HOME nor an entry for this user: a container may have both missing.
    }
  }
  throw new Failure('storage.no-home');
}
