/* What `import ... from 'electron'` means in the stand-in: the calls that the app uses, and no more. */

import { readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { ipcMain } from './ipc.ts';
export { session } from './session.ts';

export const Menu = {
  setApplicationMenu(_menu: null): void {},
};

export const protocol = {
  registerSchemesAsPrivileged(_schemes: readonly object[]): void {},
};

/** There is no vault here: the stand-in never keeps a key for anything but training data. */
export const safeStorage = {
  isAsyncEncryptionAvailable: (): Promise<boolean> => Promise.resolve(false),
};

export const dialog = {
  /**
   * Nobody chooses here: the files are those that the environment names when the dialog is asked for, none where it names none. A
   * folder stands for all that lies in it by then.
   */
  showOpenDialog(..._given: readonly object[]): Promise<{ canceled: boolean; filePaths: string[] }> {
    const named = (process.env.STYRK_STAND_IN_FILES ?? '').split(delimiter).filter((path) => path !== '');
    const filePaths = named.flatMap(filesAt);
    return Promise.resolve({ canceled: filePaths.length === 0, filePaths });
  },
  /** Nor does anybody name a new file: it is the one that the environment names. */
  showSaveDialog(..._given: readonly object[]): Promise<{ canceled: boolean; filePath: string }> {
    const filePath = process.env.STYRK_STAND_IN_NEW_FILE ?? '';
    return Promise.resolve({ canceled: filePath === '', filePath });
  },
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${title}: ${content}\n`);
  },
};

function filesAt(path: string): readonly string[] {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder
    ? readdirSync(path)
        .sort()
        .map((name) => join(path, name))
    : [path];
}
