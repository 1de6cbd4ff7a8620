import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, startBrowser } from './browser.ts';
import { getSettings } from './settings.ts';

let browser: Promise<Browser> | null = null;
let leaving = false;

/** The one Chromium of this app, started when the first window needs it. */
export function theBrowser(width: number, height: number): Promise<Browser> {
  browser ??= (async () => {
    const { headless, debugPort, fakeCameras, film } = getSettings();
    const started = startBrowser({ headless, debugPort, fakeCameras, film, width, height });
    started.process.once('exit', () => app.emit('browser-gone'));
    await started.pipe.send('Target.setDiscoverTargets', { discover: true });
    return started;
  })();
  // The app tells people no more than that it could not start; this line tells whoever started it why.
  browser.catch((error) => {
    const display = process.env.DISPLAY || process.env.WAYLAND_DISPLAY || 'none';
    process.stderr.write(`stand-in: Chromium did not start (display: ${display}): ${error.message}\n`);
  });
  return browser;
}

/** The part of Electron's `app` that the app uses. */
class App extends EventEmitter {
  readonly isPackaged = false;

  /** The stand-in runs beside others: tests need several. */
  requestSingleInstanceLock(): boolean {
    return true;
  }

  /** There is no switch to turn: Chromium's own sandbox is whatever its user gets. */
  enableSandbox(): void {}

  whenReady(): Promise<void> {
    return Promise.resolve();
  }

  getVersion(): string {
    const described: unknown = JSON.parse(readFileSync(join(getSettings().appFolder, 'package.json'), 'utf8'));
    if (typeof described !== 'object' || described === null || !('version' in described)) throw new Error('no version');
    return String(described.version);
  }

  /** Whoever started the stand-in starts it again: it says so, and no more. */
  relaunch(): void {
    process.stderr.write('stand-in: the app asks to be started again\n');
  }

  quit(): void {
    if (leaving) return;
    leaving = true;
    this.emit('before-quit');
    let prevented = false;
    const preventDefault = (): void => {
      prevented = true;
    };
    this.emit('will-quit', { preventDefault });
    if (!prevented) this.exit(0);
  }

  exit(code: number): void {
    leaving = true;
    void (async () => {
      const started = browser;
      browser = null;
      // One that never started has nothing to end.
      await (await started?.catch(() => null))?.end();
      process.exit(code);
    })();
  }
}

export const app = new App();
