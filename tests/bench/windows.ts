import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import type { StyrkBridge } from '../../preload/contract.ts';
import { specimenToday } from '../e2e/chips.ts';
import { button, question, swipe } from '../e2e/desk-acts.ts';
import { openApp, setLanguage } from '../e2e/driver.ts';
import { pagePicture } from '../support/mrz-pictures/page-picture.ts';
import { PictureRandom } from '../support/mrz-pictures/picture-random.ts';
import { readPicture } from '../support/mrz-pictures/read-picture.ts';
import { madeUpZone } from '../support/mrz-pictures/zones.ts';
import { computed, percentile, round } from './figures.ts';
import { writeRegister } from './holders.ts';
import { type PageHeap, pageHeap } from './page-heap.ts';

/*
 * The desk as a teller has it, in a window: the built app in Electron or on its stand-in in Chromium. By the clock, so that other programs
 * are in it; `load` tells how many there were.
 */

const root = resolve(import.meta.dirname, '../..');
const rounds = 15;
const imported = 20_000;
const passport = specimenToday('se-passport');
const goals = { ready: 300, screen: 100, key: 50, frame: 150 } as const;

/** `cases`: how many people are served one after the other for the memory of the page. Needs what `npm run build` makes. */
export async function benchWindows(cases: number): Promise<unknown> {
  if (!existsSync(join(root, 'out/main/index.js')))
    throw new Error('npm run build comes first: this runs the built app');
  const directory = mkdtempSync(join(tmpdir(), 'styrk-bench-windows-'));
  const app = await openApp({ directory, readers: 'training' });
  try {
    const { page } = app;
    return {
      form: app.form,
      load: loadavg().map(round),
      ...(await readyTimes(page)),
      screenMillis: told(await screenTimes(page), goals.screen),
      keyMillis: told(await keyTimes(page, directory), goals.key),
      frameMillis: told(frameTimes(), goals.frame),
      cases,
      pageMegabytes: await memoryOver(page, cases),
    };
  } finally {
    await app.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function told(millis: readonly number[], goal: number) {
  const median = percentile(millis, 0.5);
  return { times: millis.length, median, longest: round(Math.max(...millis)), goal, met: median <= goal };
}

/**
 * From the beginning of the page's load to the first question with the focus in it: from there on a swipe or a tap begins a case. By the
 * clock, and by what the page's main thread computed.
 */
async function readyTimes(page: Page) {
  await page.addInitScript(() => {
    const look = (): void => {
      if (document.querySelector('main button:focus') === null) requestAnimationFrame(look);
      else Object.assign(globalThis, { readyAt: performance.now() });
    };
    requestAnimationFrame(look);
  });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  // Begins anew with each load.
  const tasks = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  const clock: number[] = [];
  const own: number[] = [];
  for (let turn = 0; turn < rounds; turn++) {
    await page.reload();
    const at = await page.waitForFunction(() => (globalThis as unknown as { readyAt?: number }).readyAt);
    own.push(await tasks());
    clock.push((await at.jsonValue()) ?? Number.NaN);
  }
  await setLanguage(page, 'en', true);
  return { readyOwnMillis: told(own, goals.ready), readyMillis: told(clock, goals.ready) };
}

/** From the purpose that is chosen to the next question, painted, the main process's answer in between; and back. */
async function screenTimes(page: Page): Promise<readonly number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < rounds; turn++) {
    await question(page, 'Why is the customer here?').waitFor();
    times.push(
      await page.evaluate(
        () =>
          new Promise<number>((painted) => {
            const began = performance.now();
            const look = (): void => {
              if (document.querySelector('main input:focus') === null) requestAnimationFrame(look);
              else requestAnimationFrame(() => painted(performance.now() - began));
            };
            (document.querySelector('main button:focus') as HTMLElement).click();
            requestAnimationFrame(look);
          }),
      ),
    );
    await leaveCase(page);
  }
  return times;
}

async function leaveCase(page: Page): Promise<void> {
  await button(page, 'Close without decision').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close without decision' }).click();
  await button(page, 'New case').click();
}

