import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { app } from 'electron';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDesk, type Desk } from '../../main/station/desk.ts';
import { openStation, prepareStation } from '../../main/station/station.ts';
import type { CallResult } from '../../preload/contract.ts';
import { anna, FakeHouse, wholeInspection } from '../support/fake-house.ts';

/*
 * The windows of the station and the real preload script, on a house that the test moves, in the system's Chromium: here
 * `electron` is the stand-in (vitest.config.ts).
 */

const root = resolve(import.meta.dirname, '../..');
const pageOrigin = 'https://app.styrk.invalid';
const folder = mkdtempSync(join(tmpdir(), 'styrk-station-test-'));
const fake = new FakeHouse();
const lines: string[] = [];
let desk: Desk;
let browser: Browser;
let page: Page;

const script = `
globalThis.states = [];
globalThis.stop = styrk.onDesk((state) => states.push(state));
globalThis.film = () => navigator.mediaDevices.getUserMedia({ video: true }).then(
  (stream) => { for (const track of stream.getTracks()) track.stop(); return 'granted'; }, (error) => error.name);
`;

async function joinWindow(): Promise<void> {
  browser = await chromium.connectOverCDP(`http://127.0.0.1:${process.env.STYRK_STAND_IN_PORT}`);
  const opened = browser.contexts()[0]?.pages()[0];
  if (opened === undefined) throw new Error('the station has no window');
  page = opened;
}

const inPage = (expression: string): Promise<unknown> => page.evaluate(expression);

const call = (method: string, ...args: readonly unknown[]) =>
  inPage(`styrk.call(${[method, ...args].map((value) => JSON.stringify(value)).join(', ')})`) as Promise<
    CallResult<'desk.state'>
  >;

beforeAll(async () => {
  const preloadFolder = join(folder, 'preload');
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      outDir: preloadFolder,
      minify: false,
      lib: { entry: join(root, 'preload/index.ts'), formats: ['cjs'], fileName: () => 'index.cjs' },
      rollupOptions: { external: ['electron'] },
    },
  });
  const rendererFolder = join(folder, 'renderer');
  mkdirSync(rendererFolder);
  writeFileSync(join(rendererFolder, 'index.html'), '<!doctype html><title>T</title><script src="/page.js"></script>');
  writeFileSync(join(rendererFolder, 'page.js'), script);
  writeFileSync(join(folder, 'secret.html'), 'outside');
  desk = createDesk({ ...fake.beside, house: fake.house, standIn: true, newCaseId: () => 'case-1' });
  const parts = {
    pageOrigin,
    rendererFolder,
    preloadFile: join(preloadFolder, 'index.cjs'),
    log: (event: string, fields = {}) => void lines.push(JSON.stringify({ event, ...fields })),
  };
  expect(prepareStation(parts)).toBe(true);
  await openStation(desk, { ...parts, openLink: () => undefined });
  // The app's end would be the test's.
  app.removeAllListeners('window-all-closed');
  await joinWindow();
});

afterAll(async () => {
  await desk.leave();
  // Joined over the second door, the test ends Chromium as a person's closing of it would.
  await (await browser.newBrowserCDPSession()).send('Browser.close');
  rmSync(folder, { recursive: true, force: true });
});

test('the page has the bridge and nothing of Node', async () => {
  expect(await inPage('Object.keys(styrk).join()')).toBe('call,onDesk');
  expect(await inPage('Object.isFrozen(styrk)')).toBe(true);
  expect(await inPage('typeof require + typeof process + typeof module')).toBe('undefinedundefinedundefined');
});

test('calls are checked on both sides', async () => {
  expect(await call('app.info')).toMatchObject({ ok: true, value: { training: true, standIn: true } });
  expect(await call('case.choosePurpose', 'make-coffee')).toMatchObject({ ok: false, code: 'call.malformed' });
  expect(await call('no.such.method')).toMatchObject({ ok: false, code: 'call.unknown' });
  expect(await call('toString')).toMatchObject({ ok: false, code: 'call.unknown' });
  expect(await call('case.tap')).toMatchObject({ ok: false, code: 'case.not-open' });
});

test('files outside the page are not served, and nothing else is reached', async () => {
  const status = (path: string) =>
    inPage(`fetch(${JSON.stringify(path)}).then(({ status }) => status, () => 'refused')`);
  // The page's own policy connects nowhere, not even home.
  expect(await status('/page.js')).toBe('refused');
  expect(await status('https://example.invalid/')).toBe('refused');
  const image = (path: string) =>
    inPage(`new Promise((done) => { const image = new Image(); image.onerror = () => done('none');
      image.onload = () => done('some'); image.src = ${JSON.stringify(path)}; })`);
  expect(await image('/%2e%2e%2fsecret.html')).toBe('none');
});

test('a case runs, snapshots reach the page, and the camera opens in the face step alone', async () => {
  expect(await inPage('film()')).toBe('NotAllowedError');
  await call('case.begin');
  await call('case.choosePurpose', 'renew-bankid');
  await call('case.chooseHolder', anna.id);
  fake.lay();
  await call('case.setAccessKey', { kind: 'can', can: '123456' });
  await expect.poll(() => fake.inspections.length).toBe(1);
  await fake.current.finish(wholeInspection());
  await expect.poll(() => inPage('states.at(-1)?.case?.reading.state')).toBe('done');
  expect(
    await inPage(
      "styrk.call('case.portrait').then(({ value }) => value.bytes instanceof Uint8Array && value.bytes.length)",
    ),
  ).toBe(4);
  expect(await call('case.camera', true)).toMatchObject({ ok: false, code: 'case.not-open' });
  await call('case.goTo', 'face');
  await call('case.camera', true);
  expect(await inPage('film()')).toBe('granted');
  await call('case.answerFace', 'same', null);
  expect(await inPage('film()')).toBe('NotAllowedError');
  expect(await call('case.decide', { outcome: 'go-on', reason: null, sign: null, seen: 'accept' })).toMatchObject({
    ok: true,
  });
  await expect.poll(() => inPage('states.at(-1)?.case')).toBeNull();
  const told = JSON.stringify(lines);
  expect(told).toContain('"permission');
  expect(told).not.toContain(anna.personalNumber);
  expect(told).not.toContain('ANDERSSON');
});

test('a listener that stopped hears nothing more', async () => {
  const before = await inPage('stop(); states.length');
  await call('case.begin');
  await call('case.abandon', null, null);
  expect(await inPage('states.length')).toBe(before);
});

test('the page starts again after a crash and finds the case', async () => {
  await call('case.begin');
  const devtools = await page.context().newCDPSession(page);
  const crashed = devtools.send('Page.crash').catch(() => undefined);
  await expect.poll(() => lines.some((line) => line.includes('page-gone')), { timeout: 10_000 }).toBe(true);
  void crashed;
  // To the driver a page that crashed stays so: it joins as one that has seen nothing of it.
  await browser.close();
  await joinWindow();
  await expect
    .poll(async () => (await call('desk.state').catch(() => null))?.ok ?? false, { timeout: 10_000 })
    .toBe(true);
  expect(await call('desk.state')).toMatchObject({ ok: true, value: { case: { id: 'case-1' } } });
});
