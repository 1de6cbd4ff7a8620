import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildScenes, openBrowser, openVariant, showScene } from './stage.ts';
import { variants } from './variants.ts';

/* What must be seen under the system's forced colours, which take gradients and grounds away. */

const variant = variants.find(({ forcedColors }) => forcedColors);
let browser: Browser;
beforeAll(async () => {
  await buildScenes();
  browser = await openBrowser();
}, 300_000);
afterAll(() => browser.close());

it.each(['purpose', 'kiosk-attract'] as const)('%s is striped where it is training', async (scene) => {
  if (variant === undefined) throw new RangeError('no way to look');
  const context = await openVariant(browser, variant);
  const striped: number[] = [];
  const failed = await showScene(context, scene, variant, async ({ page }) => {
    const grounds = await page.evaluate(() =>
      [...document.querySelectorAll('*')].map((node) => getComputedStyle(node).backgroundImage),
    );
    striped.push(grounds.filter((ground) => ground.startsWith('repeating-linear-gradient')).length);
  });
  await context.close();
  expect(failed).toEqual([]);
  expect(new Set(striped)).toEqual(new Set([1]));
});
