import { app, type BrowserWindow, Menu, session } from 'electron';
import { linkIn } from './arguments.ts';
import { answerCalls } from './calls.ts';
import type { Desk } from './desk.ts';
import type { Log } from './log.ts';
import { guardPermissions } from './permissions.ts';
import { registerScheme, servePage } from './protocol.ts';
import { guardContents, openDeskWindow } from './windows.ts';

/** Where the built parts of the windows lie, and the origin that they are served from. */
export interface StationParts {
  readonly pageOrigin: string;
  readonly rendererFolder: string;
  readonly preloadFile: string;
  readonly log: Log;
  /** A page of the bank opened a link of ours. */
  readonly openLink: (link: string) => void;
}

/** What must be said before the app is ready. Answers false where another instance of the app runs already. */
export function prepareStation(parts: Omit<StationParts, 'openLink'>): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.enableSandbox();
  registerScheme();
  guardContents(parts.pageOrigin, parts.log);
  Menu.setApplicationMenu(null);
  return true;
}

/** Opens the desk's window. The promise ends when the page is loaded; the window's end ends the app. */
export async function openStation(desk: Desk, parts: StationParts): Promise<void> {
  let window: BrowserWindow | null = null;
  // A partition without a name on disk: nothing that a page leaves behind outlives the app.
  const memory = session.fromPartition('desk');
  servePage(memory, parts.rendererFolder, parts.pageOrigin);
  guardPermissions(memory, { pageOrigin: parts.pageOrigin, cameraOpen: () => desk.cameraOpen(), log: parts.log });
  answerCalls({ desk, window: () => window, pageOrigin: parts.pageOrigin, log: parts.log });
  // A link starts us once more, and comes here (Windows, Linux); macOS tells the instance that runs.
  app.on('open-url', (event, link) => {
    event.preventDefault();
    parts.openLink(link);
  });
  app.on('second-instance', (_event, words) => {
    const link = linkIn(words);
    if (link !== null) parts.openLink(link);
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.once('browser-window-created', (_event, created) => {
    window = created;
    created.webContents.on('render-process-gone', () => desk.pageGone());
    created.once('closed', () => {
      window = null;
    });
  });
  await Promise.all([
    desk.start(),
    openDeskWindow({ session: memory, preloadFile: parts.preloadFile, pageOrigin: parts.pageOrigin }),
  ]);
}
