import { app, type BrowserWindow, Menu, session, type WebContents } from 'electron';
import { linkIn } from './arguments.ts';
import { answerCalls } from './calls.ts';
import { type ConfirmWindow, type ConfirmWindowParts, prepareConfirmWindow } from './confirm-window.ts';
import type { Confirmation } from './confirmation.ts';
import type { Desk } from './desk.ts';
import type { Kiosk } from './kiosk/kiosk.ts';
import { type KioskWindowParts, prepareKioskWindow } from './kiosk/kiosk-window.ts';
import type { Log } from './log.ts';
import { guardPermissions } from './permissions.ts';
import { registerScheme, servePage } from './protocol.ts';
import { guardContents, openDeskWindow, type WindowPage } from './windows.ts';

/** Where the built parts of the windows lie, and the origins that they are served from. */
export interface StationParts extends ConfirmWindowParts, KioskWindowParts {
  readonly pageOrigin: string;
  readonly rendererFolder: string;
  readonly preloadFile: string;
  readonly log: Log;
}

/** A station before its desk: its confirmation window can be handed on already. */
export interface PreparedStation {
  /** Shows what people are to confirm, over the desk's window. */
  readonly showConfirmation: (confirmation: Confirmation) => void;
  /**
   * Opens the desk's window; `openLink` hears of links of the bank's. The promise ends when the page is loaded; the window's end
   * ends the app.
   */
  readonly open: (desk: Desk, openLink: (link: string) => void) => Promise<void>;
  /** Opens the kiosk's window alone; the desk's comes when a colleague does. */
  readonly openKiosk: (desk: Desk, kioskFor: (around: KioskSurroundings) => Kiosk) => Promise<void>;
  /** The app ends: no window holds it any more. */
  readonly release: () => void;
}

/** What a kiosk moves around it. */
export interface KioskSurroundings {
  readonly colleague: { readonly open: () => void; readonly close: () => void };
  readonly wiped: () => void;
}

/** What must be said before the app is ready. Null where another instance of the app runs already. */
export function prepareStation(parts: StationParts): PreparedStation | null {
  if (!app.requestSingleInstanceLock()) return null;
  app.enableSandbox();
  registerScheme();
  const confirming: ConfirmWindow = prepareConfirmWindow(parts);
  const kiosks = prepareKioskWindow(parts);
  const pageOf = (contents: WebContents): WindowPage => {
    if (confirming.has(contents)) return { origin: parts.confirmOrigin, restarts: false };
    // It starts its page again by itself, and for ever; an address of its origin without a page would be a dead screen.
    if (kiosks.has(contents))
      return { origin: parts.kioskOrigin, restarts: false, address: `${parts.kioskOrigin}/kiosk.html` };
    return { origin: parts.pageOrigin, restarts: true };
  };
  guardContents(pageOf, parts.log);
  Menu.setApplicationMenu(null);
  const desks: DeskWindow = { window: null };
  return {
    showConfirmation: (confirmation) => confirming.show(confirmation, desks.window),
    open: (desk, openLink) => openStation(desk, parts, openLink, desks),
    openKiosk: async (desk, kioskFor) => {
      const openDesk = deskWindows(desk, parts, desks);
      const kiosk = kioskFor({
        colleague: {
          open: () => {
            kiosks.giveWay();
            const back = (): void => {
              kiosks.guard();
              void kiosk.colleagueGone();
            };
            openDesk(back).catch(back);
          },
          close: () => desks.window?.destroy(),
        },
        wiped: () => kiosks.wipe(),
      });
      await Promise.all([desk.start(), kiosks.open(kiosk)]);
      await kiosk.start();
    },
    release: () => kiosks.release(),
  };
}

interface DeskWindow {
  window: BrowserWindow | null;
}

// The desk's window, whenever somebody of the staff asks for it; `closed` hears of its end.
function deskWindows(desk: Desk, parts: StationParts, desks: DeskWindow): (closed: () => void) => Promise<void> {
  // A partition without a name on disk: nothing that a page leaves behind outlives the app.
  const memory = session.fromPartition('desk');
  servePage(memory, parts.rendererFolder, parts.pageOrigin, 'index.html');
  guardPermissions(memory, { pageOrigin: parts.pageOrigin, cameraOpen: () => desk.cameraOpen(), log: parts.log });
  answerCalls({ desk, window: () => desks.window, pageOrigin: parts.pageOrigin, log: parts.log });
  return (closed) => {
    app.once('browser-window-created', (_event, created) => {
      desks.window = created;
      created.webContents.on('render-process-gone', () => desk.pageGone());
      created.once('closed', () => {
        desks.window = null;
        closed();
      });
    });
    return openDeskWindow({
      session: memory,
      preloadFile: parts.preloadFile,
      pageOrigin: parts.pageOrigin,
    }).then(() => undefined);
  };
}

async function openStation(
  desk: Desk,
  parts: StationParts,
  openLink: (link: string) => void,
  desks: DeskWindow,
): Promise<void> {
  const openDesk = deskWindows(desk, parts, desks);
  // A link starts us once more, and comes here (Windows, Linux); macOS tells the instance that runs.
  app.on('open-url', (event, link) => {
    event.preventDefault();
    openLink(link);
  });
  app.on('second-instance', (_event, words) => {
    const link = linkIn(words);
    if (link !== null) openLink(link);
    if (desks.window?.isMinimized()) desks.window.restore();
    desks.window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  await Promise.all([desk.start(), openDesk(() => undefined)]);
}
