import { homedir } from 'node:os';
import { join } from 'node:path';
import type { DataKind } from '../store/types.ts';

/**
 * Where the platform wants an app's data; training data lie in a folder of their own beside it. `XDG_DATA_HOME` on Linux
 * (XDG Base Directory), `LOCALAPPDATA` on Windows, `Application Support` on macOS.
 */
export function defaultDataDirectory(kind: DataKind): string {
  const name = kind === 'training' ? 'styrk-training' : 'styrk';
  if (process.platform === 'win32') return join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), name);
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', name);
  return join(process.env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), name);
}
