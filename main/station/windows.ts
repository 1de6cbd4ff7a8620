import { app, BrowserWindow, type Session, type WebContents, type WebPreferences } from 'electron';
import type { Log } from './log.ts';
import { originOf } from './page-origin.ts';
import { pageRestarts } from './page-restarts.ts';

/** What a window shows: the page of one origin. */
export interface WindowPage {
  readonly origin: string;
  /** Whether it starts again where it went down. */
  readonly restarts: boolean;
  /** The one address that it may be at; left out where it may be at any of its origin. */
  readonly address?: string;
}

/** Nothing that a window holds may leave its origin: no navigation, no new window, no embedded page. */
export function guardContents(pageOf: (contents: WebContents) => WindowPage, log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    const refuse = (event: { preventDefault(): void }, what: string): void => {
      event.preventDefault();
      log('navigation-refused', { what });
    };
    contents.setWindowOpenHandler(() => {
      log('navigation-refused', { what: 'new-window' });
      return { action: 'deny' };
    });
    const mayBeAt = (url: string): boolean => {
      const { origin, address } = pageOf(contents);
      return address === undefined ? originOf(url) === origin : url === address;
    };
    contents.on('will-navigate', (event) => {
      if (!mayBeAt(event.url)) refuse(event, 'navigation');
    });
    contents.on('will-redirect', (event) => {
      if (!mayBeAt(event.url)) refuse(event, 'redirect');
    });
    contents.on('will-attach-webview', (event) => refuse(event, 'webview'));
    restartPage(contents, () => pageOf(contents).restarts, log);
  });
}

// The desk keeps the case: a page that starts again asks for the state and loses nothing.
function restartPage(contents: WebContents, wanted: () => boolean, log: Log): void {
  const { mayComeAgain } = pageRestarts(() => performance.now());
  contents.on('render-process-gone', (_event, { reason }) => {
    log('page-gone', { reason });
    if (reason !== 'clean-exit' && wanted() && mayComeAgain()) contents.reload();
  });
}

/** What every window's page is shut in. */
export function pagePreferences(session: Session, preloadFile: string): WebPreferences {
  return {
    session,
    preload: preloadFile,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    spellcheck: false,
    devTools: !app.isPackaged,
  };
}

/** Opens the desk's window on the page. */
export async function openDeskWindow(options: {
  readonly session: Session;
  readonly preloadFile: string;
  readonly pageOrigin: string;
}): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    title: 'Styrk',
    width: 1280,
    height: 800,
    minWidth: 960,
    minHeight: 640,
    show: false,
    backgroundColor: '#ffffff',
    webPreferences: pagePreferences(options.session, options.preloadFile),
  });
  window.once('ready-to-show', () => window.show());
  await window.loadURL(`${options.pageOrigin}/index.html`);
  return window;
}
