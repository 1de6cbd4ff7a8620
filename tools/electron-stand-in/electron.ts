/* What `import ... from 'electron'` means in the stand-in: the calls that the app uses, and no more. */

import { delimiter } from 'node:path';

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
  /** Nobody chooses here: the files are those that the environment names when the dialog is asked for, none where it names none. */
  showOpenDialog(..._given: readonly object[]): Promise<{ canceled: boolean; filePaths: string[] }> {
    const filePaths = (process.env.STYRK_STAND_IN_FILES ?? '').split(delimiter).filter((path) => path !== '');
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
