import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { app, theBrowser } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { type InvokeEvent, ipcMain } from './ipc.ts';
import { session } from './session.ts';
import { setSettings } from './settings.ts';

/*
 * The stand-in with a page and a preload script of the test's own, in the system's Chromium. The page writes what it
 * sees into `report`, which is a call like any other.
 */

const origin = 'https://app.styrk.invalid';
const folder = mkdtempSync(join(tmpdir(), 'styrk-stand-in-test-'));
const policy = "default-src 'none'; script-src 'self'; worker-src 'self'; require-trusted-types-for 'script'";

const preload = `
const { contextBridge, ipcRenderer } = require('electron');
let refused = null;
try { require('node:fs'); } catch (error) { refused = error.message; }
contextBridge.exposeInMainWorld('bridge', {
  refused,
  call: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  hear: (listener) => {
    const own = (_event, value) => listener(value);
    ipcRenderer.on('news', own);
    return () => ipcRenderer.off('news', own);
  },
});
`;

const page = '<!doctype html><title>T</title><script type="module" src="/page.js"></script>';
const script = `
const stop = bridge.hear((value) => { if (value.last) stop(); bridge.call('heard', value.number); });
const seen = {};
seen.keys = Object.keys(bridge);
seen.refused = bridge.refused;
seen.noNode = typeof require === 'undefined' && typeof process === 'undefined';
const bytes = await bridge.call('double', Uint8Array.of(1, 2, 200));
seen.bytes = bytes instanceof Uint8Array && [...bytes].join();
seen.failure = await bridge.call('fail').catch((error) => error.message);
seen.unknown = await bridge.call('nothing').catch((error) => error.message);
seen.outside = await fetch('https://example.invalid/').then(() => 'came', () => 'refused');
const film = () => navigator.mediaDevices.getUserMedia({ video: true })
  .then((stream) => { stream.getTracks().forEach((track) => track.stop()); return 'granted'; }, (error) => error.name);
seen.cameraBefore = await film();
await bridge.call('camera', true);
seen.cameraOpen = await film();
await bridge.call('camera', false);
seen.cameraAfter = await film();
seen.eval = (() => { try { return eval('1') } catch { return 'refused'; } })();
location.href = 'https://elsewhere.invalid/';
await new Promise((resolve) => {
  const worker = new Worker(trustedTypes.createPolicy('t', { createScriptURL: (url) => url }).createScriptURL('/worker.js'));
  worker.onmessage = ({ data }) => { seen.worker = data; resolve(); };
  worker.onerror = () => { seen.worker = 'failed'; resolve(); };
});
await bridge.call('report', seen);
`;

const files: Readonly<Record<string, readonly [string, string]>> = {
  '/index.html': ['text/html', page],
  '/page.js': ['text/javascript', script],
  '/worker.js': ['text/javascript', "postMessage('works')"],
};

let window: BrowserWindow;
const report = Promise.withResolvers<Record<string, unknown>>();
const events: InvokeEvent[] = [];
const heard: unknown[] = [];
const heardTwo = Promise.withResolvers<void>();
const navigations: string[] = [];
const opened: string[] = [];
let camera = false;

beforeAll(async () => {
  setSettings({ appFolder: resolve(import.meta.dirname, '../..'), headless: true, debugPort: null, fakeCameras: 1 });
  const preloadFile = join(folder, 'preload.cjs');
  writeFileSync(preloadFile, preload);
  const memory = session.fromPartition('test');
  memory.protocol.handle('styrk', ({ url }) => {
    const [type, body] = files[new URL(url).pathname] ?? [null, null];
    if (body === null) return new Response(null, { status: 404 });
    return new Response(body, { headers: { 'Content-Type': type, 'Content-Security-Policy': policy } });
  });
  memory.setPermissionCheckHandler(() => camera);
  memory.setPermissionRequestHandler((_contents, _permission, callback) => callback(camera));
  ipcMain.handle('double', (_event, bytes) => (bytes as Uint8Array).map((byte) => (byte * 2) % 256));
  ipcMain.handle('fail', () => {
    throw new Error('as told');
  });
  ipcMain.handle('camera', (_event, wanted) => {
    camera = wanted === true;
  });
  ipcMain.handle('heard', (_event, value) => {
    heard.push(value);
    if (heard.length === 2) heardTwo.resolve();
  });
  ipcMain.handle('report', (event, seen) => {
    events.push(event);
    report.resolve(seen as Record<string, unknown>);
  });
  window = new BrowserWindow({ width: 800, height: 600, webPreferences: { session: memory, preload: preloadFile } });
  window.webContents.setWindowOpenHandler(({ url }) => {
    opened.push(url);
    return { action: 'deny' };
  });
  window.webContents.on('will-navigate', (event: { url: string; preventDefault(): void }) => {
    navigations.push(event.url);
    event.preventDefault();
  });
  await window.loadURL(`${origin}/index.html`);
});

afterAll(async () => {
  await (await theBrowser(0, 0)).end();
  rmSync(folder, { recursive: true, force: true });
});

test('the page gets what the preload script exposes, and no more', async () => {
  const seen = await report.promise;
  expect(seen).toMatchObject({
    keys: ['refused', 'call', 'hear'],
    refused: 'a sandboxed preload script cannot load node:fs',
    noNode: true,
    bytes: '2,4,144',
    failure: 'as told',
    unknown: "No handler registered for 'nothing'",
  });
});

test('the policy that the app serves holds, and nothing outside is reached', async () => {
  expect(await report.promise).toMatchObject({ outside: 'refused', eval: 'refused', worker: 'works' });
});

test('the camera follows the handlers of the app', async () => {
  expect(await report.promise).toMatchObject({
    cameraBefore: 'NotAllowedError',
    cameraOpen: 'granted',
    cameraAfter: 'NotAllowedError',
  });
});

test('a call tells its sender', async () => {
  await report.promise;
  expect(events[0]?.sender).toBe(window.webContents);
  expect(events[0]?.senderFrame).toEqual({ url: `${origin}/index.html`, parent: null });
});

test('messages reach the listeners until they stop', async () => {
  await report.promise;
  window.webContents.send('news', { number: 1, last: false });
  window.webContents.send('news', { number: 2, last: true });
  window.webContents.send('news', { number: 3, last: true });
  await heardTwo.promise;
  expect(heard).toEqual([1, 2]);
});

test('the app is asked about navigation and new windows, and both stay away when it refuses', async () => {
  await report.promise;
  expect(navigations).toContain('https://elsewhere.invalid/');
  const { pipe } = await theBrowser(0, 0);
  const { sessionId } = await pipe.send('Target.attachToTarget', {
    targetId: window.webContents.targetId,
    flatten: true,
  });
  const expression = "window.open('/index.html') === null";
  await pipe.send('Runtime.evaluate', { expression, userGesture: true }, String(sessionId));
  await expect.poll(() => opened).toHaveLength(1);
  const pages = async () => {
    const { targetInfos } = await pipe.send('Target.getTargets');
    return (targetInfos as readonly { readonly type: string }[]).filter(({ type }) => type === 'page').length;
  };
  await expect.poll(pages).toBe(1);
});

test('a closed window is told, and the last one to the app', async () => {
  await report.promise;
  const closed = new Promise<void>((resolve) => window.once('closed', () => resolve()));
  const all = new Promise<void>((resolve) => app.once('window-all-closed', () => resolve()));
  const { pipe } = await theBrowser(0, 0);
  await pipe.send('Target.closeTarget', { targetId: window.webContents.targetId });
  await closed;
  await all;
  expect(window.webContents.isDestroyed()).toBe(true);
});
