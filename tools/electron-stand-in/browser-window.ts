import { EventEmitter } from 'node:events';
import { app, theBrowser } from './app.ts';
import type { DevToolsPipe } from './devtools-pipe.ts';
import type { StandInSession } from './session.ts';
import { WebContents } from './web-contents.ts';

export interface BrowserWindowOptions {
  readonly width: number;
  readonly height: number;
  readonly webPreferences: { readonly session: StandInSession; readonly preload: string };
}

const windows = new Set<BrowserWindow>();

/** The part of Electron's `BrowserWindow` that the app uses: a page of the system's Chromium. */
export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  readonly #options: BrowserWindowOptions;
  #unwanted = false;

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }

  constructor(options: BrowserWindowOptions) {
    super();
    this.#options = options;
    this.webContents = new WebContents(options.webPreferences);
    this.webContents.once('destroyed', () => this.#closed());
    windows.add(this);
    app.emit('web-contents-created', {}, this.webContents);
    app.emit('browser-window-created', {}, this);
  }

  async loadURL(url: string): Promise<void> {
    const { pipe } = await theBrowser(this.#options.width, this.#options.height);
    app.once('browser-gone', () => this.webContents.destroy());
    if (this.webContents.targetId === null) await this.webContents.attach(pipe, await freePage(pipe));
    if (this.#unwanted) return this.destroy();
    await this.webContents.load(url);
    if (this.#unwanted) return;
    this.emit('ready-to-show');
    app.emit('window-open');
  }

  // Chromium shows its windows itself, and its user moves them.
  show(): void {}

  focus(): void {}

  restore(): void {}

  // A page of Chromium's own is no kiosk: what holds the window itself is looked at in Electron alone (electron-proof, `kiosk`).
  setKiosk(_kiosk: boolean): void {}

  setAlwaysOnTop(_onTop: boolean): void {}

  isDestroyed(): boolean {
    return this.webContents.isDestroyed();
  }

  /** Closes it, whatever its page says. One whose page is still being opened closes as soon as it is there. */
  destroy(): void {
    this.#unwanted = true;
    const { targetId } = this.webContents;
    if (targetId === null) this.#closed();
    else
      void theBrowser(0, 0)
        .then(({ pipe }) => pipe.send('Target.closeTarget', { targetId }))
        .catch(() => undefined);
  }

  isMinimized(): boolean {
    return false;
  }

  #closed(): void {
    if (!windows.delete(this)) return;
    this.emit('closed');
    if (windows.size === 0) app.emit('window-all-closed');
  }
}

/** The page that Chromium opened at its start for the first window, a new one for later windows. */
async function freePage(pipe: DevToolsPipe): Promise<string> {
  const taken = new Set([...windows].map((window) => window.webContents.targetId));
  const { targetInfos } = await pipe.send('Target.getTargets');
  const pages = targetInfos as readonly { readonly targetId: string; readonly type: string }[];
  const free = pages.find(({ type, targetId }) => type === 'page' && !taken.has(targetId));
  if (free !== undefined) return free.targetId;
  const { targetId } = await pipe.send('Target.createTarget', { url: 'about:blank', newWindow: true });
  return String(targetId);
}
