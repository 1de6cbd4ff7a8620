import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { pageFile } from '../../main/station/page-files.ts';
import { findChromium } from '../electron-stand-in/browser.ts';
import { type Picture, picturesOf } from './acts.ts';
import type { SceneName } from './scenes.ts';
import type { Variant } from './variants.ts';

const require = createRequire(import.meta.url);
const folder = resolve(import.meta.dirname, '../../out/preview');
/** Where the scenes are. */
export const origin = 'https://preview.styrk.invalid';

/** Builds the page of the scenes. */
export async function buildScenes(): Promise<void> {
  await build({ configFile: resolve(import.meta.dirname, 'vite.config.ts') });
}

export function openBrowser(executablePath = findChromium({ headless: true, fakeCameras: 1 })): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  });
}

/** Windows of one way to look, served with the product's own headers. */
export async function openVariant(browser: Browser, variant: Variant): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: variant.width, height: variant.height },
    deviceScaleFactor: variant.zoom,
    colorScheme: variant.theme,
    forcedColors: variant.forcedColors ? 'active' : 'none',
    reducedMotion: 'reduce',
    permissions: ['camera'],
  });
  context.setDefaultTimeout(20_000);
  await context.route(`${origin}/**`, async (route) => {
    const address = new URL(route.request().url());
    const file = pageFile(folder, origin, address.origin + address.pathname);
    if (file === null) return route.fulfill({ status: 404 });
    return route.fulfill({ body: await readFile(file.path), headers: { ...file.headers } });
  });
  return context;
}

/** A screen as it stands, and what its page complained of. */
export interface Screen {
  readonly name: string;
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Shows each picture of a scene in turn. What does not come to its picture is told of, and the next one is shown. */
export async function showScene(
  context: BrowserContext,
  scene: SceneName,
  variant: Variant,
  see: (screen: Screen) => Promise<void>,
): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const picture of picturesOf(scene)) {
    const page = await context.newPage();
    try {
      await see(await screenOf(page, scene, picture, variant));
    } catch (thrown) {
      failed.push(`${picture.name}: ${thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : thrown}`);
    } finally {
      await page.close();
    }
  }
  return failed;
}

async function screenOf(page: Page, scene: SceneName, { name, act }: Picture, variant: Variant): Promise<Screen> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${origin}/index.html?scene=${scene}&language=${variant.language}`);
  await page.locator('h1').waitFor();
  if (variant.text !== 100)
    await page.evaluate((size) => document.documentElement.style.setProperty('font-size', `${size}%`), variant.text);
  await page.waitForFunction(() => document.fonts.status === 'loaded');
  await act(page);
  await page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
  return { name, page, complaints };
}

/** What is cut off or lies beyond its place: elements that hold more than they show, and cannot be scrolled. */
export function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    // Not what is only heard, nor shapes that are turned within their place; a field of one line shows where in it one types.
    const isShown = (node: Element): boolean =>
      node.clientWidth > 1 &&
      !node.matches('input') &&
      getComputedStyle(node).display !== 'inline' &&
      node.closest('.only-heard, [aria-hidden="true"]') === null;
    const isCut = (node: Element): boolean => {
      const style = getComputedStyle(node);
      const wide = node.scrollWidth > node.clientWidth + 1;
      const high = node.scrollHeight > node.clientHeight + 1;
      return (
        (wide && style.overflowX !== 'auto' && style.textOverflow !== 'ellipsis') ||
        (high && ['hidden', 'clip'].includes(style.overflowY))
      );
    };
    const isSideways = (node: Element): boolean =>
      getComputedStyle(node).overflowX === 'auto' &&
      node.scrollWidth > node.clientWidth + 1 &&
      // Pictures and fixed lines may be wider than a narrow window, within a place of their own (WCAG 2.2, 1.4.10); no table is.
      !node.matches('pre, [data-sideways]');
    const nodes = [...document.querySelectorAll('body *')].filter(isShown);
    return nodes
      .filter((node) => isCut(node) || isSideways(node))
      .map(
        (node) =>
          `${node.tagName.toLowerCase()}.${node.className} ${node.scrollWidth}>${node.clientWidth} ${node.scrollHeight}>${node.clientHeight}`,
      )
      .slice(0, 5);
  });
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly unknown[] }[];
  }[];
}

/** What axe-core finds wrong by the rules of WCAG 2.2 A and AA and its own best practices, by rule and place. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  const source = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
  // Not as a script of the page, whose policy lets none in: evaluated beside it.
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => {
    const { axe } = globalThis as unknown as { readonly axe: { readonly run: () => Promise<AxeResult> } };
    return axe.run();
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
