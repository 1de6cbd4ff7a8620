import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { app, BrowserWindow } from 'electron';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { createDesk, type Desk } from '../../main/station/desk.ts';
import { prepareStation } from '../../main/station/station.ts';
import type { Operator } from '../../main/store/operators/operator.ts';
import type { ConfirmInput } from '../../preload/confirm-contract.ts';
import type { CallResult } from '../../preload/contract.ts';
import { anna, FakeHouse, wholeInspection } from '../support/fake-house.ts';
import { fakeOperators, operatorOf } from '../support/fake-operators.ts';

/*
 * The windows of the station and the real preload script, on a house that the test moves, in the system's Chromium: here
 * `electron` is the stand-in (vitest.config.ts).
 */

const root = resolve(import.meta.dirname, '../..');
const pageOrigin = 'https://app.styrk.invalid';
const confirmOrigin = 'https://confirm.styrk.invalid';
const folder = mkdtempSync(join(tmpdir(), 'styrk-station-test-'));
const fake = new FakeHouse();
const staff: Operator[] = [];
const lines: string[] = [];
let desk: Desk;
let browser: Browser;
let page: Page;
let stationParts: Parameters<typeof prepareStation>[0];

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
  for (const name of ['index', 'confirm'])
    await build({
      configFile: false,
      logLevel: 'silent',
      build: {
        outDir: preloadFolder,
        emptyOutDir: false,
        minify: false,
        lib: { entry: join(root, `preload/${name}.ts`), formats: ['cjs'], fileName: () => `${name}.cjs` },
        rollupOptions: { external: ['electron'] },
      },
    });
  const rendererFolder = join(folder, 'renderer');
  mkdirSync(rendererFolder);
  writeFileSync(join(rendererFolder, 'index.html'), '<!doctype html><title>T</title><script src="/page.js"></script>');
  writeFileSync(join(rendererFolder, 'page.js'), script);
  writeFileSync(join(rendererFolder, 'confirm.html'), '<!doctype html><title>C</title><p>confirm</p>');
  writeFileSync(join(folder, 'secret.html'), 'outside');
  stationParts = {
    pageOrigin,
    confirmOrigin,
    rendererFolder,
    preloadFile: join(preloadFolder, 'index.cjs'),
    confirmPreloadFile: join(preloadFolder, 'confirm.cjs'),
    kioskOrigin: 'https://kiosk.styrk.invalid',
    kioskPreloadFile: join(preloadFolder, 'kiosk.cjs'),
    log: (event: string, fields = {}) => void lines.push(JSON.stringify({ event, ...fields })),
  };
  const station = prepareStation(stationParts);
  if (station === null) throw new Error('another instance runs');
  const { house, beside } = fake;
  desk = createDesk({
    ...beside,
    showConfirmation: station.showConfirmation,
    house: { ...house, keeping: { ...house.keeping, operators: fakeOperators(staff) } },
    standIn: true,
    newCaseId: () => 'case-1',
  });
  await station.open(desk, () => undefined);
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

/** The confirmation window's page, once it is there. */
async function confirmWindow(): Promise<Page> {
  const context = page.context();
  const found = () => context.pages().find((each) => each.url().startsWith(confirmOrigin));
  await expect.poll(found, { timeout: 20_000 }).toBeDefined();
  const opened = found();
  if (opened === undefined) throw new Error('no confirmation window');
  await opened.waitForLoadState();
  return opened;
}

/** Whether contents that are not the confirmation window's may go to this address, by the app's own guards. */
function goesTo(url: string): { readonly navigates: boolean; readonly opens: boolean } {
  let opens = true;
  let navigates = true;
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: (details: { readonly url: string }) => { readonly action: string }) => {
      opens = handler({ url }).action !== 'deny';
    },
  });
  app.emit('web-contents-created', {}, contents);
  const preventDefault = (): void => {
    navigates = false;
  };
  contents.emit('will-navigate', { url, preventDefault });
  return { navigates, opens };
}

