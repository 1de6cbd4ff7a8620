import { readFileSync } from 'node:fs';
import { drawnPortrait, openModelPage, type Scene } from '../support/faces/model-page.ts';
import { rateScores, ratesAt, thresholds } from './face-rates.ts';

const rounds = 20;
const filmed: Scene = {
  width: 1280,
  height: 720,
  laid: [{ file: drawnPortrait('samira'), x: 400, y: 60, height: 640 }],
};
/** Nobody stands there: each of the first pictures is looked at another way up, too, and then every other one. */
const nobody: Scene = { width: 1280, height: 720, laid: [] };
const portrait: Scene = { width: 413, height: 531, laid: [{ file: drawnPortrait('asa'), x: 0, y: 0, height: 531 }] };

async function median(times: number, measure: () => Promise<number>): Promise<number> {
  const measured: number[] = [];
  for (let time = 0; time < times; time++) measured.push(await measure());
  return measured.toSorted((one, other) => one - other)[Math.floor(times / 2)] ?? 0;
}

async function mean(times: number, measure: () => Promise<number>): Promise<number> {
  let all = 0;
  for (let time = 0; time < times; time++) all += await measure();
  return all / times;
}

/**
 * Faces, as the built app has them, in Chromium: how long a portrait takes to be decoded, the model to be loaded, a picture to be looked at
 * and two to be compared; what memory the page's process holds; and what the scores of the comparison tell apart. Times in milliseconds,
 * medians, beside their goals; drawing the pictures is not in them.
 */
export async function benchFace() {
  const page = await openModelPage();
  try {
    const before = await page.memory();
    const firstLook = await median(5, () => page.firstLook(filmed));
    await page.film(filmed, true);
    const look = await median(rounds, async () => (await page.film(filmed)).millis);
    for (let first = 0; first < 6; first++) await page.film(nobody);
    const empty = await mean(rounds, async () => (await page.film(nobody)).millis);
    await page.compare(portrait, filmed);
    const compare = await median(rounds, async () => (await page.compare(portrait, filmed)).millis);
    const jpeg = new Uint8Array(readFileSync(drawnPortrait('asa')));
    const decode = await median(rounds, () => page.decode(jpeg, { width: 413, height: 531 }));
    const scores = await rateScores(page);
    return {
      decodeMillis: { median: decode, goal: 60 },
      firstLookMillis: { median: firstLook, goal: 1_500 },
      looksPerSecond: { median: 1_000 / look, goal: 10 },
      looksAtNobodyPerSecond: { mean: 1_000 / empty, goal: 10 },
      compareMillis: { median: compare, goal: 400 },
      pageMegabytes: { before: before / 1e6, after: (await page.memory()) / 1e6, goal: 250 },
      rates: thresholds.map((threshold) => ({ threshold, ...ratesAt(scores, threshold) })),
    };
  } finally {
    await page.close();
  }
}
