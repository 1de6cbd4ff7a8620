import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageLines } from './lines.ts';

/* The proof's own parts that need no Electron, against the stand-in. */

const root = resolve(import.meta.dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'styrk-proof-'));
let child: ChildProcess | null = null;
let browser: Browser | null = null;
let page: Page | null = null;

beforeAll(async () => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await new Promise((closed) => server.close(closed));
  const app = ['--', '--training', '--data', directory, '--reader-port', 'training'];
  const standIn = [join(root, 'tools/electron-stand-in/run.ts'), '--headless', '--debug-port', String(port), ...app];
  const started = spawn(process.execPath, standIn, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  child = started;
  let log = '';
  await new Promise<void>((ready, fail) => {
    started.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes('stand-in: the window is open')) ready();
    });
    started.once('exit', (status) => fail(new Error(`the app ended with ${status}: ${log}`)));
  });
  browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  page = browser.contexts()[0]?.pages()[0] ?? null;
  await page?.locator('main').waitFor();
});

afterAll(async () => {
  await browser?.close();
  child?.kill('SIGTERM');
  rmSync(directory, { recursive: true, force: true });
});

describe.skipIf(!existsSync(join(root, 'out/main/index.js')))('what is seen from the page', () => {
  it.each(pageLines.map(({ id, run }) => ({ id, run })))('$id holds in the stand-in', async ({ run }) => {
    if (page === null) throw new Error('no window');
    expect(await run(page)).toEqual({ state: 'holds', detail: expect.any(String) });
  });
});
