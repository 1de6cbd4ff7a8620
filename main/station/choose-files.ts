import { BrowserWindow, dialog } from 'electron';

/** Lets a person choose files in the system's own dialog, over our window; none where they chose none. */
export async function chooseFiles(): Promise<readonly string[]> {
  const options: Electron.OpenDialogOptions = { properties: ['openFile', 'multiSelections', 'dontAddToRecent'] };
  const [window] = BrowserWindow.getAllWindows();
  const chosen = await (window === undefined ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
  return chosen.canceled ? [] : chosen.filePaths;
}
