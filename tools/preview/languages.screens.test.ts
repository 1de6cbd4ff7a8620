import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { failureWords } from '../../resources/failures/failures.ts';
import { languages } from '../../resources/texts/languages.ts';
import { textsIn } from '../../resources/texts/texts.ts';
import { buildScenes, openBrowser, openVariant, origin } from './stage.ts';
import { variants } from './variants.ts';

/* What a page shows while words are loaded: never a key, never a language that nobody chose. */

const [variant] = variants;
const question = 'purpose/question';
// Says which language it is: the question is the same in Norwegian and Danish.
const telling = 'app/pastCases';
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  await buildScenes();
  browser = await openBrowser();
}, 300_000);
afterAll(() => browser.close());
beforeEach(async () => {
  if (variant === undefined) throw new RangeError('no way to look');
  context = await openVariant(browser, variant);
  page = await context.newPage();
  // Everything that ever stood on the page, each state once.
  await page.addInitScript(() => {
    const states: string[] = [];
    Object.assign(globalThis, { states });
    new MutationObserver(() => states.push(document.body?.textContent ?? '')).observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
});
afterEach(() => context.close());

const shown = (): Promise<readonly string[]> =>
  page.evaluate(() => (globalThis as unknown as { readonly states: readonly string[] }).states);

it.each(languages)('from its start it speaks %s and nothing else', async (language) => {
  await page.goto(`${origin}/index.html?scene=purpose&language=${language}`);
  await page.getByRole('heading', { level: 1, name: textsIn(language)(question) }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe(language);
  const states = await shown();
  expect(states.at(-1)).toContain(textsIn(language)(telling));
  const name = textsIn('en')('app/name');
  expect(states.filter((text) => text.trim() !== '')[0]).toContain(name);
  for (const other of languages.filter((each) => each !== language))
    expect(states.filter((text) => text.includes(textsIn(other)(telling)))).toEqual([]);
  expect(states.filter((text) => /\b(purpose|rail|app|reader)\/[a-z]/i.test(text))).toEqual([]);
});

it('changes from one language to the next without a third', async () => {
  await page.goto(`${origin}/index.html?scene=purpose&language=sv`);
  await page.locator('header').getByRole('combobox').last().selectOption('fi');
  await page.getByRole('heading', { level: 1, name: textsIn('fi')(question) }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('fi');
  for (const other of ['en', 'nb', 'da'] as const)
    expect((await shown()).filter((text) => text.includes(textsIn(other)(telling)))).toEqual([]);
});

it('goes on in English, and says that something is wrong, where the words are not to be had', async () => {
  await page.route('**/assets/fi-*.js', (route) => route.abort());
  await page.goto(`${origin}/index.html?scene=purpose&language=fi`);
  await page.getByRole('heading', { level: 1, name: textsIn('en')(question) }).waitFor();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  expect(await alert.textContent()).toContain(failureWords('en', 'internal.unexpected').happened);
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
});
