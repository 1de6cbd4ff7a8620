import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SceneName, scenes } from './scenes.ts';
import { buildScenes, cutOff, openBrowser, openVariant, showScene } from './stage.ts';
import { variants } from './variants.ts';

/*
 * The office's screens, the queue and the order on 320 pixels, which is 1280 at 400 % (WCAG 2.2, 1.4.10): nothing is cut off or lies over
 * what is beside it, nothing is scrolled sideways, and no table keeps columns that there is no room for.
 */

const looked = [
  'records',
  'figures',
  'retention',
  'operators',
  'trust',
  'roster',
  'headquarters',
  'condition',
  'queue',
  'order',
];
const names = (Object.keys(scenes) as SceneName[]).filter((name) => looked.some((word) => name.startsWith(word)));

let browser: Browser;
beforeAll(async () => {
  await buildScenes();
  browser = await openBrowser();
}, 300_000);
afterAll(() => browser.close());

/** What makes the page itself, or a part of it that scrolls, wider than the window. */
function sideways(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { innerWidth } = globalThis;
    const named = (node: Element) => `${node.tagName.toLowerCase()}.${node.className}`;
    const wide = document.documentElement.scrollWidth > innerWidth ? ['the page'] : [];
    const tables = [...document.querySelectorAll('table')].filter((table) => {
      const { left, right } = table.getBoundingClientRect();
      return left < 0 || right > innerWidth;
    });
    // Each cell says its column, unless its head has no name to show.
    const cells = [...document.querySelectorAll('[data-column]:not([data-column=""])')].filter(
      (cell) => getComputedStyle(cell).display !== 'none' && getComputedStyle(cell, '::before').content === 'none',
    );
    return [...wide, ...tables.map(named), ...cells.map((cell) => `${named(cell)} does not say its column`)];
  });
}

describe.each(['320-px-sv'])('%s', (name) => {
  const variant = variants.find((each) => each.name === name);
  if (variant === undefined) throw new RangeError(name);
  let context: BrowserContext;
  beforeAll(async () => {
    context = await openVariant(browser, variant);
  });
  afterAll(() => context.close());

  it.each(names)('%s', async (scene) => {
    const found: string[] = [];
    const failed = await showScene(context, scene, variant, async ({ name: picture, page }) => {
      const wrong = [...(await cutOff(page)), ...(await sideways(page))];
      found.push(...wrong.map((line) => `${picture}: ${line}`));
    });
    expect([...failed, ...found]).toEqual([]);
  });
});
