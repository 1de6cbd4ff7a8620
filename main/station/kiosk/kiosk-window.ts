import { BrowserWindow, ipcMain, session, type WebContents } from 'electron';
import { type KioskMethod, kioskChannel, kioskMethods, kioskStateChannel } from '../../../preload/kiosk-contract.ts';
import { answerChecked, boundedCalls } from '../call-gate.ts';
import type { Log } from '../log.ts';
import { pageRestarts } from '../page-restarts.ts';
import { guardPermissions } from '../permissions.ts';
import { servePage } from '../protocol.ts';
import { pagePreferences } from '../windows.ts';
import { keyReachesKiosk } from './keys.ts';
import type { Kiosk } from './kiosk.ts';
import { pageSilence } from './page-silence.ts';

/** Where the kiosk's page and preload script lie, and the origin that is its own. */
export interface KioskWindowParts {
  readonly kioskOrigin: string;
  readonly rendererFolder: string;
  readonly kioskPreloadFile: string;
  readonly log: Log;
}

/** The window before which a customer stands alone. */
export interface KioskWindow {
  /** Whether these contents are its page's. */
  readonly has: (contents: WebContents) => boolean;
  /** Opens it, once; the promise ends when its page is loaded. */
  readonly open: (kiosk: Kiosk) => Promise<void>;
  /** A person has gone: the page is loaded anew, so that nothing of them is left in it. */
  readonly wipe: () => void;
  /** A colleague is there: other windows may stand before it, until `guard`. */
  readonly giveWay: () => void;
  readonly guard: () => void;
  /** The app ends: from now on it may be closed. */
  readonly release: () => void;
}

/** After so long a page that went down too often in a row is tried once more. */
const tryAgainMillis = 60_000;
const lookMillis = 2_000;

/**
 * Prepares the kiosk's window: a sandboxed page with a session, an origin, a preload script and calls of its own, of which none is the
 * desk's. It cannot be closed, and no chord, menu, link, dropped file or new window leads out of it.
 */
export function prepareKioskWindow(parts: KioskWindowParts): KioskWindow {
  const { kioskOrigin, log } = parts;
  let shown: BrowserWindow | null = null;
  let released = false;
  const clock = (): number => performance.now();
  const restarts = pageRestarts(clock);
  let isInOrder = (): boolean => false;

  const silence = pageSilence(clock);
  const startAnew = (window: BrowserWindow): void => {
    silence.begun();
    if (!window.isDestroyed()) window.webContents.reload();
  };

  const answerIts = (kiosk: Kiosk, window: BrowserWindow): void => {
    const bounded = boundedCalls(log);
    const around = { pageOrigin: kioskOrigin, log };
    for (const method of Object.keys(kioskMethods) as KioskMethod[]) {
      ipcMain.handle(kioskChannel(method), (event, ...raw: unknown[]) => {
        const frame = event.senderFrame;
        const ours = shown?.webContents === event.sender;
        const sender = frame === null || !ours ? null : { url: frame.url, mainFrame: frame.parent === null };
        // The schema of a method's arguments is the source of their type: parsing is what makes this true.
        const give = kiosk.answers[method] as (...args: readonly unknown[]) => unknown;
        if (ours && method === 'state') silence.heard();
        return bounded(() =>
          answerChecked(around, { method: `kiosk.${method}`, sender, raw }, kioskMethods[method], (args) =>
            give(...(args as readonly unknown[])),
          ),
        );
      });
    }
    kiosk.onState((state) => {
      if (!window.isDestroyed()) window.webContents.send(kioskStateChannel, state);
    });
  };

  const shutIn = (kiosk: Kiosk, window: BrowserWindow): void => {
    const { webContents } = window;
    window.on('close', (event) => {
      if (released) return;
      event.preventDefault();
      log('kiosk-kept', { what: 'close' });
    });
    // Nothing that a person presses reaches Chromium's own shortcuts: reload, print, find, zoom, tools.
    webContents.on('before-input-event', (event, { key, alt, control, meta }) => {
      if (!keyReachesKiosk({ key, alt, control, meta })) event.preventDefault();
    });
    webContents.on('unresponsive', () => {
      log('kiosk-page-hangs', {});
      webContents.forcefullyCrashRenderer();
    });
    webContents.on('render-process-gone', (_event, { reason }) => {
      log('page-gone', { reason });
      if (released) return;
      const isAllowed = restarts.mayComeAgain();
      kiosk.pageGone(isAllowed);
      if (isAllowed) startAnew(window);
      else setTimeout(() => startAnew(window), tryAgainMillis);
    });
    webContents.on('did-finish-load', () => {
      // Nothing lies behind the page: no gesture, key or script of it goes back to anything. Each time, for while another load
      // is under way nothing is forgotten.
      webContents.navigationHistory.clear();
      kiosk.pageStands();
    });
    const watch = setInterval(() => {
      if (released || window.isDestroyed()) return clearInterval(watch);
      const times = silence.overdue();
      if (times === 0) return;
      log('kiosk-page-silent', { times });
      kiosk.pageGone(true);
      // A process that stands still takes each page that it is given along: after the first try the next one gets another.
      if (times === 1) return startAnew(window);
      silence.begun();
      webContents.forcefullyCrashRenderer();
    }, lookMillis);
    watch.unref();
  };

  return {
    has: (contents) => shown?.webContents === contents,
    open: async (kiosk) => {
      const memory = session.fromPartition('kiosk');
      servePage(memory, parts.rendererFolder, kioskOrigin, 'kiosk.html');
      guardPermissions(memory, { pageOrigin: kioskOrigin, cameraOpen: () => kiosk.cameraOpen(), log });
      const window = new BrowserWindow({
        title: 'Styrk',
        width: 1080,
        height: 1920,
        show: false,
        kiosk: true,
        fullscreen: true,
        frame: false,
        movable: false,
        minimizable: false,
        alwaysOnTop: true,
        autoHideMenuBar: true,
        backgroundColor: '#ffffff',
        webPreferences: {
          ...pagePreferences(memory, parts.kioskPreloadFile),
          devTools: false,
          // Behind a colleague's window it lives on, and says so.
          backgroundThrottling: false,
        },
      });
      shown = window;
      isInOrder = () => kiosk.state().code === null;
      answerIts(kiosk, window);
      shutIn(kiosk, window);
      window.once('ready-to-show', () => window.show());
      silence.begun();
      await window.loadURL(`${kioskOrigin}/kiosk.html`);
    },
    wipe: () => {
      // A page before which a visit came to its end was started well: only those in one visit go down in a row.
      if (isInOrder()) restarts.startedWell();
      if (shown !== null) startAnew(shown);
    },
    giveWay: () => {
      shown?.setAlwaysOnTop(false);
      shown?.setKiosk(false);
    },
    guard: () => {
      if (shown === null || shown.isDestroyed()) return;
      shown.setKiosk(true);
      shown.setAlwaysOnTop(true);
      shown.focus();
    },
    release: () => {
      released = true;
    },
  };
}