/** Speaks from the world of the desk's own preload script, as a page that had broken out of its own would. */
async function fromPreloadWorld(channel: string, args: readonly unknown[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const worlds: { readonly id: number; readonly name: string }[] = [];
  devtools.on('Runtime.executionContextCreated', ({ context }) => void worlds.push(context));
  await devtools.send('Runtime.enable');
  const world = worlds.find(({ name }) => name.startsWith('preload-'));
  if (world === undefined) throw new Error('the page has no preload script');
  const call = JSON.stringify(JSON.stringify({ value: { id: 1_000_000, channel, args } }));
  const expression = `globalThis[Object.getOwnPropertyNames(globalThis).find((name) => name.startsWith('send'))](${call})`;
  const { exceptionDetails } = await devtools.send('Runtime.evaluate', { expression, contextId: world.id });
  expect(exceptionDetails).toBeUndefined();
  await devtools.detach();
}

const answerIn = (window: Page, input: ConfirmInput): Promise<unknown> =>
  window.evaluate(`styrkConfirm.answer(${JSON.stringify(input)})`);
const signIn = (window: Page, sign: string, secret = sign.toLowerCase()) =>
  answerIn(window, { kind: 'sign-in', sign, secret });

test('a second start of the app opens no second desk: the first one comes to the front', async () => {
  const alone = vi.spyOn(app, 'requestSingleInstanceLock').mockReturnValue(false);
  onTestFinished(() => alone.mockRestore());
  expect(prepareStation(stationParts)).toBe(null);
  const before = page.context().pages().length;
  const focus = vi.spyOn(BrowserWindow.prototype, 'focus');
  onTestFinished(() => focus.mockRestore());
  app.emit('second-instance', {}, ['styrk']);
  expect(focus).toHaveBeenCalledOnce();
  expect(page.context().pages()).toHaveLength(before);
});

test('a dangerous act is confirmed by two administrators in a window that the page can neither open, read nor answer', async () => {
  const signs: (readonly string[])[] = [];
  const entry = { id: 1, at: '2026-11-01T08:00:00Z', kind: 'master-list', digest: 'd', signer: 'CN=BSI', date: null };
  const none = { newCertificates: 2, removedCertificates: 0, knownCertificates: 0 };
  const counts = { ...none, newRevocationLists: 0, newDefectLists: 0, newDocumentSigners: 0 };
  const change = { ...entry, counts, remarks: [], changed: [], undoneBy: null } as unknown as NonNullable<
    typeof fake.nextRestored
  >;
  fake.nextRestored = change;
  fake.restore = (names) => {
    signs.push(names);
    return { ...change, kind: 'restore' };
  };
  staff.push(operatorOf('AB', 'administrator'), operatorOf('CD', 'administrator'), operatorOf('TE', 'teller'));

  // The page has nothing of that window: no bridge, no file, no way to its origin.
  expect(await inPage('typeof styrkConfirm')).toBe('undefined');
  expect(await call('confirm.answer', { kind: 'cancel' })).toMatchObject({ ok: false, code: 'call.unknown' });
  const held = await inPage(`new Promise((done) => { const frame = document.createElement('iframe');
    frame.src = '${confirmOrigin}/confirm.html'; frame.onload = () => done(frame.contentDocument?.body?.textContent ?? 'none');
    document.body.append(frame); })`);
  expect(held).toBe('none');
  expect(goesTo(`${confirmOrigin}/confirm.html`)).toEqual({ navigates: false, opens: false });

  expect(await call('session.signIn', 'AB', 'ab')).toMatchObject({ ok: true });
  await inPage("void (globalThis.restoring = styrk.call('trust.restore'))");
  const window = await confirmWindow();
  expect(await window.evaluate('[typeof styrk, Object.keys(styrkConfirm).join(), typeof require].join(" ")')).toBe(
    'undefined ask,answer undefined',
  );
  expect(await window.evaluate('styrkConfirm.ask()')).toMatchObject({
    ok: true,
    value: {
      step: 'sign-in',
      persons: 2,
      rows: expect.arrayContaining([expect.objectContaining({ value: 'CN=BSI' })]),
    },
  });
  // Not even from the world of its own preload script does the page reach it, nor a second act beside it.
  for (const input of [{ kind: 'cancel' }, { kind: 'sign-in', sign: 'CD', secret: 'cd' }] as const)
    await fromPreloadWorld('styrk-confirm:answer', [input]);
  expect(await call('trust.restore')).toMatchObject({ ok: false, code: 'confirm.open' });
  await expect
    .poll(() => lines.filter((line) => line.includes('"confirm.answer","code":"call.sender"')).length)
    .toBe(2);
  expect(await window.evaluate('styrkConfirm.ask()')).toMatchObject({ value: { signed: [] } });

  expect(await signIn(window, 'TE')).toMatchObject({ ok: false, code: 'operator.role' });
  expect(await signIn(window, 'AB', 'wrong')).toMatchObject({ ok: false, code: 'operator.refused' });
  expect(await signIn(window, 'AB')).toMatchObject({ ok: true, value: { signed: [{ sign: 'AB' }] } });
  expect(await signIn(window, 'AB')).toMatchObject({ ok: false, code: 'operator.second-needed' });
  expect(signs).toEqual([]);
  const closed = window.waitForEvent('close');
  await signIn(window, 'CD').catch(() => undefined);
  expect(await inPage('restoring')).toMatchObject({ ok: true, value: { kind: 'restore' } });
  expect(signs).toEqual([['AB', 'CD']]);
  await closed;
  expect(JSON.stringify(lines)).not.toContain('"wrong"');
});

test('a confirmation window that is closed, or whose page goes down, confirms nothing', async () => {
  for (const ends of ['close', 'crash'] as const) {
    await inPage("void (globalThis.restoring = styrk.call('trust.restore'))");
    const window = await confirmWindow();
    await signIn(window, 'AB');
    const devtools = await page.context().newCDPSession(window);
    if (ends === 'close') await window.close();
    else void devtools.send('Page.crash').catch(() => undefined);
    expect(await inPage('restoring')).toMatchObject({ ok: false, code: 'trust.not-confirmed' });
    await expect.poll(() => page.context().pages().length, { timeout: 10_000 }).toBe(1);
  }
});
