import { BrowserWindow, dialog } from 'electron';

/** Lets a person name a new file in the system's own dialog, over our window; null where they named none. */
export async function chooseNewFile(name: string): Promise<string | null> {
  const options: Electron.SaveDialogOptions = { defaultPath: name, properties: ['dontAddToRecent'] };
  const [window] = BrowserWindow.getAllWindows();
  const chosen = await (window === undefined ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options));
  return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
}

/** Lets a person choose files in the system's own dialog, over our window; none where they chose none. */
export async function chooseFiles(): Promise<readonly string[]> {
  const options: Electron.OpenDialogOptions = { properties: ['openFile', 'multiSelections', 'dontAddToRecent'] };
  const [window] = BrowserWindow.getAllWindows();
  const chosen = await (window === undefined ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
  return chosen.canceled ? [] : chosen.filePaths;
}
