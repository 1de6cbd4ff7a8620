import { BrowserWindow, dialog } from 'electron';
import type { Question } from './question.ts';

/** Asks in the system's own box, over our window: what a page says is not a person's word. Closing it is a no. */
export async function confirmInBox({ title, detail, yes, no }: Question): Promise<boolean> {
  const options: Electron.MessageBoxOptions = {
    type: 'question',
    message: title,
    detail,
    buttons: [no, yes],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
  const [window] = BrowserWindow.getAllWindows();
  const { response } = await (window === undefined
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(window, options));
  return response === 1;
}
