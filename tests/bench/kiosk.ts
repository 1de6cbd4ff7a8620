import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { parseMrz } from '../../main/document/mrz.ts';
import { inspect } from '../../main/inspection/procedure.ts';
import { machineClock } from '../../main/machine/clock.ts';
import { machineRandom } from '../../main/machine/random.ts';
import { createChip } from '../../main/simulator/chip/chip.ts';
import { specimenToday } from '../e2e/chips.ts';
import { button, swipe } from '../e2e/desk-acts.ts';
import { openApp, type RunningApp } from '../e2e/driver.ts';
import { drawnPortrait, type ModelPage, openModelPage, type Scene } from '../support/faces/model-page.ts';
import { trainingFolderTrust } from '../support/training-issuers.ts';
import { computed, percentile, round } from './figures.ts';

/*
 * The kiosk in its window: the built app in Electron or on its stand-in in Chromium. By the clock, so that other programs are in it; `load`
 * tells how many there were.
 */

const root = resolve(import.meta.dirname, '../..');
const goals = { backMillis: 5_000, looksPerSecond: 10 } as const;
/** As often as a page may go down in a row before the kiosk is out of order. */
const deaths = 5;
const looks = 20;
/** A machine that does other things beside is waited for. */
const patienceMillis = 120_000;
const mostPulls = 4;
const pulledAgainMillis = 15_000;
const passport = specimenToday('se-passport');

/** `people`: how many come one after the other for the memory of the page. Needs what `npm run build` makes. */
export async function benchKiosk(people: number): Promise<unknown> {
  if (!existsSync(join(root, 'out/main/index.js')))
    throw new Error('npm run build comes first: this runs the built app');
  const load = loadavg().map(round);
  return {
    cores: availableParallelism(),
    load,
    ...(await withKiosk(async (app) => ({ form: app.form, deadPageMillis: told(await backAfterDeaths(app)) }))),
    framing: await framingWhileReading(),
    people,
    page: await withKiosk(({ page }) => memoryOver(page, people)),
  };
}

// Those of the tests belong to their runner.
const screen = (page: Page, name: string) => page.locator(`[data-screen=${name}]`);

