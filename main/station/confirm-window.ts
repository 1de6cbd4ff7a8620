import { BrowserWindow, ipcMain, session, type WebContents } from 'electron';
import { confirmChannel, confirmMethods } from '../../preload/confirm-contract.ts';
import { answerChecked, boundedCalls } from './call-gate.ts';
import type { Confirmation } from './confirmation.ts';
import type { Log } from './log.ts';
import { guardPermissions } from './permissions.ts';
import { servePage } from './protocol.ts';
import { pagePreferences } from './windows.ts';

/** Where the confirmation window's page and preload script lie, and the origin that is its own. */
export interface ConfirmWindowParts {
  readonly confirmOrigin: string;
  readonly rendererFolder: string;
  readonly confirmPreloadFile: string;
  readonly log: Log;
}

/** The window in which people confirm dangerous acts. */
export interface ConfirmWindow {
  /** Whether these contents are its page's. */
  readonly has: (contents: WebContents) => boolean;
  /** Shows a confirmation, over the desk's window, until it ends. Closed by whoever, it ends as not confirmed. */
  readonly show: (confirmation: Confirmation, over: BrowserWindow | null) => void;
}

interface Shown {
  readonly window: BrowserWindow;
  readonly confirmation: Confirmation;
}

/**
 * Prepares the confirmation window: a sandboxed page with a session, an origin, a preload script and two calls of its own. The
 * desk's page has none of them: its calls come from other contents and are refused here, as this page's are there.
 */
export function prepareConfirmWindow(parts: ConfirmWindowParts): ConfirmWindow {
  const { confirmOrigin, log } = parts;
  let shown: Shown | null = null;
  const around = { pageOrigin: confirmOrigin, log };
  const bounded = boundedCalls(log);
  const senderOf = (event: Electron.IpcMainInvokeEvent) => {
    const frame = event.senderFrame;
    return frame === null || shown?.window.webContents !== event.sender
      ? null
      : { url: frame.url, mainFrame: frame.parent === null };
  };
  ipcMain.handle(confirmChannel('ask'), (event, ...raw: unknown[]) =>
    bounded(() =>
      answerChecked(around, { method: 'confirm.ask', sender: senderOf(event), raw }, confirmMethods.ask, () =>
        shown === null ? null : shown.confirmation.view(),
      ),
    ),
  );
  ipcMain.handle(confirmChannel('answer'), (event, ...raw: unknown[]) =>
    bounded(() =>
      answerChecked(
        around,
        { method: 'confirm.answer', sender: senderOf(event), raw },
        confirmMethods.answer,
        ([input]) => (shown === null ? null : shown.confirmation.answer(input)),
      ),
    ),
  );
  let memory: Electron.Session | null = null;
  const ownSession = (): Electron.Session => {
    if (memory !== null) return memory;
    memory = session.fromPartition('confirm');
    servePage(memory, parts.rendererFolder, confirmOrigin, 'confirm.html');
    guardPermissions(memory, { pageOrigin: confirmOrigin, cameraOpen: () => false, log });
    return memory;
  };

  return {
    has: (contents) => shown?.window.webContents === contents,
    show: (confirmation, over) => {
      const window = new BrowserWindow({
        title: 'Styrk',
        width: 620,
        height: 720,
        minWidth: 480,
        minHeight: 480,
        show: false,
        minimizable: false,
        maximizable: false,
        ...(over === null ? {} : { parent: over, modal: true }),
        backgroundColor: '#ffffff',
        webPreferences: pagePreferences(ownSession(), parts.confirmPreloadFile),
      });
      const mine: Shown = { window, confirmation };
      shown = mine;
      const close = (): void => {
        if (shown === mine) shown = null;
        if (!window.isDestroyed()) window.destroy();
      };
      const cancel = (): void => confirmation.cancel();
      window.once('ready-to-show', () => window.show());
      window.once('closed', cancel);
      over?.once('closed', cancel);
      // Nothing of a page that went down is answered any more; whoever asked begins again.
      window.webContents.once('render-process-gone', cancel);
      confirmation.done.then(close, close);
      window.loadURL(`${confirmOrigin}/confirm.html`).catch(cancel);
    },
  };
}
