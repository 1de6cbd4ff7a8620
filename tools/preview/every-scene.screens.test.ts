import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SceneName, scenes } from './scenes.ts';
import { axeFindings, buildScenes, openBrowser, openVariant, showScene } from './stage.ts';
import { variants } from './variants.ts';

/*
 * Every screen in both themes: it comes, its page complains of nothing, and axe-core finds nothing by its rules for WCAG 2.2 A and
 * AA and its best practices. One theme in each language, so that each text is met once.
 */

let browser: Browser;
beforeAll(async () => {
  await buildScenes();
  browser = await openBrowser();
}, 300_000);
afterAll(() => browser.close());

describe.each(['1366x768-light-sv', '1366x768-dark-en'])('%s', (name) => {
  const variant = variants.find((each) => each.name === name);
  if (variant === undefined) throw new RangeError(name);
  let context: BrowserContext;
  beforeAll(async () => {
    context = await openVariant(browser, variant);
  });
  afterAll(() => context.close());

  it.each(Object.keys(scenes) as SceneName[])('%s', async (scene) => {
    const found: string[] = [];
    const failed = await showScene(context, scene, variant, async (screen) => {
      const wrong = [...screen.complaints, ...(await axeFindings(screen.page))];
      found.push(...wrong.map((line) => `${screen.name}: ${line}`));
    });
    expect([...failed, ...found]).toEqual([]);
  });
});
