import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { _electron, chromium, type Locator, type Page } from 'playwright-core';
import type { Language, StyrkBridge } from '../../preload/contract.ts';

const root = resolve(import.meta.dirname, '../..');

export interface AppOptions {
  /** A folder for training data; made at first use. */
  readonly directory: string;
  /** Added to the app's environment: a private pcscd's socket. */
  readonly env?: Readonly<Record<string, string>>;
  readonly language?: Language;
  readonly readers?: 'pcsc-mini' | 'training';
  /** Leaves the first set-up to come as it comes; else it is over before the test begins. */
  readonly firstSetUp?: true;
  /** The kiosk's window instead of the desk's. */
  readonly kiosk?: true;
  /** Other words of the start: a link. */
  readonly words?: readonly string[];
  /** A film (Y4M) that the camera shows over and over; without one there is no camera. */
  readonly film?: string;
  /** So many cameras that show a moving picture of the browser's own. */
  readonly cameras?: number;
}

/** The running app and its one window. */
export interface RunningApp {
  readonly page: Page;
  /** The confirmation window's page: of an act that is to be confirmed now. */
  confirmation(): Promise<Page>;
  /** In which form it runs. */
  readonly form: 'electron' | 'stand-in';
  /** Its main process. */
  readonly process: number;
  /** Where else its window's memory can be asked for, as an address of Chromium's protocol; null in Electron. */
  readonly door: string | null;
  /** The window's page for whoever drives it, after its process went down: to the driver a page that crashed stays so. Stand-in only. */
  rejoin(): Promise<Page>;
  /** Everything that the main process has written to its log. */
  log(): string;
  close(): Promise<void>;
}

/**
 * Opens the built app: in Electron where its binary is installed, in the stand-in elsewhere. Electron refuses its sandbox to
 * root, so root gets the stand-in too.
 */
export async function openApp(options: AppOptions): Promise<RunningApp> {
  const args = [
    '--training',
    '--data',
    options.directory,
    '--reader-port',
    options.readers ?? 'pcsc-mini',
    ...(options.kiosk === undefined ? [] : ['--kiosk']),
    ...(options.words ?? []),
  ];
  const binary = process.getuid?.() === 0 ? null : electronBinary();
  const app = binary === null ? await openStandIn(args, options) : await openElectron(binary, args, options);
  await app.page.setViewportSize({ width: 1280, height: 800 });
  await app.page.locator('main').waitFor();
  if (options.kiosk === undefined)
    await setLanguage(app.page, options.language ?? 'en', options.firstSetUp === undefined);
  return { ...app, confirmation: () => confirmationOf(app.page) };
}

type Started = Omit<RunningApp, 'confirmation'>;

async function confirmationOf(page: Page): Promise<Page> {
  const context = page.context();
  const isIts = (other: Page): boolean => other.url().includes('//confirm');
  for (;;) {
    const found = context.pages().find(isIts);
    if (found !== undefined) return found;
    // A window is told before its page is, and may have been told before anybody asked: it says so once it has loaded.
    const others = context.pages().filter((other) => other !== page);
    await Promise.race([context.waitForEvent('page'), ...others.map((other) => other.waitForURL(/\/\/confirm/))]);
  }
}

function electronBinary(): string | null {
  const folder = join(root, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

async function openElectron(binary: string, args: readonly string[], options: AppOptions): Promise<Started> {
  const { film, cameras = film === undefined ? 0 : 1 } = options;
  const camera = [
    ...(cameras === 0 ? [] : [`--use-fake-device-for-media-stream=device-count=${cameras}`]),
    ...(film === undefined ? [] : [`--use-file-for-fake-video-capture=${film}`]),
  ];
  const app = await _electron.launch({
    executablePath: binary,
    args: [root, ...camera, ...args],
    env: { ...process.env, ...options.env } as Record<string, string>,
  });
  let log = '';
  app.process().stderr?.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  return {
    page: await app.firstWindow(),
    form: 'electron',
    process: app.process().pid ?? 0,
    door: null,
    rejoin: () => Promise.reject(new Error('nobody joins Electron twice')),
    log: () => log,
    close: () => app.close(),
  };
}

const mostJoins = 20;

async function openStandIn(args: readonly string[], options: AppOptions): Promise<Started> {
  const { env, film, cameras = film === undefined ? 0 : 1 } = options;
  const port = await freePort();
  const standIn = join(root, 'tools/electron-stand-in/run.ts');
  const camera = ['--fake-cameras', String(cameras), ...(film === undefined ? [] : ['--film', film])];
  const child = spawn(
    process.execPath,
    [standIn, '--headless', ...camera, '--debug-port', String(port), '--', ...args],
    { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'pipe'] },
  );
  let log = '';
  await new Promise<void>((ready, fail) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes('stand-in: the window is open')) ready();
    });
    child.once('exit', (status) => fail(new Error(`the app ended with ${status}: ${log}`)));
  });
  const joinWindow = async () => {
    // To whoever joins in the moment between two processes of the page there is none.
    for (let tries = 0; tries < mostJoins; tries++) {
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
      const page = browser.contexts()[0]?.pages()[0];
      if (page !== undefined) return { browser, page };
      await browser.close();
    }
    throw new Error('the app has no window');
  };
  let { browser, page } = await joinWindow();
  return {
    page,
    form: 'stand-in',
    process: child.pid ?? 0,
    door: `http://127.0.0.1:${port}`,
    rejoin: async () => {
      await browser.close();
      ({ browser, page } = await joinWindow());
      return page;
    },
    log: () => log,
    close: async () => {
      await browser.close();
      await ended(child);
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolveEnd) => {
    child.once('exit', () => resolveEnd());
    child.kill('SIGTERM');
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

// The page reads the language when it starts. Where there are operators nobody ends a set-up before they sign in, and none comes.
export async function setLanguage(page: Page, language: Language, isSetUp: boolean): Promise<void> {
  await page.evaluate(
    async ([wanted, over]) => {
      const { styrk } = globalThis as unknown as { readonly styrk: StyrkBridge };
      await styrk.call('app.setLanguage', wanted);
      if (over) await styrk.call('setUp.finish');
    },
    [language, isSetUp] as const,
  );
  await page.reload();
  await page.locator(`html[lang=${language}] main`).waitFor();
}

/**
 * A click that closes its own window: its answer may be lost with the window it was made in, and then it is the closing that
 * tells that it was made. A click that fails in a window that stays is a failure.
 */
export async function clickToClose(button: Locator): Promise<void> {
  const window = button.page();
  const clicked = button.click().catch((error: unknown) => {
    if (!window.isClosed()) throw error;
  });
  await Promise.all([window.waitForEvent('close'), clicked]);
}