async function withKiosk<T>(work: (app: RunningApp) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'styrk-bench-kiosk-'));
  const app = await openApp({ directory, readers: 'training', kiosk: true });
  try {
    return await work(app);
  } finally {
    await app.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function told(millis: readonly number[]) {
  const longest = round(Math.max(...millis));
  const { backMillis: goal } = goals;
  return { times: millis.length, median: percentile(millis, 0.5), longest, goal, met: longest <= goal };
}

/** From the word that takes the page's process down to the first paint of the attract screen: the page paints nothing before it. */
async function backAfterDeaths(app: RunningApp): Promise<readonly number[]> {
  const times: number[] = [];
  let { page } = app;
  for (let death = 0; death < deaths; death++) {
    const devtools = await page.context().newCDPSession(page);
    const gone = page.waitForEvent('crash');
    const at = Date.now();
    devtools.send('Page.crash').catch(() => undefined);
    await gone;
    page = await app.rejoin();
    await screen(page, 'attract').getByRole('main').waitFor();
    const painted = await page.waitForFunction(() => {
      const [first] = performance.getEntriesByName('first-contentful-paint');
      return first === undefined ? null : performance.timeOrigin + first.startTime;
    });
    times.push(round(((await painted.jsonValue()) ?? Number.NaN) - at));
  }
  return times;
}

/**
 * How often a face before the camera is looked at, while a chip is read over and over at the pace of a contactless link: by the clock, and
 * by what of one core the page's process (less what drawing the pictures takes) and the reading (the simulated chip is in it) computed for
 * each. The first looks, in which the engine still translates the model's code beside, stand apart: who comes before the camera meets them
 * within the first two seconds.
 */
async function framingWhileReading() {
  const page = await openModelPage();
  const filmed: Scene = {
    width: 1280,
    height: 720,
    laid: [{ file: drawnPortrait('samira'), x: 400, y: 60, height: 640 }],
  };
  const still = new AbortController();
  const readings = readOverAndOver(still.signal);
  try {
    await page.film(filmed, true);
    const first = await looksOf(page, filmed);
    const after = await looksOf(page, filmed);
    const { looksPerSecond: goal } = goals;
    return { first, ...after, goal, met: after.ofOneCore >= goal };
  } finally {
    still.abort();
    await readings;
    await page.close();
  }
}

/** So many looks, and what they took. */
async function looksOf(page: ModelPage, filmed: Scene) {
  const millis: number[] = [];
  const [pageBefore, readingBefore] = [await page.computed(), computed()];
  while (millis.length < looks) millis.push((await page.film(filmed)).millis);
  const [pageAfter, readingAfter] = [await page.computed(), computed()];
  for (let draw = 0; draw < looks; draw++) await page.draw(filmed);
  const drawn = (await page.computed()) - pageAfter;
  const pageMillis = (pageAfter - pageBefore - drawn) / looks;
  const readingMillis = (readingAfter - readingBefore) / looks;
  return {
    perSecond: round(1_000 / percentile(millis, 0.5)),
    slowest: round(1_000 / Math.max(...millis)),
    pageMillis: round(pageMillis),
    readingMillis: round(readingMillis),
    ofOneCore: round(1_000 / (pageMillis + readingMillis)),
  };
}

/** What a short exchange takes on a contactless link (docs/benchmarks.md). */
const exchangeMillis = 37;

async function readOverAndOver(signal: AbortSignal): Promise<void> {
  const today = machineClock.today();
  const trust = await trainingFolderTrust(today);
  const { information } = parseMrz(passport.mrz.join('\n'), today);
  while (!signal.aborted) {
    const chip = createChip(passport, { random: machineRandom });
    await inspect({
      transport: {
        limits: { extendedLength: false, maxCommand: 261, maxResponse: 258 },
        transmit: async (command) => {
          // The last one is read to its end without waiting.
          if (!signal.aborted) await pause(exchangeMillis);
          const answer = chip.transmit(command);
          if (answer === null) throw new Error('the chip left the field');
          return answer;
        },
      },
      accessKey: { kind: 'mrz', information },
      at: today,
      trust,
      random: machineRandom,
      clock: () => performance.now(),
      extendedLength: 'where-stated',
      onProgress: () => undefined,
    });
  }
}

interface Held {
  readonly megabytes: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** Pulls the page through the scanner, and again where the keys of a machine that stood still came as from a hand. */
async function pulled(page: Page): Promise<void> {
  const lay = screen(page, 'lay');
  for (let tries = 1; tries < mostPulls; tries++) {
    await swipe(page, passport.mrz);
    await lay.waitFor({ timeout: pulledAgainMillis }).catch(() => undefined);
    if (await lay.isVisible()) return;
  }
  await swipe(page, passport.mrz);
  await lay.waitFor();
}

/** What the page holds after garbage was collected, after the first visit, on the way in tenths, and after the last. */
async function memoryOver(page: Page, people: number) {
  const devtools = await page.context().newCDPSession(page);
  const held = async (): Promise<Held> => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
    return { megabytes: round(usedSize / 1e6), nodes, listeners: jsEventListeners };
  };
  const after: Held[] = [];
  page.setDefaultTimeout(patienceMillis);
  for (let person = 0; person < people; person++) {
    await screen(page, 'attract').getByRole('main').getByRole('button').click();
    await button(page, 'English').click();
    await screen(page, 'purpose').waitFor();
    await page.locator('[aria-keyshortcuts="1"]').click();
    await screen(page, 'way').waitFor();
    await pulled(page);
    await page.locator('header select').selectOption('se-passport');
    await screen(page, 'face').waitFor();
    await button(page, 'I would rather have a colleague do it').click();
    await screen(page, 'result').waitFor();
    await page.locator('header select').selectOption('');
    await page.evaluate(() => Object.assign(globalThis, { ofOnePerson: true }));
    await button(page, 'Finish').click();
    await page.waitForFunction(
      () => !('ofOnePerson' in globalThis) && document.querySelector('[data-screen=attract] main') !== null,
    );
    after.push(await held());
  }
  const steps = Math.max(1, Math.floor(people / 10));
  const [first, last] = [after[0], after.at(-1)];
  return {
    first,
    tenths: after.filter((_, index) => index % steps === steps - 1).map(({ megabytes }) => megabytes),
    last,
    goal: 'flat',
    lastToFirst: round((last?.megabytes ?? Number.NaN) / (first?.megabytes ?? Number.NaN)),
  };
}
