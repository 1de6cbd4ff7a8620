import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SceneName, scenes } from './scenes.ts';
import { buildScenes, cutOff, openBrowser, openVariant, showScene } from './stage.ts';
import { type Variant, variants } from './variants.ts';

/*
 * Every screen of desk and office on 320 pixels, which is 1280 at 400 % (WCAG 2.2, 1.4.10), and some of the desk on a screen of 1280
 * by 800 at 200 %: nothing is cut off or lies over what is beside it, nothing is scrolled sideways, and no table keeps columns that
 * there is no room for. And a branch laptop shows all that may be answered first.
 */

// A kiosk has a screen of its own, and nobody there makes its window narrow.
const all = (Object.keys(scenes) as SceneName[]).filter((name) => !name.startsWith('kiosk'));
// Of the desk one of each kind: a list, a search, fields, a reading, pictures side by side, a name as long as can be.
const someOfDesk = [
  'purpose',
  'no-reader',
  'holder',
  'key',
  'waiting',
  'face',
  'reuse-face',
  'long-name',
  'long-name-decide',
] as const;

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

function variantOf(name: string): Variant {
  const variant = variants.find((each) => each.name === name);
  if (variant === undefined) throw new RangeError(name);
  return variant;
}

describe.each([
  ['320-px-sv', all],
  ['200-per-cent-sv', someOfDesk],
] as const)('%s', (name, names) => {
  const variant = variantOf(name);
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

it.each(['1366x768-light-sv', '1366x768-light-fi'])('%s shows every errand at once', async (name) => {
  const variant = variantOf(name);
  const context = await openVariant(browser, variant);
  const below: number[] = [];
  const failed = await showScene(context, 'purpose', variant, async ({ page }) => {
    below.push(await page.locator('main').evaluate((main) => main.scrollHeight - main.clientHeight));
  });
  await context.close();
  expect([failed, below]).toEqual([[], [0]]);
});
