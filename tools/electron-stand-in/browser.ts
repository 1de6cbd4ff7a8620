import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { DevToolsPipe } from './devtools-pipe.ts';

export interface BrowserOptions {
  readonly headless: boolean;
  /** Opens a second door for a test driver on this port of the machine itself; null: none. */
  readonly debugPort: number | null;
  /** So many cameras with a moving picture instead of the machine's own; 0: those. */
  readonly fakeCameras: number;
  /** A film (Y4M, uncompressed) that the one fake camera shows over and over. */
  readonly film?: string | undefined;
  readonly width: number;
  readonly height: number;
}

export interface Browser {
  readonly pipe: DevToolsPipe;
  readonly process: ChildProcess;
  /** Ends the browser and removes everything that it wrote. */
  end(): Promise<void>;
}

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

// Chromium without its own windows: the same engine for a page, with half the work to start it. It has no camera, not even a
// played one: a page that asks for it (`getUserMedia`) never hears an answer.
const withoutWindows = '/usr/bin/chromium-headless-shell';

/**
 * The system's Chromium; for a page that is never shown, the one without windows where it is installed. `STYRK_CHROMIUM` names
 * another. Throws where there is none.
 */
export function findChromium({ headless, fakeCameras }: Pick<BrowserOptions, 'headless' | 'fakeCameras'>): string {
  const named = process.env.STYRK_CHROMIUM;
  const all = named === undefined ? [...(headless && fakeCameras === 0 ? [withoutWindows] : []), ...places] : [named];
  const found = all.find((place) => existsSync(place));
  if (found === undefined)
    throw new Error('needs Chromium: install the package chromium, or name one in STYRK_CHROMIUM');
  return found;
}

function switches(options: BrowserOptions, profile: string): string[] {
  return [
    `--user-data-dir=${profile}`,
    '--remote-debugging-pipe',
    ...(options.debugPort === null ? [] : [`--remote-debugging-port=${options.debugPort}`]),
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--disable-extensions',
    '--disable-gpu',
    '--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication',
    '--password-store=basic',
    `--window-size=${options.width},${options.height}`,
    // Chromium refuses its own sandbox to root. The stand-in cannot show the sandbox anyway; no bar on screen says so.
    ...(process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []),
    ...(options.fakeCameras === 0 ? [] : [`--use-fake-device-for-media-stream=device-count=${options.fakeCameras}`]),
    ...(options.film === undefined ? [] : [`--use-file-for-fake-video-capture=${options.film}`]),
    ...(options.headless ? ['--headless', 'about:blank'] : ['--app=data:text/html,']),
  ];
}

// What no switch turns off: offers to translate, to keep passwords, to fill forms.
const preferences = {
  translate: { enabled: false },
  credentials_enable_service: false,
  autofill: { profile_enabled: false, credit_card_enabled: false },
};

function freshProfile(): string {
  const profile = mkdtempSync(join(tmpdir(), 'styrk-window-'));
  mkdirSync(join(profile, 'Default'));
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  return profile;
}

/** Starts Chromium with an empty profile of its own. Throws where there is none. */
export function startBrowser(options: BrowserOptions): Browser {
  const chromium = findChromium(options);
  const profile = freshProfile();
  const child = spawn(chromium, switches(options, profile), { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const [, , , to, from] = child.stdio;
  if (!(to instanceof Writable) || !(from instanceof Readable)) throw new Error('Chromium has no pipes');
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const remove = () => rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  const killNow = () => {
    child.kill('SIGKILL');
    remove();
  };
  process.once('exit', killNow);
  return {
    pipe: new DevToolsPipe(from, to),
    process: child,
    async end() {
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), 3000);
      await ended;
      clearTimeout(killer);
      process.off('exit', killNow);
      remove();
    },
  };
}