/** From a key to the frame that shows it, in the search of past cases, while a chip is read again and again and a register comes in. */
async function keyTimes(page: Page, directory: string): Promise<readonly number[]> {
  const register = join(directory, '..', `${directory.split('/').at(-1)}.csv`);
  writeRegister(register, imported, { shared: false });
  const importing = spawn(
    process.execPath,
    [...['tools/run.mjs', 'main/cli.ts', 'holders', 'import', register], ...['--training', '--data', directory]],
    { cwd: root, stdio: 'ignore' },
  );
  const importEnded = once(importing, 'exit');
  try {
    await startReading(page);
    await page.keyboard.press('F2');
    const field = page.getByRole('main').getByRole('searchbox').or(page.getByRole('main').getByRole('textbox')).first();
    await field.focus();
    await page.evaluate(() => {
      const seen: number[] = [];
      Object.assign(globalThis, { seen });
      document.addEventListener('keydown', ({ timeStamp }) => {
        requestAnimationFrame(() => requestAnimationFrame(() => seen.push(performance.now() - timeStamp)));
      });
    });
    for (const letter of 'the quick brown fox jumps') await page.keyboard.press(letter === ' ' ? 'Space' : letter);
    const seen = await page.waitForFunction(() => {
      const { seen: all } = globalThis as unknown as { readonly seen: readonly number[] };
      return all.length >= 25 ? all : null;
    });
    return (await seen.jsonValue()) ?? [];
  } finally {
    await importEnded;
    rmSync(register, { force: true });
  }
}

async function startReading(page: Page): Promise<void> {
  await swipe(page, passport.mrz);
  await page.getByTestId('printed-document').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('button:focus').filter({ hasText: 'Öberg' }).waitFor();
  await page.keyboard.press('Enter');
  await question(page, 'Place the passport or ID card on the reader.').waitFor();
  await lay(page, 'se-passport');
}

async function lay(page: Page, id: string | null): Promise<void> {
  await page.evaluate(async (wanted) => {
    const { styrk } = globalThis as unknown as { readonly styrk: StyrkBridge };
    if (wanted === null) await styrk.call('training.lift');
    else await styrk.call('training.lay', wanted);
  }, id);
}

/** Processor time for a picture of 1280 by 720, through the page's part and the main process's. */
function frameTimes(): readonly number[] {
  const size = { width: 1280, height: 720 } as const;
  const pictures = Array.from({ length: rounds + 5 }, (_, seed) =>
    pagePicture(madeUpZone(new PictureRandom(seed)), seed % 2 === 0 ? 'noise' : 'tilt', size, seed),
  );
  const times = pictures.map((picture) => {
    const before = computed();
    readPicture(picture);
    return computed() - before;
  });
  // The first ones are read while the code is still new.
  return times.slice(5);
}

/**
 * What the page holds after garbage was collected, after a first case and after the last of so many, in MB; and, in KB, what grew of what
 * between the warm page (a fifth of the cases) and the end.
 */
async function memoryOver(page: Page, cases: number) {
  const devtools = await page.context().newCDPSession(page);
  const heap = async (): Promise<number> => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return round(usedSize / 1e6);
  };
  const after: number[] = [];
  let warm: PageHeap | null = null;
  // Back from the search to the case of the document that lies there.
  await page.keyboard.press('Alt+3');
  for (let person = 0; person < cases; person++) {
    if (person > 0) await startReading(page);
    await question(page, 'The chip is read.').waitFor();
    await page.keyboard.press('Enter');
    await question(page, 'Is this the same person?').waitFor();
    await page.getByRole('radio', { name: 'Same person' }).check();
    await button(page, 'Save answer').click();
    await question(page, /^This is /).waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('record-id').waitFor();
    await lay(page, null);
    await button(page, 'New case').click();
    await question(page, 'Why is the customer here?').waitFor();
    after.push(await heap());
    if (person === Math.floor(cases / 5)) warm = await pageHeap(devtools);
  }
  const end = await pageHeap(devtools);
  const grewKilobytes =
    warm === null
      ? null
      : {
          own: round(end.own - warm.own),
          code: round(end.code - warm.code),
          browser: round(end.browser - warm.browser),
        };
  const steps = Math.max(1, Math.floor(cases / 10));
  return {
    first: after[0],
    onTheWay: after.filter((_, index) => index % steps === steps - 1),
    last: after.at(-1),
    grewKilobytes,
  };
}
